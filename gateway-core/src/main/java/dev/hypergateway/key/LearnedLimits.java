package dev.hypergateway.key;

import dev.hypergateway.provider.RateLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the vendor's last answer said about its limits for a key and a model. Kept in memory only. Immutable. A key with nothing
 * left is spared for a short time: other keys go first, but it is used when there is no other, because a header is no refusal.
 *
 * @param model the vendor's name of the model
 * @param limits what the answer said
 * @param seenAt when it came
 * @param sparedUntil until when other keys go first; null when something is left
 */
public record LearnedLimits(
        String model,
        RateLimits limits,
        Instant seenAt,
        @Nullable Instant sparedUntil) {
    private static final Duration LONGEST = Duration.ofMinutes(1);
    /** xAI says what is left but not when there is more; its limits are counted by the minute. */
    private static final Duration WITHOUT_RESET = Duration.ofSeconds(15);

    public LearnedLimits {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(seenAt, "seenAt");
    }

    static LearnedLimits of(String model, RateLimits limits, Instant now) {
        if (!limits.spent()) {
            return new LearnedLimits(model, limits, now, null);
        }
        Duration pause = limits.untilReset().orElse(WITHOUT_RESET);
        return new LearnedLimits(model, limits, now, now.plus(pause.compareTo(LONGEST) < 0 ? pause : LONGEST));
    }

    /** Whether other keys go first. */
    boolean spared(Instant now) {
        return sparedUntil != null && sparedUntil.isAfter(now);
    }
}
