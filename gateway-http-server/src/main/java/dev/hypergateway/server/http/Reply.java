package dev.hypergateway.server.http;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A whole answer. Immutable as long as nobody changes the bytes of its body, which are not copied. */
public final class Reply {
    private final int status;
    private final String contentType;
    private final byte[] body;
    private final Map<String, String> headers;

    private Reply(int status, String contentType, byte[] body, Map<String, String> headers) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
        this.headers = headers;
    }

    /** A JSON answer. */
    public static Reply json(int status, byte[] body) {
        return new Reply(status, "application/json", body, Map.of());
    }

    /** A JSON answer. */
    public static Reply json(int status, String body) {
        return json(status, body.getBytes(StandardCharsets.UTF_8));
    }

    /** An answer without a body. */
    public static Reply empty(int status) {
        return new Reply(status, "", new byte[0], Map.of());
    }

    /** The same answer with further headers, whose values are plain ASCII. */
    public Reply with(Map<String, String> further) {
        if (further.isEmpty()) {
            return this;
        }
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(further);
        return new Reply(status, contentType, body, Collections.unmodifiableMap(all));
    }

    /** The same answer with one more header. */
    public Reply with(String name, String value) {
        return with(Map.of(name, value));
    }

    int status() {
        return status;
    }

    /** Type of the body; empty when there is no body. */
    String contentType() {
        return contentType;
    }

    byte[] body() {
        return body;
    }

    Map<String, String> headers() {
        return headers;
    }
}
