package dev.hypergateway.keystore.jdbc;

import dev.hypergateway.provider.Secret;
import java.util.Objects;

/**
 * A fresh gateway key together with its token, which is not stored and cannot be shown again.
 *
 * @param key the key as it is stored
 * @param token what the client has to send
 */
public record CreatedGatewayKey(GatewayKey key, Secret token) {
    public CreatedGatewayKey {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(token, "token");
    }
}
