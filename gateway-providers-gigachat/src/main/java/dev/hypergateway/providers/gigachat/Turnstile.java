package dev.hypergateway.providers.gigachat;

import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Failures;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.Timeouts;
import dev.hypergateway.transport.TransportException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets a certain number of calls through at a time, in the order in which they came. GigaChat answers 429 to a request that runs
 * beside another one of the same key, and that is not worth a round trip and a cooldown. Thread-safe.
 */
final class Turnstile {
    /** After that another key, if there is one, is the better choice. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final Timeouts PATIENCE = new Timeouts(LIMIT, LIMIT, LIMIT, LIMIT);

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<CompletableFuture<Void>> waiting = new ArrayDeque<>();
    private int inside;

    Turnstile() {}

    /**
     * Waits for a turn.
     *
     * @param limit how many calls may be inside; may differ from call to call
     * @param control the limits of the wait
     * @return ends the turn; more than once is no harm
     * @throws ProviderException when the call is cancelled or the wait too long
     */
    Turn enter(int limit, AttemptControl control) {
        CompletableFuture<Void> turn;
        lock.lock();
        try {
            if (inside < limit && waiting.isEmpty()) {
                inside++;
                return new Turn();
            }
            turn = new CompletableFuture<>();
            waiting.add(turn);
        } finally {
            lock.unlock();
        }
        try {
            new AttemptControl(PATIENCE, control.remaining(), control.cancellation())
                    .await(turn, "a turn with this key of GigaChat");
        } catch (TransportException e) {
            if (!turn.cancel(false)) {
                // It came in the last moment.
                leave();
            }
            throw failure(e, control);
        }
        return new Turn();
    }

    /** How many calls wait. */
    int queueLength() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Time that went by in our own queue speaks neither against the vendor nor, for long, against the key. */
    private static ProviderException failure(TransportException e, AttemptControl control) {
        return e.reason() == TransportException.Reason.CANCELLED
                ? Failures.exception(e, control)
                : new ProviderException(
                        Failure.builder(
                                        FailureKind.RATE_LIMITED,
                                        "all turns with this key are taken by other calls of ours; add keys, or set "
                                                + GigaChatSettings.MAX_CONCURRENCY
                                                + " if the key may do more at a time")
                                .scope(Failure.Scope.KEY)
                                .retryAfter(Duration.ofSeconds(1))
                                .build(),
                        e);
    }

    /** Hands the turn to whoever waits longest and still does. */
    private void leave() {
        boolean handedOver = false;
        while (!handedOver) {
            CompletableFuture<Void> next;
            lock.lock();
            try {
                next = waiting.poll();
                if (next == null) {
                    inside--;
                    return;
                }
            } finally {
                lock.unlock();
            }
            handedOver = next.complete(null);
        }
    }

    /** A call that is inside. */
    final class Turn implements AutoCloseable {
        private final AtomicBoolean over = new AtomicBoolean();

        private Turn() {}

        @Override
        public void close() {
            if (over.compareAndSet(false, true)) {
                leave();
            }
        }
    }
}
