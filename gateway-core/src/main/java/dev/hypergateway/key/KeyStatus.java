package dev.hypergateway.key;

import java.util.List;
import java.util.Objects;

/**
 * A key and what stands against using it. Immutable.
 *
 * @param key the key
 * @param health why it is put aside; empty when it is available for all models
 */
public record KeyStatus(ProviderKey key, List<KeyHealth> health) {
    public KeyStatus {
        Objects.requireNonNull(key, "key");
        health = List.copyOf(health);
    }
}
