package dev.hypergateway.provider;

import dev.hypergateway.trace.KeySource;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A key as a provider gets it for one attempt. Immutable; {@code toString()} does not show the secret.
 *
 * @param source where it came from
 * @param keyId id of the stored key; null for keys that are not stored
 * @param name display name
 * @param version changes whenever the secret behind the id changes, so that what was derived from it can be dropped
 * @param secret the key itself
 * @param attributes settings of this key that its vendor needs, for example {@code scope} for GigaChat
 */
public record Credential(
        KeySource source,
        @Nullable String keyId,
        String name,
        long version,
        Secret secret,
        Map<String, String> attributes) {
    public Credential {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(secret, "secret");
        attributes = Map.copyOf(attributes);
    }
}
