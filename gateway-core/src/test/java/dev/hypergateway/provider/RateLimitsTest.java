package dev.hypergateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.transport.UpstreamHeaders;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitsTest {
    @Test
    void reads_what_openai_sends() {
        RateLimits limits = read(Map.of(
                "X-Ratelimit-Limit-Requests", "500",
                "X-Ratelimit-Remaining-Requests", "499",
                "X-Ratelimit-Reset-Requests", "120ms",
                "X-Ratelimit-Limit-Tokens", "200000",
                "X-Ratelimit-Remaining-Tokens", "0",
                "X-Ratelimit-Reset-Tokens", "6m0s"));

        assertThat(limits.requests()).isEqualTo(new RateLimits.Allowance(500L, 499, Duration.ofMillis(120)));
        assertThat(limits.tokens()).isEqualTo(new RateLimits.Allowance(200_000L, 0, Duration.ofMinutes(6)));
        assertThat(limits.spent()).isTrue();
        assertThat(limits.untilReset()).contains(Duration.ofMinutes(6));
    }

    @Test
    void reads_what_xai_sends_with_the_largest_unsigned_number_for_no_limit() {
        RateLimits limits = read(Map.of(
                "X-Ratelimit-Limit-Requests", "180",
                "X-Ratelimit-Remaining-Requests", "0",
                "X-Ratelimit-Limit-Tokens", "18446744073709551615",
                "X-Ratelimit-Remaining-Tokens", "18446744073709551615"));

        assertThat(limits.requests()).isEqualTo(new RateLimits.Allowance(180L, 0, null));
        assertThat(limits.tokens()).isNull();
        assertThat(limits.untilReset()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0s, 0",
        "20ms, 20",
        "8.64s, 8640",
        "1m30.951s, 90951",
        "1h2m3s, 3723000",
        "59, 59000",
        "0.5, 500",
        "1.2µs, 1"
    })
    void reads_durations(String text, long millis) {
        RateLimits limits = read(Map.of("x-ratelimit-remaining-requests", "0", "x-ratelimit-reset-requests", text));
        assertThat(limits.untilReset()).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "soon", "-1s", "1x", "1s!", "s", "25h", "1764000000", "1e3", "NaN", "999999999d"})
    void a_reset_that_makes_no_sense_is_not_there(String text) {
        RateLimits limits = read(Map.of("x-ratelimit-remaining-requests", "0", "x-ratelimit-reset-requests", text));
        assertThat(limits.untilReset()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "0.0", "none", "0x0", "00000000000000000000000000000"})
    void a_count_that_makes_no_sense_is_not_there(String text) {
        assertThat(RateLimits.of(headers(Map.of("x-ratelimit-remaining-requests", text))))
                .isEmpty();
    }

    @Test
    void a_limit_of_nothing_and_more_left_than_there_is_say_nothing() {
        assertThat(RateLimits.of(
                        headers(Map.of("x-ratelimit-limit-requests", "0", "x-ratelimit-remaining-requests", "0"))))
                .isEmpty();
        assertThat(RateLimits.of(
                        headers(Map.of("x-ratelimit-limit-requests", "5", "x-ratelimit-remaining-requests", "6"))))
                .isEmpty();
        assertThat(RateLimits.of(UpstreamHeaders.NONE)).isEmpty();
    }

    @Test
    void survives_any_text() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String alphabet = "0123456789.smhdµ -+eExX";
        for (int round = 0; round < 20_000; round++) {
            Map<String, String> fields = new HashMap<>();
            for (String what : List.of("limit", "remaining", "reset")) {
                StringBuilder text = new StringBuilder();
                for (int i = random.nextInt(12); i > 0; i--) {
                    text.append(alphabet.charAt(random.nextInt(alphabet.length())));
                }
                fields.put("x-ratelimit-" + what + "-tokens", text.toString());
            }
            RateLimits.of(headers(fields))
                    .flatMap(RateLimits::untilReset)
                    .ifPresent(reset -> assertThat(reset)
                            .as("%s, seed %d", fields, seed)
                            .isBetween(Duration.ZERO, Duration.ofDays(1)));
        }
    }

    private static RateLimits read(Map<String, String> fields) {
        return RateLimits.of(headers(fields)).orElseThrow();
    }

    private static UpstreamHeaders headers(Map<String, String> fields) {
        Map<String, List<String>> all = new HashMap<>();
        fields.forEach((name, value) -> all.put(name, List.of(value)));
        return UpstreamHeaders.of(all);
    }
}
