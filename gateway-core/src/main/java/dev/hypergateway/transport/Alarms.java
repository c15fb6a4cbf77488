package dev.hypergateway.transport;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one thread that watches the clock for all requests of this process. It ends when there is nothing to watch. */
final class Alarms {
    private static final ScheduledThreadPoolExecutor SCHEDULER = scheduler();

    private Alarms() {}

    /**
     * Rings once, unless the returned handle is cancelled before.
     *
     * @param ring short, never blocks
     */
    static Future<?> in(long nanos, Runnable ring) {
        return SCHEDULER.schedule(ring, nanos, TimeUnit.NANOSECONDS);
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
