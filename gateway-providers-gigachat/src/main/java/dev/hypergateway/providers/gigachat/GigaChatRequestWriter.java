package dev.hypergateway.providers.gigachat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ResponseFormat;
import dev.hypergateway.provider.Refusal;
import java.util.List;
import java.util.Map;

/**
 * Writes a request as GigaChat's API v1 wants it ({@code ai-forever/gigachat-java}, {@code spec/api.yml}). What GigaChat cannot
 * express is refused when leaving it out would change what the answer means ({@code stop}, {@code logprobs},
 * {@code response_format: json_object}). Everything else that it has
 * no word for is left out, and {@link IgnoredFields} tells the caller. Stateless.
 */
final class GigaChatRequestWriter {
    private GigaChatRequestWriter() {}

    /**
     * @throws dev.hypergateway.provider.ProviderException when GigaChat cannot express the request
     */
    static Draft write(ChatRequest request, String model, boolean stream) {
        refuse(request);
        ObjectNode body = GigaChatJson.object().put("model", model);
        List<Attachment> attachments = GigaChatConversation.write(request.messages(), body);
        GigaChatFunctions.write(request, body);
        sampling(request, body);
        request.completionLimit().ifPresent(limit -> body.put("max_tokens", limit));
        request.n().filter(n -> n != 1).ifPresent(n -> body.put("n", n));
        request.responseFormat().ifPresent(format -> format(format, body));
        request.reasoningEffort().ifPresent(effort -> effort(effort, body));
        if (!body.has("function_call") && attachments.stream().anyMatch(Attachment::mayBeDocument)) {
            // Documents are read by a function of GigaChat's own.
            body.put("function_call", "auto");
        }
        GigaChatOptions.write(request.extra(), body);
        if (stream) {
            body.put("stream", true);
        }
        return new Draft(body, attachments);
    }

    private static void refuse(ChatRequest request) {
        if (!request.stop().isEmpty()) {
            throw Refusal.of("stop", "GigaChat has no stop sequences; leave them out and cut the answer yourself");
        }
        if (request.logprobs().orElse(false) || request.topLogprobs().orElse(0) > 0) {
            throw Refusal.of(
                    request.logprobs().orElse(false) ? "logprobs" : "top_logprobs",
                    "GigaChat tells no log probabilities; leave the field out");
        }
        request.n().filter(n -> n < 1).ifPresent(n -> {
            throw Refusal.of("n", "n must be at least 1, was " + n);
        });
    }

    /** A temperature of zero is an error at GigaChat; {@code top_p: 0} is its word for the most likely answer. */
    private static void sampling(ChatRequest request, ObjectNode body) {
        double temperature = request.temperature().orElse(1.0);
        if (temperature == 0) {
            body.put("top_p", 0);
        } else {
            request.temperature().ifPresent(value -> body.put("temperature", value));
            request.topP().ifPresent(value -> body.put("top_p", value));
        }
    }

    /** GigaChat has the schema flat, where OpenAI nests it, and no place for its name. */
    private static void format(ResponseFormat format, ObjectNode body) {
        if (format instanceof ResponseFormat.JsonSchema json) {
            Map<String, Object> schema = json.schema();
            if (schema == null) {
                throw Refusal.of("response_format", "GigaChat needs the schema in response_format.json_schema.schema");
            }
            ObjectNode flat = body.putObject("response_format").put("type", "json_schema");
            flat.set("schema", GigaChatJson.tree(schema));
            if (json.description() != null
                    && flat.get("schema") instanceof ObjectNode tree
                    && !tree.has("description")) {
                tree.put("description", json.description());
            }
            if (json.strict() != null) {
                flat.put("strict", json.strict());
            }
        } else if (format instanceof ResponseFormat.JsonObject) {
            throw Refusal.of(
                    "response_format",
                    "GigaChat has no response_format of type json_object; use json_schema with the schema of the answer");
        } else if (format instanceof ResponseFormat.Other other) {
            throw Refusal.of(
                    "response_format",
                    "GigaChat has no response_format of type '" + other.type() + "'; use text or json_schema");
        }
    }

    private static void effort(String effort, ObjectNode body) {
        switch (effort) {
            case "none" -> {
                // Without the field a model does not reason, unless it always does.
            }
            case "minimal", "low" -> body.put("reasoning_effort", "low");
            case "medium" -> body.put("reasoning_effort", "medium");
            case "high", "xhigh", "max" -> body.put("reasoning_effort", "high");
            default ->
                throw Refusal.of(
                        "reasoning_effort", "GigaChat knows the efforts low, medium and high, not '" + effort + "'");
        }
    }
}
