package dev.hypergateway.chat;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One of the answers to a request. Immutable.
 *
 * @param index position among the choices, starting at 0
 * @param message the answer
 * @param finishReason why it ended; null when the vendor did not say
 * @param logprobs log probabilities in OpenAI's shape; null when not asked for
 * @param extra unnamed fields of the vendor's choice
 */
public record Choice(
        int index,
        Message.Assistant message,
        @Nullable FinishReason finishReason,
        @Nullable Map<String, Object> logprobs,
        Map<String, Object> extra) {
    public Choice {
        Objects.requireNonNull(message, "message");
        logprobs = logprobs == null ? null : Fields.copyOf(logprobs);
        extra = Fields.copyOf(extra);
    }

    public Choice(int index, Message.Assistant message, @Nullable FinishReason finishReason) {
        this(index, message, finishReason, null, Map.of());
    }
}
