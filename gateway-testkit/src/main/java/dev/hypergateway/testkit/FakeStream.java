package dev.hypergateway.testkit;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.ProviderStream;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.Cancellation;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Plays a {@link FakeReply}. */
final class FakeStream implements ProviderStream {
    private final Iterator<ChatEvent> events;
    private final @Nullable Failure failure;
    private final @Nullable Duration silence;
    private final AttemptControl control;
    private final CountDownLatch closed = new CountDownLatch(1);

    FakeStream(List<ChatEvent> events, FakeReply reply, AttemptControl control) {
        this.events = events.iterator();
        this.failure = reply.failure();
        this.silence = reply.silence();
        this.control = control;
    }

    /** Throws where the vendor would refuse the request instead of starting a stream. */
    void failAtOnce() {
        if (!events.hasNext() && failure != null) {
            throw new ProviderException(failure);
        }
    }

    @Override
    public @Nullable ChatEvent next() {
        if (control.cancellation().isCancelled() || closed.getCount() == 0) {
            throw cancelled();
        }
        if (events.hasNext()) {
            ChatEvent event = events.next();
            if (event.isContent()) {
                control.markContent();
            }
            return event;
        }
        if (failure != null) {
            throw new ProviderException(failure);
        }
        if (silence != null) {
            throw waitForCancel(silence);
        }
        return null;
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private ProviderException waitForCancel(Duration atMost) {
        Cancellation.Registration registration = control.cancellation().onCancel(closed::countDown);
        try {
            if (closed.await(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                return cancelled();
            }
            FailureKind kind = control.contentSeen() ? FailureKind.INTERRUPTED : FailureKind.TIMEOUT;
            return new ProviderException(Failure.builder(kind, "the fake vendor stayed silent")
                    .silent(kind == FailureKind.TIMEOUT)
                    .build());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return cancelled();
        } finally {
            registration.close();
        }
    }

    private static ProviderException cancelled() {
        return new ProviderException(Failure.of(FailureKind.CANCELLED, "the call was cancelled"));
    }
}
