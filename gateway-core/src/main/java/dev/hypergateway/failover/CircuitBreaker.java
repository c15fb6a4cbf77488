package dev.hypergateway.failover;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Knows whether a vendor's endpoint is down. Five outage failures in a row open it for 5 s, doubling up to 20 s with every failed
 * probe; while it is open calls are kept away, and when its time is over one live call at a time finds out whether the vendor is
 * back. Thread-safe.
 */
public final class CircuitBreaker {
    private static final int FAILURES_TO_OPEN = 5;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

    /** A vendor is to be in use again half a minute after its return, also where a probe takes ten seconds to fail. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

    private final ReentrantLock lock = new ReentrantLock();
    private final Clock clock;
    private int failures;
    private Duration pause = FIRST_PAUSE;
    private volatile boolean closed = true;
    private Instant openUntil = Instant.MIN;
    private boolean probing;

    /**
     * @param clock the present
     */
    public CircuitBreaker(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** Whether a call may go ahead; if the breaker's time is over, it goes ahead as the probe. */
    public boolean tryAcquire() {
        if (closed) {
            return true;
        }
        lock.lock();
        try {
            if (closed) {
                return true;
            }
            if (probing || clock.instant().isBefore(openUntil)) {
                return false;
            }
            probing = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The endpoint answered, in full or with an error about the request or the key. */
    public void succeeded() {
        if (closed && failures == 0) {
            return;
        }
        lock.lock();
        try {
            failures = 0;
            pause = FIRST_PAUSE;
            probing = false;
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /** A stream has begun. That is enough to let calls go ahead again, but only its end shows that the endpoint is in order. */
    public void answering() {
        if (closed) {
            return;
        }
        lock.lock();
        try {
            failures = FAILURES_TO_OPEN - 1;
            pause = longer(pause);
            probing = false;
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /** The endpoint did not answer as it should. */
    public void failed() {
        lock.lock();
        try {
            failures++;
            if (closed) {
                if (failures >= FAILURES_TO_OPEN) {
                    closed = false;
                    openUntil = clock.instant().plus(pause);
                }
            } else if (!clock.instant().isBefore(openUntil)) {
                pause = longer(pause);
                openUntil = clock.instant().plus(pause);
            }
            probing = false;
        } finally {
            lock.unlock();
        }
    }

    /** A call ended without saying anything about the endpoint. */
    public void released() {
        if (closed) {
            return;
        }
        lock.lock();
        try {
            probing = false;
        } finally {
            lock.unlock();
        }
    }

    /** Whether calls are kept away. */
    public boolean isOpen() {
        return !closed;
    }

    /** When the next probe may go ahead; empty while the breaker is closed. */
    public Optional<Instant> openUntil() {
        lock.lock();
        try {
            return closed ? Optional.empty() : Optional.of(openUntil);
        } finally {
            lock.unlock();
        }
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }
}
