package dev.hypergateway.server.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that is answered with an error. The message is for the client to read and never holds a secret. */
public class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable String code;
    private final @Nullable String param;
    private final transient Map<String, String> headers = new LinkedHashMap<>();

    /**
     * @param status HTTP status, 400 to 599
     * @param code a stable word for the error; null for none
     * @param param the field or header that is to blame; null for none
     * @param message what is wrong and what to do about it
     */
    public Problem(int status, @Nullable String code, @Nullable String param, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.param = param;
    }

    public Problem(int status, @Nullable String code, String message) {
        this(status, code, null, message);
    }

    /** Adds a header to the answer. */
    public Problem header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public int status() {
        return status;
    }

    /** What is wrong and what to do about it. */
    public String text() {
        return String.valueOf(getMessage());
    }

    public Optional<String> code() {
        return Optional.ofNullable(code);
    }

    public Optional<String> param() {
        return Optional.ofNullable(param);
    }

    public Map<String, String> headers() {
        return headers;
    }
}
