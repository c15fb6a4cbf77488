package dev.hypergateway.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class StreamBodyTest {
    private final StreamBody body = new StreamBody();
    private final CountingSubscription subscription = new CountingSubscription();

    @Test
    void asks_for_one_list_of_buffers_at_a_time() throws Exception {
        body.onSubscribe(subscription);
        assertThat(subscription.requested).isEqualTo(1);
        deliver(10);
        assertThat(subscription.requested).isEqualTo(2);
        assertThat(body.take(1)).isNotNull();
        assertThat(subscription.requested).as("one request is still open").isEqualTo(2);
    }

    @Test
    void asks_for_nothing_more_while_the_reader_is_behind() throws Exception {
        body.onSubscribe(subscription);
        deliver(16_384);
        deliver(16_384);
        assertThat(subscription.requested).isEqualTo(2);

        assertThat(body.take(1)).isNotNull();
        assertThat(subscription.requested).isEqualTo(3);
    }

    @Test
    void hands_out_what_came_before_the_end_and_then_the_end() throws Exception {
        body.onSubscribe(subscription);
        deliver(3);
        body.onComplete();
        assertThat(body.take(1)).isNotNull();
        assertThat(body.take(1)).isNull();
        assertThat(body.take(1)).isNull();
    }

    @Test
    void hands_out_what_came_before_a_break_and_then_the_break() throws Exception {
        body.onSubscribe(subscription);
        deliver(3);
        body.onError(new IOException("reset"));
        body.onError(new IOException("again"));
        assertThat(body.take(1)).isNotNull();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> body.take(1))
                .withMessage("reset");
    }

    @Test
    void waits_no_longer_than_asked() {
        body.onSubscribe(subscription);
        assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> body.take(1));
    }

    @Test
    void an_abort_cancels_the_subscription_once_and_drops_what_has_come() {
        body.onSubscribe(subscription);
        deliver(3);
        body.abort();
        body.abort();
        assertThat(subscription.cancelled).isEqualTo(1);
        assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> body.take(1));
    }

    @Test
    void an_abort_before_the_subscription_cancels_it_when_it_comes() {
        body.abort();
        body.onSubscribe(subscription);
        assertThat(subscription.cancelled).isEqualTo(1);
        assertThat(subscription.requested).isZero();
    }

    @Test
    void an_abort_after_the_end_cancels_nothing() {
        body.onSubscribe(subscription);
        body.onComplete();
        body.abort();
        assertThat(subscription.cancelled).isZero();
    }

    @Test
    void a_released_body_that_ends_soon_is_not_cancelled() {
        body.onSubscribe(subscription);
        deliver(20);
        body.release();
        deliver(20);
        body.onComplete();
        body.abort();
        assertThat(subscription.cancelled).isZero();
        assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> body.take(1));
    }

    @Test
    void a_released_body_that_goes_on_is_cancelled() {
        body.onSubscribe(subscription);
        body.release();
        deliver(5_000);
        assertThat(subscription.cancelled).isZero();
        deliver(5_000);
        assertThat(subscription.cancelled).isEqualTo(1);
    }

    @Test
    void a_released_body_that_is_silent_is_cancelled() {
        body.onSubscribe(subscription);
        body.release();
        await().until(() -> subscription.cancelled == 1);
    }

    private void deliver(int bytes) {
        body.onNext(List.of(ByteBuffer.allocate(bytes)));
    }

    private static final class CountingSubscription implements Flow.Subscription {
        private volatile int requested;
        private volatile int cancelled;

        @Override
        public synchronized void request(long n) {
            requested += (int) n;
        }

        @Override
        public synchronized void cancel() {
            cancelled++;
        }
    }
}
