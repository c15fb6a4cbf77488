package dev.hypergateway.key;

import dev.hypergateway.provider.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** The step from a failure to the health record that it leaves behind. Without side effects. */
final class HealthRules {
    private static final double JITTER = 0.2;
    private static final int MOST_DOUBLINGS = 20;

    private final HealthPolicy policy;
    private final DoubleSupplier random;

    /**
     * @param random numbers from 0 to 1
     */
    HealthRules(HealthPolicy policy, DoubleSupplier random) {
        this.policy = Objects.requireNonNull(policy, "policy");
        this.random = Objects.requireNonNull(random, "random");
    }

    /** The state that a failure leads to; null when it says nothing against the key. */
    static KeyHealth.@Nullable State stateAfter(Failure failure) {
        return switch (failure.kind()) {
            case RATE_LIMITED -> KeyHealth.State.COOLING;
            case QUOTA_EXHAUSTED -> KeyHealth.State.EXHAUSTED;
            case CREDENTIAL_REJECTED, TOKEN_EXPIRED, KEY_UNREADABLE -> KeyHealth.State.REJECTED;
            case MODEL_UNAVAILABLE -> KeyHealth.State.BLOCKED;
            case INVALID_REQUEST, CONTEXT_TOO_LONG, CONTENT_REJECTED, UNAVAILABLE, TIMEOUT, INTERRUPTED, CANCELLED ->
                null;
        };
    }

    /**
     * The record after one more failure. Times to come back only ever grow.
     *
     * @param model the model that it concerns; null for the whole key
     * @param old the record of the same key and model so far
     */
    KeyHealth after(
            Failure failure,
            KeyHealth.State state,
            String keyId,
            @Nullable String model,
            @Nullable KeyHealth old,
            Instant now) {
        int strikes = old == null || old.state() != state ? 1 : old.strikes() + 1;
        Instant until = returnTime(failure, state, strikes, now);
        if (old != null && old.until().isAfter(until)) {
            until = old.until();
        }
        return new KeyHealth(keyId, model, state, until, strikes, failure.toString(), old == null ? now : old.since());
    }

    private Instant returnTime(Failure failure, KeyHealth.State state, int strikes, Instant now) {
        if (state == KeyHealth.State.COOLING || state == KeyHealth.State.EXHAUSTED) {
            if (failure.resetAt().isPresent()) {
                return failure.resetAt().get();
            }
            if (failure.retryAfter().isPresent()) {
                return now.plus(failure.retryAfter().get());
            }
        }
        return now.plus(
                switch (state) {
                    case COOLING -> doubled(policy.cooldown(), policy.cooldownCap(), strikes);
                    case EXHAUSTED -> doubled(policy.exhausted(), policy.exhaustedCap(), strikes);
                    case REJECTED -> doubled(policy.rejected(), policy.rejectedCap(), strikes);
                    case BLOCKED -> policy.blocked();
                });
    }

    private Duration doubled(Duration first, Duration cap, int strikes) {
        int doublings = Math.min(strikes - 1, MOST_DOUBLINGS);
        long millis = Math.min(cap.toMillis(), first.toMillis() << doublings);
        return Duration.ofMillis(millis + (long) (millis * JITTER * random.getAsDouble()));
    }
}
