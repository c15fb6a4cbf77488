package dev.hypergateway.openai;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * JSON that is not what OpenAI's format asks for: a client's request that must be answered with 400, or a vendor's answer that
 * cannot be read. The message names the field, what was found and what is expected, never a value.
 */
public final class OpenAiFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String param;
    private final @Nullable String code;

    /**
     * @param message for people to read
     * @param param path of the field, for example {@code messages[2].content}; null when it is about the whole body
     * @param code OpenAI's word for the mistake, for example {@code invalid_type}; null when it has none
     */
    public OpenAiFormatException(String message, @Nullable String param, @Nullable String code) {
        super(Objects.requireNonNull(message, "message"));
        this.param = param;
        this.code = code;
    }

    /** Path of the field, for example {@code messages[2].content}; null when it is about the whole body. */
    public @Nullable String param() {
        return param;
    }

    /** OpenAI's word for the mistake, for example {@code invalid_type}; null when it has none. */
    public @Nullable String code() {
        return code;
    }

    /** The error to answer a client with. */
    public OpenAiError toError() {
        return OpenAiError.invalidRequest(String.valueOf(getMessage()), param, code);
    }
}
