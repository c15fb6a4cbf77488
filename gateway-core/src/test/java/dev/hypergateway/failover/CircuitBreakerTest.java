package dev.hypergateway.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    private final VirtualTime time = new VirtualTime();
    private final CircuitBreaker breaker = new CircuitBreaker(time);

    @Test
    void opens_after_five_failures_in_a_row() {
        for (int i = 0; i < 4; i++) {
            breaker.failed();
        }
        breaker.succeeded();
        for (int i = 0; i < 4; i++) {
            breaker.failed();
        }
        assertThat(breaker.tryAcquire()).isTrue();
        breaker.failed();
        assertThat(breaker.isOpen()).isTrue();
        assertThat(breaker.tryAcquire()).isFalse();
    }

    @Test
    void lets_one_probe_through_when_its_time_is_over_and_closes_on_success() {
        open();
        time.advance(Duration.ofSeconds(5));
        assertThat(breaker.tryAcquire()).isTrue();
        assertThat(breaker.tryAcquire()).isFalse();
        breaker.succeeded();
        assertThat(breaker.tryAcquire()).isTrue();
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void stays_open_longer_after_each_failed_probe_but_never_longer_than_twenty_seconds() {
        open();
        for (int pause : new int[] {5, 10, 20, 20, 20}) {
            time.advance(Duration.ofSeconds(pause).minusMillis(1));
            assertThat(breaker.tryAcquire()).isFalse();
            time.advance(Duration.ofMillis(1));
            assertThat(breaker.tryAcquire()).isTrue();
            breaker.failed();
        }
    }

    @Test
    void a_stream_that_has_begun_lets_calls_through_and_opens_it_again_when_it_breaks_off() {
        open();
        time.advance(Duration.ofSeconds(5));
        assertThat(breaker.tryAcquire()).isTrue();
        breaker.answering();
        assertThat(breaker.tryAcquire()).isTrue();

        breaker.failed();
        assertThat(breaker.tryAcquire()).isFalse();
        time.advance(Duration.ofSeconds(9));
        assertThat(breaker.tryAcquire()).as("twice as long as before").isFalse();
        time.advance(Duration.ofSeconds(1));
        assertThat(breaker.tryAcquire()).isTrue();
    }

    @Test
    void a_stream_that_has_begun_takes_no_failure_back_but_its_end_does() {
        for (int i = 0; i < 4; i++) {
            breaker.answering();
            breaker.failed();
        }
        breaker.succeeded();
        breaker.failed();
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void a_probe_that_learns_nothing_leaves_room_for_the_next() {
        open();
        time.advance(Duration.ofSeconds(5));
        assertThat(breaker.tryAcquire()).isTrue();
        breaker.released();
        assertThat(breaker.tryAcquire()).isTrue();
    }

    private void open() {
        for (int i = 0; i < 5; i++) {
            breaker.failed();
        }
    }
}
