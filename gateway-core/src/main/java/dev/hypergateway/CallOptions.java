package dev.hypergateway;

import dev.hypergateway.key.Owner;
import dev.hypergateway.provider.Secret;
import java.util.Map;
import java.util.Objects;

/**
 * On whose behalf a call is made. Immutable.
 *
 * @param owner whose stored keys may be used
 * @param callerKeys keys handed over with this call, by provider id; each is tried before any stored key and never stored
 */
public record CallOptions(Owner owner, Map<String, Secret> callerKeys) {
    /** The local owner and no keys of the caller's. */
    public static final CallOptions DEFAULT = new CallOptions(Owner.LOCAL, Map.of());

    public CallOptions {
        Objects.requireNonNull(owner, "owner");
        callerKeys = Map.copyOf(callerKeys);
    }

    /** Stored keys of this owner. */
    public static CallOptions of(Owner owner) {
        return new CallOptions(owner, Map.of());
    }
}
