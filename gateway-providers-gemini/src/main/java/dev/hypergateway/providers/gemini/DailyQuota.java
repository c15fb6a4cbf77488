package dev.hypergateway.providers.gemini;

import java.time.Instant;
import java.time.ZoneId;

/** When Google's daily quotas start anew: at midnight Pacific time ({@code ai.google.dev/gemini-api/docs/rate-limits}). */
final class DailyQuota {
    private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");

    private DailyQuota() {}

    /** The next reset after this moment. */
    static Instant resetAfter(Instant now) {
        return now.atZone(PACIFIC)
                .toLocalDate()
                .plusDays(1)
                .atStartOfDay(PACIFIC)
                .toInstant();
    }
}
