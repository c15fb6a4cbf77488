package dev.hypergateway.providers.gigachat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.chat.Usage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Translates {@code usage}. {@code precached_prompt_tokens} are cached ones; recordings have totals of prompt and completion, so
 * they are counted inside the prompt, as OpenAI does. Stateless.
 */
final class GigaChatUsage {
    private static final Set<String> COUNTED =
            Set.of("prompt_tokens", "completion_tokens", "total_tokens", "precached_prompt_tokens");

    private GigaChatUsage() {}

    /** The usage, or null when the answer has no figures. */
    static @Nullable Usage of(JsonNode usage) {
        if (!usage.path("prompt_tokens").isNumber()
                && !usage.path("completion_tokens").isNumber()) {
            return null;
        }
        long prompt = usage.path("prompt_tokens").asLong();
        long completion = usage.path("completion_tokens").asLong();
        Map<String, Object> others = new LinkedHashMap<>(GigaChatJson.fields(usage));
        others.keySet().removeAll(COUNTED);
        JsonNode cached = usage.path("precached_prompt_tokens");
        return Usage.builder()
                .promptTokens(prompt)
                .completionTokens(completion)
                .totalTokens(usage.path("total_tokens").asLong(prompt + completion))
                .cachedTokens(cached.isNumber() ? cached.asLong() : null)
                .extra(others)
                .build();
    }
}
