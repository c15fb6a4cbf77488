package dev.hypergateway.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What xAI demands of a request beyond its types. The texts about unsupported arguments and about the arguments of tool calls are
 * from reports; those about ranges are not recorded and stand in for the vendor's.
 */
final class XaiRules {
    /** What reasoning models refuse, in the vendor's spelling. */
    private static final Map<String, String> NOT_FOR_REASONING = notForReasoning();

    private XaiRules() {}

    /** What the vendor would say, or null when the request is good. */
    static @Nullable String complaint(String model, JsonNode body) {
        String unsupported = unsupported(model, body);
        if (unsupported != null) {
            return "Argument not supported on this model: " + unsupported;
        }
        if (body.path("messages").isEmpty()) {
            return "Request must contain at least one message.";
        }
        String range = range(body);
        return range == null ? toolArguments(body) : range;
    }

    private static @Nullable String unsupported(String model, JsonNode body) {
        if (XaiModels.reasons(model)) {
            for (Map.Entry<String, String> entry : NOT_FOR_REASONING.entrySet()) {
                JsonNode value = body.path(entry.getKey());
                boolean given = value.isNumber() || value.isTextual() || (value.isArray() && !value.isEmpty());
                if (given) {
                    return entry.getValue();
                }
            }
        }
        return body.path("reasoning_effort").isTextual() && !XaiModels.takesEffort(model) ? "reasoningEffort" : null;
    }

    private static @Nullable String range(JsonNode body) {
        if (outside(body.path("temperature"), 0, 2)) {
            return "Invalid value for temperature: must be between 0 and 2.";
        } else if (outside(body.path("top_p"), 0, 1)) {
            return "Invalid value for top_p: must be between 0 and 1.";
        } else if (outside(body.path("presence_penalty"), -2, 2) || outside(body.path("frequency_penalty"), -2, 2)) {
            return "Invalid value for a penalty: must be between -2 and 2.";
        } else if (outside(body.path("n"), 1, 128)) {
            return "Invalid value for n: must be between 1 and 128.";
        } else if (outside(body.path("top_logprobs"), 0, 8)) {
            return "Invalid value for top_logprobs: must be between 0 and 8.";
        } else if (body.path("stop").size() > 8) {
            return "Invalid value for stop: at most 8 sequences are supported.";
        } else if (outside(body.path("max_tokens"), 1, Integer.MAX_VALUE)
                || outside(body.path("max_completion_tokens"), 1, Integer.MAX_VALUE)) {
            return "Invalid value for max_tokens: must be at least 1.";
        }
        return null;
    }

    private static boolean outside(JsonNode number, double least, double most) {
        return number.isNumber() && (number.asDouble() < least || number.asDouble() > most);
    }

    private static @Nullable String toolArguments(JsonNode body) {
        for (JsonNode message : body.path("messages")) {
            for (JsonNode call : message.path("tool_calls")) {
                try {
                    Json.read(call.path("function").path("arguments").asText());
                } catch (JsonProcessingException e) {
                    return "The arguments to a tool_call with ID '"
                            + call.path("id").asText()
                            + "' are not a valid JSON string. Parsing error: expected value at line 1 column "
                            + Math.max(1, e.getLocation().getColumnNr());
                }
            }
        }
        return null;
    }

    private static Map<String, String> notForReasoning() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("presence_penalty", "presencePenalty");
        names.put("frequency_penalty", "frequencyPenalty");
        names.put("stop", "stop");
        return names;
    }
}
