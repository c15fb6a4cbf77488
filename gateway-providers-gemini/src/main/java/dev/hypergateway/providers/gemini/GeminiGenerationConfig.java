package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ResponseFormat;
import dev.hypergateway.provider.Refusal;
import java.util.Map;

/** Writes how to answer: sampling, limits, form and thinking, as Gemini's {@code generationConfig}. Stateless. */
final class GeminiGenerationConfig {
    /** {@code GenerationConfig.stop_sequences} and {@code candidate_count} in Google's API definition. */
    private static final int MOST_STOP_SEQUENCES = 5;

    private static final int MOST_CANDIDATES = 8;

    private GeminiGenerationConfig() {}

    static ObjectNode of(ChatRequest request, GeminiModelName model) {
        ObjectNode config = GeminiJson.object();
        sampling(request, model, config);
        limits(request, config);
        logprobs(request, config);
        request.responseFormat().ifPresent(format -> form(format, config));
        request.reasoningEffort().ifPresent(effort -> {
            ObjectNode thinking = GeminiThinking.config(effort, model);
            if (thinking != null) {
                config.set("thinkingConfig", thinking);
            }
        });
        return config;
    }

    private static void sampling(ChatRequest request, GeminiModelName model, ObjectNode config) {
        request.temperature().ifPresent(value -> config.put("temperature", value));
        request.topP().ifPresent(value -> config.put("topP", value));
        Object topK = request.extra().get("top_k");
        if (topK != null) {
            if (!(topK instanceof Number number)) {
                throw Refusal.of("top_k", "top_k must be a number");
            }
            config.put("topK", number.intValue());
        }
        request.seed().ifPresent(value -> config.put("seed", seed(value)));
        if (model.takesPenalties()) {
            request.presencePenalty().ifPresent(value -> config.put("presencePenalty", value));
            request.frequencyPenalty().ifPresent(value -> config.put("frequencyPenalty", value));
        }
    }

    /** Gemini's seed has 32 bits; a longer one is folded, so that equal seeds stay equal. */
    private static int seed(long value) {
        return value == (int) value ? (int) value : Long.hashCode(value);
    }

    private static void limits(ChatRequest request, ObjectNode config) {
        request.completionLimit().ifPresent(value -> config.put("maxOutputTokens", value));
        if (request.stop().size() > MOST_STOP_SEQUENCES) {
            throw Refusal.of(
                    "stop",
                    "Gemini takes at most " + MOST_STOP_SEQUENCES + " stop sequences, there are "
                            + request.stop().size());
        }
        if (!request.stop().isEmpty()) {
            ArrayNode stop = config.putArray("stopSequences");
            request.stop().forEach(stop::add);
        }
        int n = request.n().orElse(1);
        if (n < 1 || n > MOST_CANDIDATES) {
            throw Refusal.of("n", "Gemini generates 1 to " + MOST_CANDIDATES + " choices, n was " + n);
        }
        if (n > 1) {
            config.put("candidateCount", n);
        }
    }

    private static void logprobs(ChatRequest request, ObjectNode config) {
        if (request.logprobs().orElse(false)) {
            config.put("responseLogprobs", true);
            request.topLogprobs().ifPresent(value -> config.put("logprobs", value));
        } else if (request.topLogprobs().orElse(0) > 0) {
            throw Refusal.of("top_logprobs", "top_logprobs needs logprobs to be true");
        }
    }

    /** JSON Schema goes to {@code responseJsonSchema}: the older {@code responseSchema} refuses words such as additionalProperties. */
    private static void form(ResponseFormat format, ObjectNode config) {
        if (format instanceof ResponseFormat.JsonObject) {
            config.put("responseMimeType", "application/json");
        } else if (format instanceof ResponseFormat.JsonSchema json) {
            config.put("responseMimeType", "application/json");
            Map<String, Object> schema = json.schema();
            if (schema != null) {
                config.set("responseJsonSchema", GeminiSchema.of(schema));
            }
        } else if (format instanceof ResponseFormat.Other other) {
            throw Refusal.of(
                    "response_format",
                    "Gemini has no response format '" + other.type() + "'; use text, json_object or json_schema");
        }
    }
}
