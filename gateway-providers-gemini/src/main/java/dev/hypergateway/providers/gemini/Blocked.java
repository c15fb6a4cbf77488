package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.trace.FailureKind;
import java.util.Collection;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Recognises what Gemini's filters blocked; it does so with status 200. A blocked prompt, and an answer of which a filter left
 * nothing, is a failure with Gemini's reason. An answer that a filter cut short stays an answer, with the finish reason
 * {@code content_filter}. Stateless.
 */
final class Blocked {
    private Blocked() {}

    /** Fails when this piece of an answer says that the prompt was blocked. */
    static void check(JsonNode chunk) {
        JsonNode feedback = chunk.path("promptFeedback");
        String reason = feedback.path("blockReason").asText("");
        if (!reason.isEmpty() && !reason.equals("BLOCK_REASON_UNSPECIFIED")) {
            throw failure(
                    "Gemini blocked the prompt",
                    reason,
                    feedback.path("blockReasonMessage").asText(null),
                    feedback.path("safetyRatings"));
        }
    }

    /** Fails when filters left nothing of any candidate. */
    static void check(Collection<GeminiCandidate> candidates) {
        GeminiCandidate blocked = null;
        for (GeminiCandidate candidate : candidates) {
            String reason = candidate.finishReason();
            if (candidate.hasContent() || reason == null || !FinishReasons.isFiltered(reason)) {
                return;
            }
            blocked = blocked == null ? candidate : blocked;
        }
        if (blocked != null) {
            throw failure(
                    "Gemini blocked the answer",
                    String.valueOf(blocked.finishReason()),
                    blocked.fields().path("finishMessage").asText(null),
                    blocked.fields().path("safetyRatings"));
        }
    }

    private static ProviderException failure(String what, String reason, @Nullable String message, JsonNode ratings) {
        List<String> categories = StreamSupport.stream(ratings.spliterator(), false)
                .filter(rating -> rating.path("blocked").asBoolean())
                .map(rating -> rating.path("category").asText())
                .toList();
        return new ProviderException(Failure.builder(
                        FailureKind.CONTENT_REJECTED,
                        what + ": " + reason
                                + (categories.isEmpty() ? "" : " (" + String.join(", ", categories) + ")")
                                + (message == null ? "" : ". " + message))
                .code(reason)
                .param("messages")
                .build());
    }
}
