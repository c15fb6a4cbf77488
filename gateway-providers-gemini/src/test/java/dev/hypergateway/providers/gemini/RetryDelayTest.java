package dev.hypergateway.providers.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryDelayTest {
    @ParameterizedTest
    @CsvSource({"48s, PT48S", "34.4s, PT34.4S", "48.939935699s, PT48.94S", "0s, PT0S", "0.000000001s, PT0.001S"})
    void reads_protobuf_durations(String text, Duration expected) {
        assertThat(RetryDelay.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-1s", "1m", "48", "99999999999999s", "1.s"})
    void takes_nothing_else_for_a_duration(String text) {
        assertThat(RetryDelay.parse(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "Please retry in 48.939935699s., PT48.94S",
        "Please retry in 7h12m3.5s., PT7H12M3.5S",
        "Please retry in 5m., PT5M",
        "Please retry in 512.3ms., PT0.5123S"
    })
    void finds_the_delay_in_a_message(String message, Duration expected) {
        assertThat(RetryDelay.inMessage("Quota exceeded.\n" + message)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Please retry in a while.", "Please try again later.", "Please retry in"})
    void finds_nothing_where_nothing_is_said(String message) {
        assertThat(RetryDelay.inMessage(message)).isNull();
    }
}
