package dev.hypergateway.key;

import java.time.Duration;

/**
 * How long failing keys are put aside when the vendor does not say. Each wait doubles with every further failure in a row, plus
 * up to a fifth at random, so that nodes do not come back in step. Immutable.
 *
 * @param cooldown first wait after a rate limit
 * @param cooldownCap longest wait after a rate limit
 * @param exhausted first wait after a used-up quota
 * @param exhaustedCap longest wait after a used-up quota
 * @param rejected first wait before a rejected key is tried again by one live call
 * @param rejectedCap longest wait before that
 * @param blocked how long a key is not used for a model that it may not use
 */
public record HealthPolicy(
        Duration cooldown,
        Duration cooldownCap,
        Duration exhausted,
        Duration exhaustedCap,
        Duration rejected,
        Duration rejectedCap,
        Duration blocked) {

    /** Rate limit 60 s to 10 min, quota 1 h to 24 h, rejected 1 min to 1 h, blocked 10 min. */
    public static final HealthPolicy DEFAULTS = new HealthPolicy(
            Duration.ofSeconds(60),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofHours(24),
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            Duration.ofMinutes(10));
}
