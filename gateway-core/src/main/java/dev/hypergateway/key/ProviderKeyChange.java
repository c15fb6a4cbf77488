package dev.hypergateway.key;

import dev.hypergateway.provider.Secret;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to change of a stored key; null leaves a field as it is. Selecting is not a change of this kind: see
 * {@link KeyStore#select}.
 *
 * @param name new name; an empty one removes the name
 * @param secret new secret; the key's version grows
 * @param account new account label; an empty one removes it
 * @param attributes new settings, replacing all old ones; the key's version grows
 */
public record ProviderKeyChange(
        @Nullable String name,
        @Nullable Secret secret,
        @Nullable String account,
        @Nullable Map<String, String> attributes) {
    public ProviderKeyChange {
        attributes = attributes == null ? null : Map.copyOf(attributes);
    }

    /** A new name and nothing else. */
    public static ProviderKeyChange rename(String name) {
        return new ProviderKeyChange(name, null, null, null);
    }
}
