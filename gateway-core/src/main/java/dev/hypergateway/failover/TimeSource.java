package dev.hypergateway.failover;

import java.time.Clock;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Time as a call sees it; tests bring their own. Thread-safe if its parts are.
 *
 * @param clock the present
 * @param nanoTime a clock for durations, in nanoseconds
 * @param pause how to wait
 */
public record TimeSource(Clock clock, LongSupplier nanoTime, Pause pause) {
    /** The time of this machine, and waits on the calling thread. */
    public static final TimeSource SYSTEM = new TimeSource(Clock.systemUTC(), System::nanoTime, Pause.blocking());

    public TimeSource {
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(nanoTime, "nanoTime");
        Objects.requireNonNull(pause, "pause");
    }
}
