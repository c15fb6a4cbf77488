package dev.hypergateway.key;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why a key is put aside and until when. Immutable. A key without such a record is available.
 *
 * @param keyId id of the stored key
 * @param model the vendor's model name that it concerns; null for the whole key
 * @param state what is the matter
 * @param until when the key may be tried again
 * @param strikes how many failures in a row led here, at least 1; waits grow with it
 * @param reason the vendor's reason, shortened and without secrets
 * @param since when it was first put aside
 */
public record KeyHealth(
        String keyId, @Nullable String model, State state, Instant until, int strikes, String reason, Instant since) {
    public KeyHealth {
        Objects.requireNonNull(keyId, "keyId");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(until, "until");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(since, "since");
        if (strikes < 1) {
            throw new IllegalArgumentException("strikes must be at least 1, was " + strikes);
        }
    }

    /** What is the matter with a key. */
    public enum State {
        /** Rate limited for a short time. */
        COOLING,
        /** Quota or credit used up. */
        EXHAUSTED,
        /** Not accepted by the vendor; tried again by single live calls after growing delays. */
        REJECTED,
        /** May not use this model. */
        BLOCKED
    }
}
