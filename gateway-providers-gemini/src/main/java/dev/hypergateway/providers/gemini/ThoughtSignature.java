package dev.hypergateway.providers.gemini;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gemini's opaque state of a thought. It travels in {@code extra_content.google.thought_signature}, where Google's own
 * OpenAI-compatible endpoint puts it, and must come back unchanged from generation 3 on.
 */
final class ThoughtSignature {
    /**
     * Google's documented stand-in for calls that another model made
     * ({@code ai.google.dev/gemini-api/docs/thought-signatures}).
     */
    static final String SKIP = "skip_thought_signature_validator";

    private ThoughtSignature() {}

    /** The signature among these unnamed fields of a tool call or message. */
    static @Nullable String in(Map<String, Object> extra) {
        return extra.get("extra_content") instanceof Map<?, ?> content
                        && content.get("google") instanceof Map<?, ?> google
                        && google.get("thought_signature") instanceof String signature
                        && !signature.isEmpty()
                ? signature
                : null;
    }

    /** Unnamed fields that hold the signature. */
    static Map<String, Object> fields(String signature) {
        return Map.of("extra_content", Map.of("google", Map.of("thought_signature", signature)));
    }
}
