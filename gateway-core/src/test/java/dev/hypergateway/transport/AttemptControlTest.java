package dev.hypergateway.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hypergateway.transport.TransportException.Reason;
import java.time.Duration;
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
