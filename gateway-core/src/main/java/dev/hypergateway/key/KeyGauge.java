package dev.hypergateway.key;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Measures a key's use against its {@link KeyLimits}. Thread-safe. */
final class KeyGauge {
    private static final int SECONDS = 60;

    /** When a call in progress will end cannot be known, so whoever waits for one looks again soon. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final ReentrantLock lock = new ReentrantLock();
    private final KeyLimits limits;
    private final Window requests = new Window();
    private final Window tokens = new Window();
    private int running;

    KeyGauge(KeyLimits limits) {
        this.limits = limits;
    }

    /** When one more call fits; null when it fits at once. */
    @Nullable
    Instant fullUntil(Instant now) {
        lock.lock();
        try {
            long second = now.getEpochSecond();
            if (limits.requestsPerMinute() != null && requests.sum(second) >= limits.requestsPerMinute()) {
                return requests.firstRelease(second);
            }
            if (limits.tokensPerMinute() != null && tokens.sum(second) >= limits.tokensPerMinute()) {
                return tokens.firstRelease(second);
            }
            return limits.maxConcurrent() != null && running >= limits.maxConcurrent() ? now.plus(LOOK_AGAIN) : null;
        } finally {
            lock.unlock();
        }
    }

    /** Counts a call if it fits. */
    boolean tryEnter(Instant now) {
        lock.lock();
        try {
            if (fullUntil(now) != null) {
                return false;
            }
            running++;
            requests.add(now.getEpochSecond(), 1);
            return true;
        } finally {
            lock.unlock();
        }
    }

    void exit(Instant now, long usedTokens) {
        lock.lock();
        try {
            running--;
            if (usedTokens > 0) {
                tokens.add(now.getEpochSecond(), usedTokens);
            }
        } finally {
            lock.unlock();
        }
    }

    /** A sum over the last 60 seconds, second by second. */
    private static final class Window {
        private final long[] counts = new long[SECONDS];
        private long newest = Long.MIN_VALUE;

        void add(long second, long count) {
            moveTo(second);
            counts[Math.floorMod(second, SECONDS)] += count;
        }

        long sum(long second) {
            moveTo(second);
            long sum = 0;
            for (long count : counts) {
                sum += count;
            }
            return sum;
        }

        /** When the oldest counted second leaves the window. */
        Instant firstRelease(long second) {
            for (long oldest = second - SECONDS + 1; oldest <= second; oldest++) {
                if (counts[Math.floorMod(oldest, SECONDS)] > 0) {
                    return Instant.ofEpochSecond(oldest + SECONDS);
                }
            }
            return Instant.ofEpochSecond(second + 1);
        }

        private void moveTo(long second) {
            if (newest == Long.MIN_VALUE || second - newest >= SECONDS) {
                java.util.Arrays.fill(counts, 0);
                newest = second;
            }
            while (newest < second) {
                newest++;
                counts[Math.floorMod(newest, SECONDS)] = 0;
            }
        }
    }
}
