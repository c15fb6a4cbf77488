package dev.hypergateway.key;

import java.util.List;
import java.util.Objects;

/**
 * A key, what stands against using it, and what its vendor says of its limits. Immutable.
 *
 * @param key the key
 * @param health why it is put aside; empty when it is available for all models
 * @param limits what the vendor's last answers to this process said, for each model; empty where vendors say nothing
 */
public record KeyStatus(ProviderKey key, List<KeyHealth> health, List<LearnedLimits> limits) {
    public KeyStatus {
        Objects.requireNonNull(key, "key");
        health = List.copyOf(health);
        limits = List.copyOf(limits);
    }
}
