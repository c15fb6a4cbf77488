package dev.hypergateway.key;

import dev.hypergateway.provider.Secret;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A key to be stored.
 *
 * @param provider provider id
 * @param secret the key itself
 * @param name the owner's name for it; null for none
 * @param account label shared by keys of one vendor account; null for none
 * @param attributes settings that the vendor needs with the key
 */
public record NewProviderKey(
        String provider,
        Secret secret,
        @Nullable String name,
        @Nullable String account,
        Map<String, String> attributes) {
    public NewProviderKey {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(secret, "secret");
        attributes = Map.copyOf(attributes);
    }

    public NewProviderKey(String provider, Secret secret, @Nullable String name) {
        this(provider, secret, name, null, Map.of());
    }
}
