package dev.hypergateway.providers.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DailyQuotaTest {
    @ParameterizedTest
    @CsvSource({
        "2026-08-19T14:00:00Z, 2026-08-20T07:00:00Z",
        "2026-08-20T06:59:59Z, 2026-08-20T07:00:00Z",
        "2026-08-20T07:00:00Z, 2026-08-21T07:00:00Z",
        "2026-12-01T12:00:00Z, 2026-12-02T08:00:00Z"
    })
    void starts_anew_at_midnight_Pacific_time_in_summer_and_winter(Instant now, Instant reset) {
        assertThat(DailyQuota.resetAfter(now)).isEqualTo(reset);
    }
}
