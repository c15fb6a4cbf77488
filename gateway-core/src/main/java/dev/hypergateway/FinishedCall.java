package dev.hypergateway;

import dev.hypergateway.chat.Usage;
import dev.hypergateway.key.Owner;
import dev.hypergateway.trace.CallTrace;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call that is over. Immutable; holds neither secrets nor content.
 *
 * @param kind what was asked for
 * @param model the model or route as the caller wrote it
 * @param owner on whose behalf
 * @param end how it ended
 * @param duration from its beginning to the end of the answer; {@code trace.elapsed()} is the time to the first content of a stream
 * @param trace every attempt with its outcome and duration
 * @param usage the tokens and cost of the answer, also of one that ended early; failed attempts have none. Null when nothing was
 *     answered or the vendor gave no figures with a complete answer
 * @param usageEstimated whether figures are estimated, because the answer ended before the vendor gave its own
 * @param failure what the caller was told; null when the call was answered or its stream closed
 */
public record FinishedCall(
        Kind kind,
        String model,
        Owner owner,
        End end,
        Duration duration,
        CallTrace trace,
        @Nullable Usage usage,
        boolean usageEstimated,
        @Nullable GatewayException failure) {
    public FinishedCall {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(end, "end");
        Objects.requireNonNull(duration, "duration");
        Objects.requireNonNull(trace, "trace");
    }

    /** The provider that answered, or failed last. */
    public Optional<String> provider() {
        int attempts = trace.attempts().size();
        return attempts == 0
                ? Optional.empty()
                : Optional.of(trace.attempts().get(attempts - 1).provider());
    }

    /** What was asked for. */
    public enum Kind {
        /** A whole answer. */
        CHAT,
        /** A streamed answer. */
        STREAM,
        /** Vectors. */
        EMBEDDING,
        /** Pictures. */
        IMAGE
    }

    /** How a call ended. */
    public enum End {
        /** With a complete answer. */
        ANSWERED,
        /** Without an answer. */
        FAILED,
        /** A stream broke off after content. */
        INTERRUPTED,
        /** The caller closed the stream, or ended the call, before the answer was complete. */
        CANCELLED
    }
}
