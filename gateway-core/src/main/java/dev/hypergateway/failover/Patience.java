package dev.hypergateway.failover;

import dev.hypergateway.provider.Failure;
import dev.hypergateway.transport.Cancellation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one call may spend on waiting: its deadline, the waits for rate-limited keys and the pauses before retries. For one call on
 * one thread.
 */
final class Patience {
    private static final Logger LOG = LoggerFactory.getLogger(FailoverExecutor.class);

    /** A vendor whose hints prove wrong this often is not asked again within the call. */
    private static final int MOST_WRONG_HINTS = 3;

    private static final int MOST_DOUBLINGS = 20;

    private final FailoverPolicy policy;
    private final Cancellation cancellation;
    private final TimeSource time;
    private final DoubleSupplier random;
    private final long startNanos;
    private Duration waited = Duration.ZERO;
    private int wrongHints;
    private int attemptsAtLastWait;

    /**
     * @param random numbers from 0 to 1, for jitter
     */
    Patience(FailoverPolicy policy, Cancellation cancellation, TimeSource time, DoubleSupplier random) {
        this.policy = policy;
        this.cancellation = cancellation;
        this.time = time;
        this.random = random;
        this.startNanos = time.nanoTime().getAsLong();
    }

    /** Time since the call began. */
    Duration elapsed() {
        return Duration.ofNanos(time.nanoTime().getAsLong() - startNanos);
    }

    /** Time left before the deadline, never negative. */
    Duration remaining() {
        Duration left = policy.deadline().minus(elapsed());
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Whether nobody waits for an answer any more. */
    boolean cancelled() {
        return cancellation.isCancelled() || Thread.currentThread().isInterrupted();
    }

    /**
     * Waits for a rate-limited key if that is worth it.
     *
     * @param attempts how many the call has made; a wait that led to none has proved no hint wrong
     * @param elsewhere whether the call can go on elsewhere, so that a hint that has proved wrong is not believed again
     */
    Wait untilBack(Optional<Instant> back, int attempts, boolean elsewhere) {
        if (back.isEmpty()) {
            return Wait.NOT_WORTH_IT;
        }
        Duration wait = Duration.between(time.clock().instant(), back.get());
        if (wait.isNegative()) {
            wait = Duration.ZERO;
        }
        boolean askedSince = attempts > attemptsAtLastWait;
        wrongHints += askedSince && !waited.isZero() ? 1 : 0;
        if (wrongHints >= (elsewhere ? 1 : MOST_WRONG_HINTS)
                || waited.plus(wait).compareTo(policy.maxWait()) > 0
                || wait.compareTo(remaining()) >= 0) {
            return Wait.NOT_WORTH_IT;
        }
        attemptsAtLastWait = attempts;
        if (askedSince || waited.isZero()) {
            LOG.info("All keys are rate limited; waiting {} ms for the first to come back", wait.toMillis());
        }
        Duration pause = wait.plusMillis(1);
        waited = waited.plus(pause);
        return time.pause().sleep(pause, cancellation) ? Wait.OVER : Wait.CUT_SHORT;
    }

    /**
     * The pause before a retry with the same key.
     *
     * @param retries how many came before
     * @return empty when the deadline leaves no room for it
     */
    Optional<Duration> beforeRetry(int retries, Failure failure) {
        long millis = Math.min(
                policy.backoffCap().toMillis(), policy.backoff().toMillis() << Math.min(retries, MOST_DOUBLINGS));
        Duration jittered = Duration.ofMillis((long) (millis * (0.5 + random.getAsDouble() / 2)));
        Duration pause = failure.retryAfter()
                .filter(asked -> asked.compareTo(policy.maxWait()) <= 0 && asked.compareTo(jittered) > 0)
                .orElse(jittered);
        return Optional.of(pause).filter(fitting -> fitting.compareTo(remaining()) < 0);
    }

    /** Pauses; false when the pause was cut short. */
    boolean sleep(Duration pause) {
        return time.pause().sleep(pause, cancellation);
    }

    /** How a wait for a key went. */
    enum Wait {
        /** The key should be back. */
        OVER,
        /** Nobody waited: there is no key to wait for, or it would take too long. */
        NOT_WORTH_IT,
        /** The call was cancelled meanwhile. */
        CUT_SHORT
    }
}
