package dev.hypergateway.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Perplexity demands of a request. The text about the order of roles is recorded; those about types, ranges and formats are
 * not and stand in for the vendor's.
 */
final class PerplexityRules {
    static final String ORDER = "After the (optional) system message(s), user or tool message(s) should alternate with"
            + " assistant message(s).";

    private static final List<String> PARTS = List.of("text", "image_url", "file_url", "pdf_url", "video_url");
    private static final List<String> FORMATS = List.of("text", "json_schema", "regex");

    private PerplexityRules() {}

    /** What the vendor would say, or null when the request is good. */
    static @Nullable String complaint(JsonNode body) {
        if (!body.path("messages").isArray() || body.path("messages").isEmpty()) {
            return "messages must be a list of at least one message.";
        }
        for (JsonNode message : body.path("messages")) {
            String complaint = content(message);
            if (complaint != null) {
                return complaint;
            }
        }
        JsonNode format = body.path("response_format");
        if (format.isObject() && !FORMATS.contains(format.path("type").asText())) {
            return "response_format must have one of the types " + String.join(", ", FORMATS) + ".";
        }
        if (format.path("type").asText().equals("json_schema")
                && !format.path("json_schema").path("schema").isObject()) {
            return "response_format.json_schema must have a schema.";
        }
        return range(body);
    }

    /** Whether user and assistant speak in turn behind the instructions, the user last. */
    static boolean inOrder(JsonNode messages) {
        boolean begun = false;
        boolean users = true;
        for (JsonNode message : messages) {
            String role = message.path("role").asText();
            if (role.equals("system")) {
                if (begun) {
                    return false;
                }
                continue;
            }
            begun = true;
            if (!role.equals("assistant") != users) {
                return false;
            }
            users = !users;
        }
        return begun && !users;
    }

    private static @Nullable String content(JsonNode message) {
        JsonNode content = message.path("content");
        if (!List.of("system", "user", "assistant", "tool")
                .contains(message.path("role").asText())) {
            return "role must be one of system, user, assistant, tool.";
        } else if (content.isTextual()) {
            return null;
        } else if (!content.isArray()) {
            return "content must be a string or a list of parts.";
        }
        for (JsonNode part : content) {
            if (!PARTS.contains(part.path("type").asText())) {
                return "content parts must have one of the types " + String.join(", ", PARTS) + ".";
            }
        }
        return null;
    }

    private static @Nullable String range(JsonNode body) {
        JsonNode temperature = body.path("temperature");
        if (temperature.isNumber() && (temperature.asDouble() < 0 || temperature.asDouble() >= 2)) {
            return "temperature must be at least 0 and less than 2.";
        } else if (body.path("max_tokens").isNumber() && body.path("max_tokens").asInt() < 1) {
            return "max_tokens must be at least 1.";
        } else if (body.path("n").isNumber() && body.path("n").asInt() < 1) {
            return "n must be at least 1.";
        }
        return null;
    }
}
