package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Translates {@code logprobsResult} into OpenAI's {@code logprobs} object. Stateless. */
final class GeminiLogprobs {
    private GeminiLogprobs() {}

    /** The log probabilities, or null when there are none. */
    static @Nullable Map<String, Object> of(JsonNode result) {
        JsonNode chosen = result.path("chosenCandidates");
        if (chosen.isEmpty()) {
            return null;
        }
        List<Object> content = new ArrayList<>(chosen.size());
        for (int i = 0; i < chosen.size(); i++) {
            Map<String, Object> token = token(chosen.get(i));
            List<Object> alternatives = new ArrayList<>();
            result.path("topCandidates")
                    .path(i)
                    .path("candidates")
                    .forEach(alternative -> alternatives.add(token(alternative)));
            token.put("top_logprobs", alternatives);
            content.add(token);
        }
        return Map.of("content", content);
    }

    private static Map<String, Object> token(JsonNode candidate) {
        String text = candidate.path("token").asText();
        List<Integer> bytes = new ArrayList<>();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            bytes.add(b & 0xff);
        }
        Map<String, Object> token = new LinkedHashMap<>();
        token.put("token", text);
        token.put("logprob", candidate.path("logProbability").asDouble());
        token.put("bytes", bytes);
        return token;
    }
}
