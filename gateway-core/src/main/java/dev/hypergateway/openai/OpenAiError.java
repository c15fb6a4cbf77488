package dev.hypergateway.openai;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An error in OpenAI's shape: <code>{"error":{"message","type","param","code"}}</code>. Immutable.
 *
 * @param status HTTP status to answer with; not part of the JSON
 * @param message for people to read, without secrets
 * @param type class of the error, for example {@code invalid_request_error}
 * @param param the request field that it is about
 * @param code word for programs, for example {@code model_not_found}
 */
public record OpenAiError(
        int status,
        String message,
        String type,
        @Nullable String param,
        @Nullable String code) {
    public OpenAiError {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(type, "type");
    }

    /** A 400 of type {@code invalid_request_error}. */
    public static OpenAiError invalidRequest(String message, @Nullable String param, @Nullable String code) {
        return new OpenAiError(400, message, "invalid_request_error", param, code);
    }

    /** The error as a UTF-8 JSON document. */
    public byte[] toJson() {
        Map<String, Object> error = new ObjectWriter()
                .put("message", message)
                .put("type", type)
                .put("param", param)
                .put("code", code)
                .members();
        return JsonOutput.toBytes(Map.of("error", error));
    }
}
