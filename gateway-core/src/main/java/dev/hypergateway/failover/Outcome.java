package dev.hypergateway.failover;

import dev.hypergateway.provider.Failure;
import dev.hypergateway.trace.CallTrace;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended.
 *
 * @param <T> what an answered call yields
 */
public sealed interface Outcome<T> {

    /** Every attempt of the call. */
    CallTrace trace();

    /**
     * A vendor answered.
     *
     * @param value the answer
     */
    record Answered<T>(T value, CallTrace trace) implements Outcome<T> {
        public Answered {
            Objects.requireNonNull(trace, "trace");
        }
    }

    /**
     * No answer.
     *
     * @param end why the call ended
     * @param failure the last failure, or the last one that speaks for asking again; null when there is none
     * @param retryAfter when it is worth trying again; null when that is not known
     */
    record Failed<T>(
            End end, @Nullable Failure failure, @Nullable Duration retryAfter, CallTrace trace) implements Outcome<T> {
        public Failed {
            Objects.requireNonNull(end, "end");
            Objects.requireNonNull(trace, "trace");
        }
    }

    /** Why a call ended without an answer. */
    enum End {
        /** The last failure admits no further attempt, or no target can do what is asked. */
        REFUSED,
        /** All keys and targets failed or are put aside. */
        EXHAUSTED,
        /** There is no key at all for any target. */
        NO_KEY,
        /** Only the caller's own key was tried, and it failed. */
        CALLER_KEY_FAILED,
        /** The deadline passed. */
        DEADLINE,
        /** The caller ended the call. */
        CANCELLED
    }
}
