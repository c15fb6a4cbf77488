package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of an answer has no counterpart at OpenAI and has to come back with the conversation. It travels in
 * {@code extra_content.google} of a tool call or message, where Google's own OpenAI-compatible endpoint puts signatures. Stateless.
 *
 * <ul>
 *   <li>{@code thought_signature}: Gemini's opaque state of a thought, which must come back unchanged from generation 3 on;
 *   <li>{@code parts}: what is neither text nor a call of the caller's tools, such as pictures that the model made and calls of
 *       Google's own tools, as Gemini wrote it.
 * </ul>
 */
final class GooglesExtra {
    /**
     * Google's documented stand-in for calls that another model made
     * ({@code ai.google.dev/gemini-api/docs/thought-signatures}).
     */
    static final String SKIP = "skip_thought_signature_validator";

    private GooglesExtra() {}

    /** The signature among these unnamed fields of a tool call or message. */
    static @Nullable String signature(Map<String, Object> extra) {
        return google(extra).get("thought_signature") instanceof String signature && !signature.isEmpty()
                ? signature
                : null;
    }

    /** The parts among these unnamed fields of a message. */
    static List<ObjectNode> parts(Map<String, Object> extra) {
        List<ObjectNode> parts = new ArrayList<>();
        if (google(extra).get("parts") instanceof List<?> list) {
            for (JsonNode part : GeminiJson.tree(list)) {
                if (part instanceof ObjectNode object) {
                    parts.add(object);
                }
            }
        }
        return parts;
    }

    /** Unnamed fields that hold the signature. */
    static Map<String, Object> fields(String signature) {
        return fields(Map.of("thought_signature", signature));
    }

    /** Unnamed fields that hold these of Google's. */
    static Map<String, Object> fields(Map<String, Object> googles) {
        return Map.of("extra_content", Map.of("google", googles));
    }

    private static Map<?, ?> google(Map<String, Object> extra) {
        return extra.get("extra_content") instanceof Map<?, ?> content
                        && content.get("google") instanceof Map<?, ?> google
                ? google
                : Map.of();
    }
}
