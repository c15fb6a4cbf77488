package dev.hypergateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class WholeRequestTest {
    @Test
    void sends_its_pieces_one_after_the_other_and_none_that_is_empty() {
        Random random = new Random(3);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        List<byte[]> pieces = new ArrayList<>();
        for (int length : new int[] {1, 0, 16 * 1024, 40_000, 0, 7}) {
            byte[] piece = new byte[length];
            random.nextBytes(piece);
            pieces.add(piece);
            whole.writeBytes(piece);
        }

        BodyPublisher body = WholeRequest.publisher(pieces);
        OneByOne received = new OneByOne();
        body.subscribe(received);

        assertThat(body.contentLength()).isEqualTo(whole.size());
        assertThat(received.complete).isTrue();
        assertThat(received.bytes.toByteArray()).isEqualTo(whole.toByteArray());
        assertThat(received.sizes).allMatch(size -> size > 0 && size <= 16 * 1024);
    }

    @Test
    void nothing_to_send_is_no_body() {
        assertThat(WholeRequest.publisher(List.of()).contentLength()).isZero();
        assertThat(WholeRequest.publisher(List.of(new byte[0])).contentLength()).isZero();
    }

    /** Asks for one piece at a time, as the JDK's client does. */
    private static final class OneByOne implements Flow.Subscriber<ByteBuffer> {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final List<Integer> sizes = new ArrayList<>();
        private Flow.Subscription subscription = new Flow.Subscription() {
            @Override
            public void request(long count) {}

            @Override
            public void cancel() {}
        };
        private boolean complete;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            subscription.request(1);
        }

        @Override
        public void onNext(ByteBuffer piece) {
            sizes.add(piece.remaining());
            byte[] copy = new byte[piece.remaining()];
            piece.get(copy);
            bytes.writeBytes(copy);
            subscription.request(1);
        }

        @Override
        public void onError(Throwable failure) {
            throw new AssertionError(failure);
        }

        @Override
        public void onComplete() {
            complete = true;
        }
    }
}
