package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.chat.Usage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Translates {@code usageMetadata}. Gemini counts thoughts beside the answer and the results of its own tools beside the prompt;
 * its total is the sum of all four. Cached tokens are part of the prompt in both ways of counting. Stateless.
 */
final class GeminiUsage {
    private static final Set<String> COUNTED = Set.of(
            "promptTokenCount",
            "candidatesTokenCount",
            "thoughtsTokenCount",
            "totalTokenCount",
            "cachedContentTokenCount");

    private GeminiUsage() {}

    /** The usage, or null when the answer has no figures. */
    static @Nullable Usage of(JsonNode metadata) {
        if (COUNTED.stream().noneMatch(metadata::has)) {
            return null;
        }
        long prompt = count(metadata, "promptTokenCount") + count(metadata, "toolUsePromptTokenCount");
        long completion = count(metadata, "candidatesTokenCount") + count(metadata, "thoughtsTokenCount");
        return Usage.builder()
                .promptTokens(prompt)
                .completionTokens(completion)
                .totalTokens(metadata.path("totalTokenCount").asLong(prompt + completion))
                .cachedTokens(optional(metadata, "cachedContentTokenCount"))
                .reasoningTokens(optional(metadata, "thoughtsTokenCount"))
                .imageTokens(drawn(metadata))
                .extra(others(metadata))
                .build();
    }

    private static long count(JsonNode metadata, String name) {
        return metadata.path(name).asLong();
    }

    private static @Nullable Long optional(JsonNode metadata, String name) {
        return metadata.has(name) ? metadata.get(name).asLong() : null;
    }

    private static @Nullable Long drawn(JsonNode metadata) {
        for (JsonNode detail : metadata.path("candidatesTokensDetails")) {
            if (detail.path("modality").asText().equals("IMAGE")) {
                return detail.path("tokenCount").asLong();
            }
        }
        return null;
    }

    /** Details by modality, tokens of server tools, the service tier: in Gemini's own names. */
    private static Map<String, Object> others(JsonNode metadata) {
        Map<String, Object> others = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : metadata.properties()) {
            if (!COUNTED.contains(field.getKey())) {
                others.put(field.getKey(), GeminiJson.value(field.getValue()));
            }
        }
        return others;
    }
}
