package dev.hypergateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.TransportException;
import dev.hypergateway.transport.UpstreamHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Retry-After | 2 | 2000",
                "retry-after | 0.25 | 250",
                "Retry-After | Mon, 23 Nov 2026 12:00:30 GMT | 30000",
                "Retry-After | Mon, 23 Nov 2026 11:00:00 GMT | 0",
                "retry-after-ms | 1500 | 1500",
                "Retry-After | 99999999 | 2678400000"
            })
    void retry_after_is_seconds_milliseconds_or_a_date(String header, String value, long millis) {
        assertThat(Failures.retryAfter(UpstreamHeaders.of(Map.of(header, List.of(value))), NOW))
                .contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "NaN", "", "1e400"})
    void a_retry_after_that_makes_no_sense_is_none(String value) {
        assertThat(Failures.retryAfter(UpstreamHeaders.of(Map.of("Retry-After", List.of(value))), NOW))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECT, UNAVAILABLE, UNAVAILABLE, false",
        "TLS, UNAVAILABLE, UNAVAILABLE, false",
        "BROKEN, UNAVAILABLE, INTERRUPTED, false",
        "TOO_LARGE, UNAVAILABLE, INTERRUPTED, false",
        "HEADERS_TIMEOUT, TIMEOUT, TIMEOUT, true",
        "FIRST_TOKEN_TIMEOUT, TIMEOUT, TIMEOUT, true",
        "TOTAL_TIMEOUT, TIMEOUT, INTERRUPTED, true",
        "IDLE_TIMEOUT, TIMEOUT, INTERRUPTED, true",
        "CANCELLED, CANCELLED, CANCELLED, false"
    })
    void a_broken_exchange_means_an_outage_before_content_and_an_interruption_after_it(
            TransportException.Reason reason, FailureKind before, FailureKind after, boolean silentBefore) {
        AttemptControl control = AttemptControl.withDefaults();
        TransportException exception = new TransportException(reason, "why", null);

        assertThat(Failures.of(exception, control).kind()).isEqualTo(before);
        assertThat(Failures.of(exception, control).silent()).isEqualTo(silentBefore);
        control.markContent();
        assertThat(Failures.of(exception, control).kind()).isEqualTo(after);
    }

    @Test
    void an_html_page_becomes_one_line_of_text() {
        byte[] page =
                "<html><head><title>502 Bad Gateway</title><script>var a = 1;</script></head>\n<body><h1>Oops</h1></body>"
                        .getBytes(StandardCharsets.UTF_8);
        assertThat(Failures.excerpt(page)).isEqualTo("502 Bad Gateway Oops");
    }

    @Test
    void a_failure_shortens_what_the_vendor_says() {
        assertThat(Failure.of(FailureKind.UNAVAILABLE, "x".repeat(10_000)).message())
                .hasSize(501);
    }
}
