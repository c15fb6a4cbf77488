package dev.hypergateway.key;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes changes to the store behind the calls that caused them: one thread, what is urgent first and else in order of first
 * mention, at most one waiting write per subject, so that the backlog is bounded by the number of keys. A write that fails is
 * repeated until it succeeds or a newer one takes its place. Thread-safe.
 */
final class WriteBehind implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WriteBehind.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration PATIENCE_AT_END = Duration.ofSeconds(5);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Object, Runnable> urgent = new LinkedHashMap<>();
    private final Map<Object, Runnable> waiting = new LinkedHashMap<>();
    private @Nullable Thread thread;
    private boolean busy;
    private boolean closed;
    private boolean failing;

    /**
     * Enqueues a write.
     *
     * @param subject what is written; a waiting write of the same subject is replaced
     * @param write looks up the state at the time it runs
     */
    void submit(Object subject, Runnable write) {
        submit(subject, write, false);
    }

    /** As {@link #submit(Object, Runnable)}, but ahead of all that is not urgent. */
    void submitUrgent(Object subject, Runnable write) {
        submit(subject, write, true);
    }

    private void submit(Object subject, Runnable write, boolean first) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (first) {
                waiting.remove(subject);
                urgent.put(subject, write);
            } else if (urgent.replace(subject, write) == null) {
                waiting.put(subject, write);
            }
            if (thread == null) {
                thread = new Thread(this::run, "hyper-gateway-key-writer");
                thread.setDaemon(true);
                thread.start();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until everything has been written.
     *
     * @return false when the time was too short or the thread was interrupted, whose flag is then set
     */
    boolean flush(Duration patience) {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (!urgent.isEmpty() || !waiting.isEmpty() || busy) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Writes what is waiting, for at most five seconds, and ends. */
    @Override
    public void close() {
        if (!flush(PATIENCE_AT_END)) {
            LOG.warn("Key changes could not all be written to the key store before closing");
        }
        lock.lock();
        try {
            closed = true;
            urgent.clear();
            waiting.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (true) {
            Object subject;
            Runnable write;
            lock.lock();
            try {
                while (urgent.isEmpty() && waiting.isEmpty() && !closed) {
                    changed.await();
                }
                if (closed) {
                    return;
                }
                Map<Object, Runnable> queue = urgent.isEmpty() ? waiting : urgent;
                Map.Entry<Object, Runnable> first = queue.entrySet().iterator().next();
                subject = first.getKey();
                write = first.getValue();
                queue.remove(subject);
                busy = true;
            } catch (InterruptedException e) {
                return;
            } finally {
                lock.unlock();
            }
            boolean written = attempt(write);
            lock.lock();
            try {
                busy = false;
                if (!written) {
                    // Behind the others, urgent or not: one that the store refuses must not hold them up.
                    if (!urgent.containsKey(subject)) {
                        waiting.putIfAbsent(subject, write);
                    }
                    long ignored = changed.awaitNanos(TimeUnit.NANOSECONDS.convert(PAUSE_AFTER_FAILURE));
                }
                changed.signalAll();
            } catch (InterruptedException e) {
                return;
            } finally {
                lock.unlock();
            }
        }
    }

    private boolean attempt(Runnable write) {
        try {
            write.run();
            if (failing) {
                LOG.info("The key store takes changes again");
                failing = false;
            }
            return true;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.warn(
                        "The key store does not take changes; they are kept and repeated every second: {}",
                        e.toString());
                failing = true;
            }
            return false;
        }
    }
}
