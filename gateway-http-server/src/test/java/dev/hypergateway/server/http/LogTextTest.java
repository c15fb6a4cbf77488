package dev.hypergateway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogTextTest {
    @Test
    void is_one_short_line_of_ascii_without_keys() {
        assertThat(LogText.of("google/gemini-2.5-flash")).isEqualTo("google/gemini-2.5-flash");
        assertThat(LogText.of("a\r\nb\tc é")).isEqualTo("a__b_c__");
        assertThat(LogText.of("x".repeat(1000))).hasSize(120);
        assertThat(LogText.of("AIzaSyA0123456789abcdefghijklmnopqrstuv")).doesNotContain("SyA0");
    }
}
