package dev.hypergateway.keystore.jdbc;

import dev.hypergateway.key.Owner;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A token that clients send to the gateway, as it is stored: without the token itself. Immutable.
 *
 * @param id unique id
 * @param owner whose provider keys calls with it use
 * @param name the owner's name for it; null for none
 * @param prefix the first characters after {@code sk-}, to recognise it by; at most six
 * @param active whether it is accepted
 * @param createdAt when it was created or imported
 * @param lastUsedAt when it was last used, within about a minute; null for never
 */
public record GatewayKey(
        String id,
        Owner owner,
        @Nullable String name,
        String prefix,
        boolean active,
        Instant createdAt,
        @Nullable Instant lastUsedAt) {
    public GatewayKey {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(prefix, "prefix");
        Objects.requireNonNull(createdAt, "createdAt");
    }
}
