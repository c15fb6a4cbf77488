package dev.hypergateway.failover;

import dev.hypergateway.transport.Timeouts;
import java.time.Duration;
import java.util.Objects;

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
 */
public record FailoverPolicy(
        Duration deadline,
        int maxAttempts,
        Duration maxWait,
        int sameTargetRetries,
        Duration backoff,
        Duration backoffCap,
        Timeouts timeouts) {

    /** Deadline 10 min, 2000 attempts, waits up to 10 s, two retries after 250 ms to 4 s, default timeouts. */
    public static final FailoverPolicy DEFAULTS = new FailoverPolicy(
            Duration.ofMinutes(10),
            2000,
            Duration.ofSeconds(10),
            2,
            Duration.ofMillis(250),
            Duration.ofSeconds(4),
            Timeouts.DEFAULTS);

    public FailoverPolicy {
        Objects.requireNonNull(timeouts, "timeouts");
        if (deadline.isZero() || deadline.isNegative()) {
            throw new IllegalArgumentException("deadline must be positive, was " + deadline);
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
        return new FailoverPolicy(value, maxAttempts, maxWait, sameTargetRetries, backoff, backoffCap, timeouts);
    }

    public FailoverPolicy withMaxAttempts(int value) {
        return new FailoverPolicy(deadline, value, maxWait, sameTargetRetries, backoff, backoffCap, timeouts);
    }

    public FailoverPolicy withMaxWait(Duration value) {
        return new FailoverPolicy(deadline, maxAttempts, value, sameTargetRetries, backoff, backoffCap, timeouts);
    }

    public FailoverPolicy withSameTargetRetries(int value) {
        return new FailoverPolicy(deadline, maxAttempts, maxWait, value, backoff, backoffCap, timeouts);
    }

    public FailoverPolicy withBackoff(Duration first, Duration cap) {
        return new FailoverPolicy(deadline, maxAttempts, maxWait, sameTargetRetries, first, cap, timeouts);
    }

    public FailoverPolicy withTimeouts(Timeouts value) {
        return new FailoverPolicy(deadline, maxAttempts, maxWait, sameTargetRetries, backoff, backoffCap, value);
    }
}
