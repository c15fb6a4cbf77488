package dev.hypergateway.providers.sonar;

import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ResponseFormat;
import dev.hypergateway.chat.ToolChoice;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request as Perplexity wants it. What it has no words for is refused, with the field named. Stateless. */
final class SonarRequest {
    /** Any JSON object: Perplexity knows schemas and regular expressions but no {@code json_object}. */
    private static final ResponseFormat ANY_OBJECT = new ResponseFormat.JsonSchema(
            "json_object", null, Map.of("type", "object", "additionalProperties", true), null, Map.of());

    private SonarRequest() {}

    /**
     * @throws ProviderException when Perplexity cannot do what is asked
     */
    static ChatRequest of(ChatRequest request, ProviderCall call) {
        boolean toolsForbidden = request.toolChoice().equals(Optional.of(new ToolChoice.Mode("none")));
        if (!request.tools().isEmpty() && !toolsForbidden) {
            throw Refusal.of("tools", "Perplexity's models call no tools; leave tools out or use another model");
        }
        if (request.extra().containsKey("functions")) {
            throw Refusal.of(
                    "functions", "Perplexity's models call no functions; leave functions out or use another model");
        }
        Refusal.unlessText(request.extra(), "Perplexity");
        ignore(call, "tools", request.tools().isEmpty());
        ignore(call, "seed", request.seed().isEmpty());
        ignore(call, "user", request.endUser().isEmpty());
        ignore(call, "prompt_cache_key", request.promptCacheKey().isEmpty());
        return request.toBuilder()
                .messages(Conversation.of(request.messages()))
                .tools(List.of())
                .toolChoice(null)
                .parallelToolCalls(null)
                .seed(null)
                .endUser(null)
                .promptCacheKey(null)
                .maxTokens(request.completionLimit().orElse(null))
                .maxCompletionTokens(null)
                .reasoningEffort(
                        request.reasoningEffort().map(SonarRequest::effort).orElse(null))
                .responseFormat(
                        request.responseFormat().map(SonarRequest::format).orElse(null))
                .build();
    }

    private static void ignore(ProviderCall call, String field, boolean absent) {
        if (!absent) {
            call.ignore(field);
        }
    }

    private static ResponseFormat format(ResponseFormat format) {
        return format instanceof ResponseFormat.JsonObject ? ANY_OBJECT : format;
    }

    /** The nearest of minimal, low, medium and high. */
    private static String effort(String effort) {
        return switch (effort) {
            case "none" -> "minimal";
            case "xhigh", "max" -> "high";
            default -> effort;
        };
    }
}
