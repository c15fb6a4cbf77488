package dev.hypergateway.server.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes comments into silent event streams, so that proxies keep the connection and a client that hangs up is noticed: the JDK's
 * server learns of that only when a write fails. Thread-safe. One timer thread serves all streams; writing, which may block, is
 * done by the workers.
 */
public final class Heartbeat implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);

    private final Executor workers;
    private final Duration first;
    private final Duration interval;
    private final Duration longestWrite;
    private final ScheduledThreadPoolExecutor timer;

    /**
     * @param workers run the writes
     * @param first silence before an answer that has not begun is opened by a comment
     * @param interval silence between comments after that
     * @param longestWrite how long a client may not read before its connection is cut
     */
    public Heartbeat(Executor workers, Duration first, Duration interval, Duration longestWrite) {
        this.workers = workers;
        this.first = first;
        this.interval = interval;
        this.longestWrite = longestWrite;
        this.timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "hyper-gateway-heartbeat");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /**
     * Watches a stream until the watch is closed.
     *
     * @param stream the stream
     * @param onBroken called once, on a worker thread, when the client turns out to be gone
     */
    public Watch watch(EventStream stream, Runnable onBroken) {
        Watch watch = new Watch(stream, onBroken);
        watch.schedule(first.toNanos());
        return watch;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** The care for one stream. */
    public final class Watch implements AutoCloseable {
        private final EventStream stream;
        private final Runnable onBroken;
        private final AtomicBoolean beating = new AtomicBoolean();
        private final AtomicReference<@Nullable Future<?>> next = new AtomicReference<>();
        private volatile boolean closed;

        private Watch(EventStream stream, Runnable onBroken) {
            this.stream = stream;
            this.onBroken = onBroken;
        }

        /** The stream has begun: from here on it is checked at the short interval. */
        public void begun() {
            schedule(interval.toNanos());
        }

        @Override
        public void close() {
            closed = true;
            replace(null);
        }

        private void check() {
            if (closed) {
                return;
            }
            stream.interruptWriteOlderThan(longestWrite.toNanos());
            long left = interval.toNanos() - stream.silence();
            if (left <= 0 && beating.compareAndSet(false, true)) {
                try {
                    workers.execute(this::beat);
                } catch (RejectedExecutionException e) {
                    beating.set(false);
                }
            }
            schedule(left > 0 ? left : interval.toNanos());
        }

        private void beat() {
            try {
                stream.comment();
            } catch (IOException e) {
                if (!closed) {
                    close();
                    log.debug("The client of an event stream is gone: {}", e.toString());
                    onBroken.run();
                }
            } finally {
                beating.set(false);
            }
        }

        private void schedule(long nanos) {
            try {
                replace(timer.schedule(this::check, nanos, TimeUnit.NANOSECONDS));
            } catch (RejectedExecutionException e) {
                log.debug("The server is closing; an event stream gets no more comments");
            }
            if (closed) {
                replace(null);
            }
        }

        private void replace(@Nullable Future<?> check) {
            Future<?> old = next.getAndSet(check);
            if (old != null) {
                old.cancel(false);
            }
        }
    }
}
