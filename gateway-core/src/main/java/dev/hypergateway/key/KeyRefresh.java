package dev.hypergateway.key;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the keys of owners in use from the store again and again, so that what other processes change shows up. One thread, which
 * rests when no owner has been in use for a minute, and never reads for more than half of the time however many there are.
 * Thread-safe.
 */
final class KeyRefresh implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRefresh.class);
    private static final Duration IN_USE = Duration.ofMinutes(1);
    private static final Duration PATIENCE_AFTER_REST = Duration.ofMillis(250);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<OwnerKeys> inUse = new LinkedHashSet<>();
    private final Deque<Awakened> awakened = new ArrayDeque<>();
    private final Consumer<OwnerKeys> read;
    private final Clock clock;
    private final Duration interval;
    private @Nullable Thread thread;
    private boolean closed;
    private volatile boolean failing;

    /**
     * @param read reads an owner's keys from the store
     * @param interval pause between two reads of the same owner; zero for no reading at all
     */
    KeyRefresh(Consumer<OwnerKeys> read, Clock clock, Duration interval) {
        this.read = read;
        this.clock = clock;
        this.interval = interval;
    }

    /**
     * Says that a call uses an owner's keys. The first call after a rest waits for a read for a moment, in which a store that is in
     * order has long answered; all others go on at once.
     */
    void used(OwnerKeys keys) {
        if (interval.isZero()) {
            return;
        }
        Instant now = clock.instant();
        Instant before = keys.used(now);
        if (before != null && before.plus(IN_USE).isAfter(now)) {
            return;
        }
        Awakened owner = new Awakened(keys, new CompletableFuture<>());
        lock.lock();
        try {
            if (closed || (inUse.add(keys) && !isOld(keys, now))) {
                start();
                return;
            }
            awakened.add(owner);
            start();
        } finally {
            lock.unlock();
        }
        if (!failing) {
            await(owner.read());
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            inUse.clear();
            awakened.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isOld(OwnerKeys keys, Instant now) {
        Instant loadedAt = keys.loadedAt();
        return loadedAt == null || !loadedAt.plus(interval).isAfter(now);
    }

    private void start() {
        if (thread == null && !closed) {
            thread = new Thread(this::run, "hyper-gateway-key-refresh");
            thread.setDaemon(true);
            thread.start();
        }
        changed.signalAll();
    }

    private static void await(CompletableFuture<Void> read) {
        try {
            read.get(PATIENCE_AFTER_REST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException e) {
            // The call goes on with what is known.
        }
    }

    private void run() {
        try {
            while (true) {
                List<OwnerKeys> round = nextRound();
                if (round.isEmpty()) {
                    return;
                }
                long begin = System.nanoTime();
                for (OwnerKeys keys : round) {
                    readAwakened();
                    if (stillInUse(keys)) {
                        read(keys);
                    }
                }
                rest(Math.max(interval.toNanos(), System.nanoTime() - begin));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The owners in use; none when closed. */
    private List<OwnerKeys> nextRound() throws InterruptedException {
        lock.lock();
        try {
            while (inUse.isEmpty() && !closed) {
                changed.await();
            }
            return new ArrayList<>(inUse);
        } finally {
            lock.unlock();
        }
    }

    private void rest(long nanos) throws InterruptedException {
        long left = nanos;
        while (left > 0) {
            lock.lock();
            try {
                while (awakened.isEmpty() && !closed && left > 0) {
                    left = changed.awaitNanos(left);
                }
                if (closed) {
                    return;
                }
            } finally {
                lock.unlock();
            }
            readAwakened();
        }
    }

    private void readAwakened() {
        while (true) {
            Awakened next;
            lock.lock();
            try {
                next = awakened.poll();
            } finally {
                lock.unlock();
            }
            if (next == null) {
                return;
            }
            read(next.keys());
            next.read().complete(null);
        }
    }

    private boolean stillInUse(OwnerKeys keys) {
        lock.lock();
        try {
            Instant usedAt = keys.usedAt();
            if (usedAt == null || !usedAt.plus(IN_USE).isAfter(clock.instant())) {
                inUse.remove(keys);
            }
            return inUse.contains(keys);
        } finally {
            lock.unlock();
        }
    }

    private void read(OwnerKeys keys) {
        try {
            read.accept(keys);
            if (failing) {
                LOG.info("The key store can be read again");
                failing = false;
            }
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.warn("The key store cannot be read; calls go on with the keys known so far: {}", e.toString());
                failing = true;
            }
        }
    }

    /** An owner in use again after a rest, and what to complete when its keys have been read. */
    private record Awakened(OwnerKeys keys, CompletableFuture<Void> read) {}
}
