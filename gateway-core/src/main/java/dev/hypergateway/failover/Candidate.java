package dev.hypergateway.failover;

import dev.hypergateway.key.KeyCandidate;
import dev.hypergateway.key.KeyRing;
import dev.hypergateway.key.KeyUnreadableException;
import dev.hypergateway.key.ProviderKey;
import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.RateLimits;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.trace.KeySource;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A key that an attempt may use, and where to report what became of it. */
final class Candidate {
    private final KeySource source;
    private final @Nullable Secret callerKey;
    private final @Nullable KeyCandidate lease;
    private final @Nullable KeyRing ring;

    private Candidate(
            KeySource source, @Nullable Secret callerKey, @Nullable KeyCandidate lease, @Nullable KeyRing ring) {
        this.source = source;
        this.callerKey = callerKey;
        this.lease = lease;
        this.ring = ring;
    }

    static Candidate ofCaller(Secret key) {
        return new Candidate(KeySource.CALLER, key, null, null);
    }

    static Candidate ofRing(KeySource source, KeyCandidate lease, KeyRing ring) {
        return new Candidate(source, null, lease, ring);
    }

    KeySource source() {
        return source;
    }

    /** Id of the stored key; null for others. */
    @Nullable
    String keyId() {
        return source == KeySource.STORED && lease != null ? lease.key().id() : null;
    }

    String name() {
        return switch (source) {
            case CALLER -> "caller's key";
            case STORED -> lease().key().displayName();
            case ENVIRONMENT -> lease().key().displayName();
        };
    }

    /** The stored key's place in its ring. */
    KeyCandidate lease() {
        return Objects.requireNonNull(lease, "a caller's key has no place in a ring");
    }

    /**
     * Opens the key for one attempt.
     *
     * @throws KeyUnreadableException when it cannot be decrypted
     */
    Credential open() {
        if (callerKey != null) {
            return new Credential(source, null, name(), 0, callerKey, Map.of());
        }
        ProviderKey key = lease().key();
        return new Credential(source, keyId(), name(), key.version(), key.secret(), key.attributes());
    }

    void served(String model) {
        if (ring != null) {
            ring.served(lease(), model);
        }
    }

    void failed(String model, Failure failure) {
        if (ring != null) {
            ring.failed(lease(), model, failure);
        }
    }

    /** The vendor has said how much of its limits is left. */
    void learned(String model, RateLimits limits) {
        if (ring != null) {
            ring.learned(lease(), model, limits);
        }
    }

    /** The answer is complete, or given up. */
    void ended(long tokens) {
        if (ring != null) {
            ring.ended(lease(), tokens);
        }
    }

    void released() {
        if (ring != null) {
            ring.released(lease());
        }
    }
}
