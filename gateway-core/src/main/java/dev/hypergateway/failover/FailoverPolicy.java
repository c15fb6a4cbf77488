package dev.hypergateway.failover;

import dev.hypergateway.key.KeySelection;
import dev.hypergateway.transport.Timeouts;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far the gateway goes to get a call answered. Immutable.
 *
 * @param deadline time for the whole call, all attempts and waits together; no wait goes past it
 * @param maxAttempts most upstream requests of one call
 * @param maxWait most time that one call spends waiting for rate-limited keys to come back
 * @param sameTargetRetries how often a transient error of the vendor is tried again with the same key
 * @param backoff pause before the first such retry; it doubles, with jitter
 * @param backoffCap longest pause before a retry
 * @param timeouts limits of each attempt
 * @param selection which of several usable keys to begin with
 * @param midStream what to do when a stream breaks off after content
 * @param hedgeAfter when to send a second attempt beside one that has brought no first content yet; null for never
 */
public record FailoverPolicy(
        Duration deadline,
        int maxAttempts,
        Duration maxWait,
        int sameTargetRetries,
        Duration backoff,
        Duration backoffCap,
        Timeouts timeouts,
        KeySelection selection,
        MidStream midStream,
        @Nullable Duration hedgeAfter) {

    /** Deadline 10 min, 2000 attempts, waits up to 10 s, two retries after 250 ms to 4 s, default timeouts, the selected key. */
    public static final FailoverPolicy DEFAULTS = new FailoverPolicy(
            Duration.ofMinutes(10),
            2000,
            Duration.ofSeconds(10),
            2,
            Duration.ofMillis(250),
            Duration.ofSeconds(4),
            Timeouts.DEFAULTS,
            KeySelection.SELECTED,
            MidStream.FAIL,
            null);

    public FailoverPolicy {
        Objects.requireNonNull(timeouts, "timeouts");
        Objects.requireNonNull(selection, "selection");
        if (deadline.isZero() || deadline.isNegative()) {
            throw new IllegalArgumentException("deadline must be positive, was " + deadline);
        }
        Objects.requireNonNull(midStream, "midStream");
        if (hedgeAfter != null && (hedgeAfter.isZero() || hedgeAfter.isNegative())) {
            throw new IllegalArgumentException("hedgeAfter must be positive, was " + hedgeAfter);
        }
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("maxAttempts must be at least 1, was " + maxAttempts);
        }
        if (maxWait.isNegative()) {
            throw new IllegalArgumentException("maxWait must not be negative, was " + maxWait);
        }
        if (sameTargetRetries < 0) {
            throw new IllegalArgumentException("sameTargetRetries must not be negative, was " + sameTargetRetries);
        }
        if (backoff.isNegative() || backoffCap.isNegative()) {
            throw new IllegalArgumentException("backoff and backoffCap must not be negative");
        }
    }

    public FailoverPolicy withDeadline(Duration value) {
        return new FailoverPolicy(
                value,
                maxAttempts,
                maxWait,
                sameTargetRetries,
                backoff,
                backoffCap,
                timeouts,
                selection,
                midStream,
                hedgeAfter);
    }

    public FailoverPolicy withMaxAttempts(int value) {
        return new FailoverPolicy(
                deadline,
                value,
                maxWait,
                sameTargetRetries,
                backoff,
                backoffCap,
                timeouts,
                selection,
                midStream,
                hedgeAfter);
    }

    public FailoverPolicy withMaxWait(Duration value) {
        return new FailoverPolicy(
                deadline,
                maxAttempts,
                value,
                sameTargetRetries,
                backoff,
                backoffCap,
                timeouts,
                selection,
                midStream,
                hedgeAfter);
    }

    public FailoverPolicy withSameTargetRetries(int value) {
        return new FailoverPolicy(
                deadline, maxAttempts, maxWait, value, backoff, backoffCap, timeouts, selection, midStream, hedgeAfter);
    }

    public FailoverPolicy withBackoff(Duration first, Duration cap) {
        return new FailoverPolicy(
                deadline,
                maxAttempts,
                maxWait,
                sameTargetRetries,
                first,
                cap,
                timeouts,
                selection,
                midStream,
                hedgeAfter);
    }

    public FailoverPolicy withTimeouts(Timeouts value) {
        return new FailoverPolicy(
                deadline,
                maxAttempts,
                maxWait,
                sameTargetRetries,
                backoff,
                backoffCap,
                value,
                selection,
                midStream,
                hedgeAfter);
    }

    public FailoverPolicy withSelection(KeySelection value) {
        return new FailoverPolicy(
                deadline,
                maxAttempts,
                maxWait,
                sameTargetRetries,
                backoff,
                backoffCap,
                timeouts,
                value,
                midStream,
                hedgeAfter);
    }

    public FailoverPolicy withMidStream(MidStream value) {
        return new FailoverPolicy(
                deadline,
                maxAttempts,
                maxWait,
                sameTargetRetries,
                backoff,
                backoffCap,
                timeouts,
                selection,
                value,
                hedgeAfter);
    }

    public FailoverPolicy withHedgeAfter(@Nullable Duration value) {
        return new FailoverPolicy(
                deadline,
                maxAttempts,
                maxWait,
                sameTargetRetries,
                backoff,
                backoffCap,
                timeouts,
                selection,
                midStream,
                value);
    }

    /** What to do when a stream breaks off after content has been delivered. */
    public enum MidStream {
        /** Tell the caller, who has the part that came. */
        FAIL,
        /**
         * Ask the next target, or the same one again, and go on where the old answer broke off if the new one begins with the same
         * text; else tell the caller. Never for answers with tool calls, JSON formats or several choices.
         */
        RESUME
    }
}
