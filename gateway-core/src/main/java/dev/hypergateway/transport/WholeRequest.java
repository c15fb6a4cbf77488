package dev.hypergateway.transport;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.ReentrantLock;

/** A request body that is sent from the array it stands in; the JDK's own publisher copies it first. Immutable. */
final class WholeRequest implements BodyPublisher {
    private static final int PIECE = 16 * 1024;

    private final byte[] body;

    /** @param body at least one byte; must not change */
    WholeRequest(byte[] body) {
        this.body = body;
    }

    @Override
    public long contentLength() {
        return body.length;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        subscriber.onSubscribe(new Pieces(Objects.requireNonNull(subscriber, "subscriber")));
    }

    /** Thread-safe; the client may ask for more while it gets a piece. */
    private final class Pieces implements Flow.Subscription {
        private final ReentrantLock lock = new ReentrantLock();
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private int sent;
        private long wanted;
        private boolean sending;
        private boolean ended;

        Pieces(Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long count) {
            lock.lock();
            try {
                if (!ended && count <= 0) {
                    ended = true;
                    subscriber.onError(new IllegalArgumentException("asked for " + count + " pieces"));
                }
                wanted = wanted + count < 0 ? Long.MAX_VALUE : wanted + count;
                if (!ended && !sending) {
                    send();
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void cancel() {
            lock.lock();
            try {
                ended = true;
            } finally {
                lock.unlock();
            }
        }

        private void send() {
            sending = true;
            while (wanted > 0 && !ended) {
                wanted--;
                int length = Math.min(PIECE, body.length - sent);
                ByteBuffer piece = ByteBuffer.wrap(body, sent, length).slice().asReadOnlyBuffer();
                sent += length;
                ended = sent == body.length;
                subscriber.onNext(piece);
            }
            sending = false;
            if (sent == body.length) {
                subscriber.onComplete();
            }
        }
    }
}
