package dev.hypergateway.providers.gigachat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.provider.Failures;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An error answer, taken apart. The API says {@code {"status": 404, "message": "…"}}, the token endpoint
 * {@code {"code": 6, "message": "…"}}; what stands in front of them answers with HTML or nothing.
 *
 * @param status HTTP status
 * @param code the token endpoint's number; null when there is none
 * @param message the reason; empty when the body has none
 * @param isGigaChats whether the body has GigaChat's shape
 */
record GigaChatError(int status, @Nullable String code, String message, boolean isGigaChats) {

    /** The error in a body of any kind. */
    static GigaChatError of(int status, byte[] body) {
        try {
            JsonNode tree = GigaChatJson.parse(body);
            if (tree.path("message").isTextual()) {
                return of(status, tree);
            }
        } catch (IOException notJson) {
            return new GigaChatError(status, null, Failures.excerpt(body), false);
        }
        return new GigaChatError(status, null, Failures.excerpt(body), false);
    }

    /** The error in an object with a {@code message}. */
    static GigaChatError of(int status, JsonNode error) {
        String code = error.path("code").isValueNode() ? error.get("code").asText() : null;
        return new GigaChatError(status, code, error.path("message").asText(), true);
    }

    /** Whether the message holds these words, upper and lower case aside. */
    boolean says(String words) {
        return message.toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
    }
}
