package dev.hypergateway.transport;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The one thread that watches the clock for all requests of this process. It ends when there is nothing to watch.
 *
 * <p>An alarm that is the next to ring wakes the thread when it is set, and a quiet process would pay for that with every request.
 * So as long as there are alarms a beat four times a second stays ahead of them.
 */
final class Alarms {
    private static final long BEAT_MILLIS = 250;

    private static final ScheduledThreadPoolExecutor SCHEDULER = scheduler();
    private static final AtomicBoolean BEATING = new AtomicBoolean();

    private Alarms() {}

    /**
     * Rings once, unless the returned handle is cancelled before.
     *
     * @param ring short, never blocks
     */
    static Future<?> in(long nanos, Runnable ring) {
        if (!BEATING.get() && BEATING.compareAndSet(false, true)) {
            nextBeat();
        }
        return SCHEDULER.schedule(ring, nanos, TimeUnit.NANOSECONDS);
    }

    private static void nextBeat() {
        Future<?> unused = SCHEDULER.schedule(Alarms::beat, BEAT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** An alarm that is set just when the beat stops wakes the thread once, no more. */
    private static void beat() {
        if (SCHEDULER.getQueue().isEmpty()) {
            BEATING.set(false);
        } else {
            nextBeat();
        }
    }

    private static ScheduledThreadPoolExecutor scheduler() {
        ScheduledThreadPoolExecutor scheduler =
                new ScheduledThreadPoolExecutor(1, Threads.daemons("hyper-gateway-timeouts"));
        scheduler.setRemoveOnCancelPolicy(true);
        scheduler.setKeepAliveTime(30, TimeUnit.SECONDS);
        scheduler.allowCoreThreadTimeOut(true);
        return scheduler;
    }
}
