package dev.hypergateway.failover;

import dev.hypergateway.transport.Cancellation;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How a call waits. Tests replace it by one that moves a clock. */
@FunctionalInterface
public interface Pause {

    /**
     * Waits.
     *
     * @param duration how long
     * @param cancellation ends the wait early
     * @return false when the wait was cut short by cancellation or interruption; the interrupt flag stays set
     */
    boolean sleep(Duration duration, Cancellation cancellation);

    /** Waits on the calling thread. */
    static Pause blocking() {
        return (duration, cancellation) -> {
            CountDownLatch cancelled = new CountDownLatch(1);
            Cancellation.Registration registration = cancellation.onCancel(cancelled::countDown);
            try {
                return !cancelled.await(duration.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } finally {
                registration.close();
            }
        };
    }
}
