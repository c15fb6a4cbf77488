package dev.hypergateway.providers.gemini;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** OpenAI's words for how urgent a request is, and Gemini's ({@code ai.google.dev/gemini-api/docs/flex-inference}). Stateless. */
final class ServiceTiers {
    /** The request field. OpenAI's {@code auto} asks for nothing. */
    static final String FIELD = "service_tier";

    private static final Map<String, String> TO_GEMINI =
            Map.of("default", "standard", "standard", "standard", "flex", "flex", "priority", "priority");

    private ServiceTiers() {}

    /** Whether a value of the field asks for something that Gemini has. */
    static boolean knows(@Nullable Object value) {
        return "auto".equals(value) || toGemini(value) != null;
    }

    static @Nullable String toGemini(@Nullable Object value) {
        return value instanceof String word ? TO_GEMINI.get(word) : null;
    }

    static String toOpenAi(String tier) {
        return tier.equals("standard") ? "default" : tier;
    }
}
