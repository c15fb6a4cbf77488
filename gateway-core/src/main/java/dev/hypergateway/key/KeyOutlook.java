package dev.hypergateway.key;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether a key could serve a model at this moment.
 *
 * @param key the key
 * @param obstacle what stands against it; null when nothing does
 */
public record KeyOutlook(ProviderKey key, @Nullable KeyHealth obstacle) {
    public KeyOutlook {
        Objects.requireNonNull(key, "key");
    }
}
