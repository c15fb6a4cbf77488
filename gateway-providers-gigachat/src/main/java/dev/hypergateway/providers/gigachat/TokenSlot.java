package dev.hypergateway.providers.gigachat;

import dev.hypergateway.provider.Failures;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.TransportException;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The token of one key. Of many calls that need a new one, the first fetches it and the others wait for it, each within its own
 * limits; nobody waits under the lock. Thread-safe.
 */
final class TokenSlot {
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable AccessToken token;
    private @Nullable CompletableFuture<AccessToken> flight;

    TokenSlot(Clock clock) {
        this.clock = clock;
    }

    /**
     * The token, fetched if need be.
     *
     * @param fetch gets a new one; throws a {@link ProviderException}
     * @param control the limits of waiting for somebody else's fetch
     */
    AccessToken get(Supplier<AccessToken> fetch, AttemptControl control) {
        while (true) {
            CompletableFuture<AccessToken> mine = null;
            CompletableFuture<AccessToken> theirs;
            lock.lock();
            try {
                AccessToken current = token;
                if (current != null && current.isFresh(clock.instant())) {
                    return current;
                }
                theirs = flight;
                if (theirs == null) {
                    mine = new CompletableFuture<>();
                    flight = mine;
                }
            } finally {
                lock.unlock();
            }
            if (mine != null) {
                return fetch(fetch, mine);
            }
            AccessToken fetched = theirs == null ? null : awaitResult(theirs, control);
            if (fetched != null) {
                return fetched;
            }
        }
    }

    /** Forgets a token that was refused, unless a newer one has taken its place. */
    void drop(AccessToken refused) {
        lock.lock();
        try {
            if (refused.equals(token)) {
                token = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many calls wait for the one that is fetching a token; -1 when none is. */
    int waiting() {
        lock.lock();
        try {
            return flight == null ? -1 : flight.getNumberOfDependents();
        } finally {
            lock.unlock();
        }
    }

    private AccessToken fetch(Supplier<AccessToken> fetch, CompletableFuture<AccessToken> mine) {
        AccessToken fetched = null;
        RuntimeException failure = null;
        try {
            fetched = fetch.get();
            return fetched;
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        } finally {
            lock.lock();
            try {
                token = fetched;
                flight = null;
            } finally {
                lock.unlock();
            }
            if (fetched != null) {
                mine.complete(fetched);
            } else {
                mine.completeExceptionally(
                        failure == null ? new IllegalStateException("the token exchange died") : failure);
            }
        }
    }

    /** What the other call got; null when it was cut short for reasons of its own, so that one should try oneself. */
    private static @Nullable AccessToken awaitResult(CompletableFuture<AccessToken> theirs, AttemptControl control) {
        try {
            control.await(theirs, "the token of GigaChat");
        } catch (TransportException e) {
            throw Failures.exception(e, control);
        }
        if (!theirs.isCompletedExceptionally()) {
            return theirs.join();
        }
        Throwable failure = theirs.handle((value, e) -> e).join();
        if (failure instanceof ProviderException e
                && e.failure().kind() != FailureKind.CANCELLED
                && e.failure().kind() != FailureKind.TIMEOUT) {
            throw new ProviderException(e.failure(), e);
        }
        return null;
    }
}
