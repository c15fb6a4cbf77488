package dev.hypergateway.transport;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.ReentrantLock;

/** A request body that is sent from the arrays it stands in; the JDK's own publisher copies it first. Immutable. */
final class WholeRequest implements BodyPublisher {
    private static final int PIECE = 16 * 1024;

    private final List<byte[]> body;
    private final long length;

    private WholeRequest(List<byte[]> body, long length) {
        this.body = body;
        this.length = length;
    }

    /** @param body pieces that follow each other; their bytes must not change */
    static BodyPublisher publisher(List<byte[]> body) {
        List<byte[]> pieces = new ArrayList<>(body.size());
        long length = 0;
        for (byte[] piece : body) {
            if (piece.length > 0) {
                pieces.add(piece);
                length += piece.length;
            }
        }
        return length == 0 ? BodyPublishers.noBody() : new WholeRequest(pieces, length);
    }

    @Override
    public long contentLength() {
        return length;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        subscriber.onSubscribe(new Pieces(Objects.requireNonNull(subscriber, "subscriber")));
    }

    /** Thread-safe; the client may ask for more while it gets a piece. */
    private final class Pieces implements Flow.Subscription {
        private final ReentrantLock lock = new ReentrantLock();
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private int current;
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
                byte[] bytes = body.get(current);
                int count = Math.min(PIECE, bytes.length - sent);
                ByteBuffer piece = ByteBuffer.wrap(bytes, sent, count).slice().asReadOnlyBuffer();
                sent += count;
                if (sent == bytes.length) {
                    current++;
                    sent = 0;
                }
                ended = current == body.size();
                subscriber.onNext(piece);
            }
            sending = false;
            if (current == body.size()) {
                subscriber.onComplete();
            }
        }
    }
}
