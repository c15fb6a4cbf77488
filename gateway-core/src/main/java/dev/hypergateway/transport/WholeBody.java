package dev.hypergateway.transport;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A body that is kept whole, up to a limit. The HTTP client calls it from one thread at a time. */
final class WholeBody implements BodySubscriber<byte[]> {
    private final BodySubscriber<byte[]> kept = BodySubscribers.ofByteArray();
    private final int limit;
    private long received;
    private volatile boolean tooLarge;
    private Flow.@Nullable Subscription subscription;

    /** @param limit most bytes to keep */
    WholeBody(int limit) {
        this.limit = limit;
    }

    /** Whether the body was refused because it is over the limit. */
    boolean isTooLarge() {
        return tooLarge;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return kept.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        kept.onSubscribe(newSubscription);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (tooLarge) {
            return;
        }
        for (ByteBuffer buffer : buffers) {
            received += buffer.remaining();
        }
        if (received <= limit) {
            kept.onNext(buffers);
            return;
        }
        tooLarge = true;
        if (subscription != null) {
            subscription.cancel();
        }
        kept.onError(new IOException("body over " + limit + " bytes"));
    }

    @Override
    public void onError(Throwable cause) {
        kept.onError(cause);
    }

    @Override
    public void onComplete() {
        kept.onComplete();
    }
}
