package dev.hypergateway.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The types of xAI's chat request. Unknown fields are ignored. Only the beginning of the vendor's sentence is recorded; the words
 * behind it are those of the Rust library (serde) that gives it away.
 */
final class XaiTypes {
    private static final List<String> ROLES = List.of("system", "user", "assistant", "tool", "function", "developer");

    private static final Map<String, String> FIELDS = fields();

    private XaiTypes() {}

    /** What the JSON reader would say, or null when all types are right. */
    static @Nullable String mistake(JsonNode body) {
        for (String required : List.of("messages", "model")) {
            if (body.path(required).isMissingNode() || body.path(required).isNull()) {
                return "missing field `" + required + "`";
            }
        }
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            String type = FIELDS.get(field.getKey());
            if (type != null && !field.getValue().isNull() && !fits(type, field.getValue())) {
                return field.getKey() + ": invalid type: " + describe(field.getValue()) + ", expected " + type;
            }
        }
        int index = 0;
        for (JsonNode message : body.path("messages")) {
            String mistake = messageMistake(message);
            if (mistake != null) {
                return "messages[" + index + "]: " + mistake;
            }
            index++;
        }
        return null;
    }

    private static @Nullable String messageMistake(JsonNode message) {
        JsonNode role = message.path("role");
        if (!message.isObject()) {
            return "invalid type: " + describe(message) + ", expected struct Message";
        } else if (role.isMissingNode()) {
            return "missing field `role`";
        } else if (!role.isTextual() || !ROLES.contains(role.asText())) {
            return "unknown variant `" + role.asText() + "`, expected one of `" + String.join("`, `", ROLES) + "`";
        }
        JsonNode content = message.path("content");
        if (content.isMissingNode() || content.isNull()) {
            return role.asText().equals("assistant") ? null : "missing field `content`";
        }
        if (!content.isTextual() && !content.isArray()) {
            return "content: data did not match any variant of untagged enum Content";
        }
        for (JsonNode part : content) {
            String type = part.path("type").asText();
            if (!type.equals("text") && !type.equals("image_url") && !type.equals("file")) {
                return "content: unknown variant `" + type + "`, expected one of `text`, `image_url`, `file`";
            }
        }
        return null;
    }

    private static boolean fits(String type, JsonNode value) {
        return switch (type) {
            case "a string" -> value.isTextual();
            case "a boolean" -> value.isBoolean();
            case "f32" -> value.isNumber();
            case "i32" -> value.isIntegralNumber();
            case "a sequence" -> value.isArray();
            case "a map" -> value.isObject();
            case "a string or a sequence" -> value.isTextual() || value.isArray();
            case "a string or a map" -> value.isTextual() || value.isObject();
            default -> throw new IllegalStateException("no such type: " + type);
        };
    }

    private static String describe(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "string \"" + value.asText() + "\"";
            case NUMBER -> (value.isIntegralNumber() ? "integer `" : "floating point `") + value.asText() + "`";
            case BOOLEAN -> "boolean `" + value.asText() + "`";
            case ARRAY -> "sequence";
            case OBJECT -> "map";
            default -> "null";
        };
    }

    private static Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        List.of("model", "user", "reasoning_effort", "service_tier").forEach(name -> fields.put(name, "a string"));
        List.of("stream", "logprobs", "parallel_tool_calls", "deferred").forEach(name -> fields.put(name, "a boolean"));
        List.of("temperature", "top_p", "presence_penalty", "frequency_penalty")
                .forEach(name -> fields.put(name, "f32"));
        List.of("max_tokens", "max_completion_tokens", "n", "seed", "top_logprobs")
                .forEach(name -> fields.put(name, "i32"));
        List.of("messages", "tools").forEach(name -> fields.put(name, "a sequence"));
        List.of("stream_options", "response_format", "search_parameters").forEach(name -> fields.put(name, "a map"));
        fields.put("stop", "a string or a sequence");
        fields.put("tool_choice", "a string or a map");
        return fields;
    }
}
