package dev.hypergateway.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypergateway.transport.TransportException.Reason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttemptControlTest {
    private static final Timeouts TIMEOUTS = new Timeouts(
            Duration.ofSeconds(100), Duration.ofSeconds(200), Duration.ofSeconds(50), Duration.ofSeconds(1000));

    @Test
    void holds_the_headers_limit_before_the_headers() {
        Limit limit = control(TIMEOUTS, 5000).untilHeaders();
        assertThat(limit.reason()).isEqualTo(Reason.HEADERS_TIMEOUT);
        assertThat(limit.leftNanos())
                .isPositive()
                .isLessThanOrEqualTo(Duration.ofSeconds(100).toNanos());
    }

    @Test
    void holds_the_first_token_limit_until_content_is_marked_and_the_idle_limit_then() {
        AttemptControl control = control(TIMEOUTS, 5000);
        assertThat(control.untilNextPiece().reason()).isEqualTo(Reason.FIRST_TOKEN_TIMEOUT);
        assertThat(control.contentSeen()).isFalse();

        control.markContent();
        assertThat(control.contentSeen()).isTrue();
        assertThat(control.untilNextPiece().reason()).isEqualTo(Reason.IDLE_TIMEOUT);
        assertThat(control.untilNextPiece().leftNanos())
                .isEqualTo(Duration.ofSeconds(50).toNanos());
    }

    @Test
    void the_time_left_for_the_call_cuts_every_limit() {
        AttemptControl control = control(TIMEOUTS, 10);
        assertThat(control.untilHeaders().reason()).isEqualTo(Reason.TOTAL_TIMEOUT);
        assertThat(control.untilNextPiece().reason()).isEqualTo(Reason.TOTAL_TIMEOUT);
        control.markContent();
        assertThat(control.untilNextPiece().reason()).isEqualTo(Reason.TOTAL_TIMEOUT);
        assertThat(control.untilNextPiece().whole()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void nothing_is_left_after_the_end() {
        AttemptControl control = new AttemptControl(TIMEOUTS, Duration.ofSeconds(-1), new Cancellation());
        assertThat(control.untilHeaders().leftNanos()).isZero();
        assertThat(control.untilNextPiece().leftNanos()).isZero();
    }

    @Test
    void a_wait_before_the_request_counts_against_the_total_limit_only() throws Exception {
        AttemptControl control = new AttemptControl(
                TIMEOUTS.withHeaders(Duration.ofNanos(1)).withFirstToken(Duration.ofSeconds(200)),
                Duration.ofSeconds(5000),
                new Cancellation());
        assertThat(control.untilHeaders().leftNanos()).isZero();
        long firstTokenBefore = control.untilNextPiece().leftNanos();

        control.restartLimits();

        assertThat(control.untilNextPiece().leftNanos()).isGreaterThan(firstTokenBefore);
        assertThat(control.remaining()).isLessThan(Duration.ofSeconds(1000));
    }

    @Test
    void awaits_what_another_thread_completes_however_it_ends() {
        AttemptControl control = control(TIMEOUTS, 5000);
        control.await(CompletableFuture.completedFuture("done"), "a result");
        control.await(CompletableFuture.failedFuture(new IllegalStateException()), "a result");
    }

    @Test
    void ends_a_wait_when_the_call_is_cancelled_or_its_time_over_or_the_thread_interrupted() {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        assertThat(reasonOfWait(new AttemptControl(TIMEOUTS, Duration.ofSeconds(5), cancellation)))
                .isEqualTo(Reason.CANCELLED);
        assertThat(reasonOfWait(new AttemptControl(TIMEOUTS, Duration.ofMillis(1), new Cancellation())))
                .isEqualTo(Reason.TOTAL_TIMEOUT);
        Thread.currentThread().interrupt();
        assertThat(reasonOfWait(control(TIMEOUTS, 5000))).isEqualTo(Reason.CANCELLED);
        assertThat(Thread.interrupted()).isTrue();
    }

    private static Reason reasonOfWait(AttemptControl control) {
        return catchThrowableOfType(TransportException.class, () -> control.await(new CompletableFuture<>(), "nothing"))
                .reason();
    }

    @Test
    void refuses_limits_that_are_not_positive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TIMEOUTS.withIdle(Duration.ZERO))
                .withMessage("idle timeout must be positive, was PT0S");
        assertThatIllegalArgumentException().isThrownBy(() -> TIMEOUTS.withTotal(Duration.ofSeconds(-1)));
    }

    @ParameterizedTest
    @CsvSource({"PT60S, 60 s", "PT0.25S, 250 ms", "PT1.5S, 1500 ms", "PT2M, 120 s"})
    void limits_are_told_in_seconds_or_milliseconds(Duration limit, String text) {
        assertThat(new Limit(Reason.IDLE_TIMEOUT, limit, 0).exceededBy("https://a.example"))
                .hasMessage(
                        "https://a.example fell silent for " + text + " in the middle of its answer (idle timeout)");
    }

    private static AttemptControl control(Timeouts timeouts, long remainingSeconds) {
        return new AttemptControl(timeouts, Duration.ofSeconds(remainingSeconds), new Cancellation());
    }
}
