package dev.hypergateway.transport;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A body that is read while it arrives: a queue between the HTTP client's threads, which never wait, and one reading thread.
 * More is asked for only while fewer than {@value #ENOUGH} bytes wait, so a slow reader slows the vendor down and does not fill
 * the memory. It holds the client's own buffers and copies nothing. Thread-safe.
 *
 * <p>Own, because {@code BodySubscribers.ofInputStream()} swallows interrupts on JDK 17 and cannot time out.
 */
final class StreamBody implements BodySubscriber<StreamBody> {
    private static final int ENOUGH = 32 * 1024;

    /** What may still come after {@link #release()}: room for {@code [DONE]} and the last chunk, not for an answer. */
    private static final int TAIL_BYTES = 8 * 1024;

    private static final long TAIL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<ByteBuffer> pieces = new ArrayDeque<>(4);
    private Flow.@Nullable Subscription subscription;
    private @Nullable Future<?> tailAlarm;
    private @Nullable Throwable failure;
    private boolean requested;
    private boolean complete;
    private boolean aborted;
    private boolean released;
    private int waitingBytes;
    private int tailBytes;

    /**
     * Waits for the next bytes.
     *
     * @return bytes to read, or null at the end of the body
     * @throws TimeoutException when nothing has come in time
     * @throws IOException when the connection broke; bytes that came before are handed out first
     * @throws CancellationException after {@link #abort()} or {@link #release()}
     */
    @Nullable
    ByteBuffer take(long nanos) throws InterruptedException, TimeoutException, IOException {
        ByteBuffer piece;
        Flow.Subscription more;
        lock.lock();
        try {
            long left = nanos;
            while (pieces.isEmpty() && !complete && failure == null && !aborted && !released) {
                if (left <= 0) {
                    throw new TimeoutException();
                }
                left = changed.awaitNanos(left);
            }
            if (aborted || released) {
                throw new CancellationException();
            }
            if (pieces.isEmpty()) {
                if (failure != null) {
                    throw new IOException(failure.getMessage(), failure);
                }
                return null;
            }
            piece = pieces.remove();
            waitingBytes -= piece.remaining();
            more = wantsMore();
        } finally {
            lock.unlock();
        }
        request(more);
        return piece;
    }

    /** The next bytes if they are here; null when {@link #take} would wait or has other news. */
    @Nullable
    ByteBuffer poll() {
        ByteBuffer piece;
        Flow.Subscription more;
        lock.lock();
        try {
            if (pieces.isEmpty() || aborted || released) {
                return null;
            }
            piece = pieces.remove();
            waitingBytes -= piece.remaining();
            more = wantsMore();
        } finally {
            lock.unlock();
        }
        request(more);
        return piece;
    }

    /** Ends the exchange at once and closes its connection, unless it has ended already. */
    void abort() {
        Flow.Subscription toCancel;
        lock.lock();
        try {
            if (aborted) {
                return;
            }
            aborted = true;
            pieces.clear();
            changed.signalAll();
            toCancel = complete ? null : subscription;
        } finally {
            lock.unlock();
        }
        if (toCancel != null) {
            toCancel.cancel();
        }
    }

    /**
     * Says that nobody will read on. The end of a body often comes just after its last event: a connection that reaches it within
     * 100 ms and 8 KB goes back to the pool, any other is closed.
     */
    void release() {
        Flow.Subscription more;
        lock.lock();
        try {
            if (aborted || released || failure != null) {
                return;
            }
            released = true;
            tailBytes = waitingBytes;
            pieces.clear();
            waitingBytes = 0;
            changed.signalAll();
            if (complete) {
                return;
            }
            tailAlarm = Alarms.in(TAIL_NANOS, this::abort);
            more = wantsMore();
        } finally {
            lock.unlock();
        }
        request(more);
    }

    @Override
    public CompletionStage<StreamBody> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        Flow.Subscription more;
        boolean late;
        lock.lock();
        try {
            subscription = newSubscription;
            late = aborted;
            more = wantsMore();
        } finally {
            lock.unlock();
        }
        if (late) {
            newSubscription.cancel();
        }
        request(more);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        Flow.Subscription more;
        boolean tooLong = false;
        lock.lock();
        try {
            requested = false;
            for (ByteBuffer buffer : buffers) {
                accept(buffer);
            }
            changed.signalAll();
            tooLong = released && tailBytes > TAIL_BYTES;
            more = wantsMore();
        } finally {
            lock.unlock();
        }
        if (tooLong) {
            abort();
        } else {
            request(more);
        }
    }

    private void accept(ByteBuffer buffer) {
        if (released) {
            tailBytes += buffer.remaining();
        } else if (!aborted && buffer.hasRemaining()) {
            pieces.add(buffer);
            waitingBytes += buffer.remaining();
        }
    }

    @Override
    public void onError(Throwable cause) {
        end(cause);
    }

    @Override
    public void onComplete() {
        end(null);
    }

    private void end(@Nullable Throwable cause) {
        lock.lock();
        try {
            if (complete || failure != null) {
                return;
            }
            complete = cause == null;
            failure = cause;
            changed.signalAll();
            if (tailAlarm != null) {
                tailAlarm.cancel(false);
            }
        } finally {
            lock.unlock();
        }
    }

    /** To be called with the lock held; the request itself is made without it, because it may run the client's code. */
    private Flow.@Nullable Subscription wantsMore() {
        if (requested || complete || aborted || failure != null || waitingBytes >= ENOUGH) {
            return null;
        }
        requested = subscription != null;
        return subscription;
    }

    private static void request(Flow.@Nullable Subscription more) {
        if (more != null) {
            more.request(1);
        }
    }
}
