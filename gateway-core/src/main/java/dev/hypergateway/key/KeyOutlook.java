package dev.hypergateway.key;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether a key could serve a model at this moment.
 *
 * @param key the key
 * @param obstacle what stands against it; null when nothing does
 * @param limits what the vendor's last answer for this model said of its limits; null when it said nothing
 */
public record KeyOutlook(
        ProviderKey key,
        @Nullable KeyHealth obstacle,
        @Nullable LearnedLimits limits) {
    public KeyOutlook {
        Objects.requireNonNull(key, "key");
    }
}
