package dev.hypergateway.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The tokens that were given out. Thread-safe. */
final class GigaChatTokens {
    private static final Duration LIFETIME = Duration.ofMinutes(30);

    private final Map<String, Issued> issued = new ConcurrentHashMap<>();
    private volatile Duration lifetime = LIFETIME;

    void lifetime(Duration value) {
        lifetime = value;
    }

    /** A token for this key, and when it will expire. */
    Map.Entry<String, Instant> issue(String key) {
        String token = "sandbox-token-" + UUID.randomUUID();
        Instant expiresAt = Instant.now().plus(lifetime);
        issued.put(token, new Issued(key, expiresAt));
        return Map.entry(token, expiresAt);
    }

    /** The key behind a token, also an expired one; null for a token that was never given out. */
    @Nullable
    String key(String token) {
        Issued known = issued.get(token);
        return known == null ? null : known.key;
    }

    boolean isExpired(String token) {
        Issued known = issued.get(token);
        return known != null && !Instant.now().isBefore(known.expiresAt);
    }

    void expire() {
        issued.replaceAll((token, known) -> new Issued(known.key, Instant.EPOCH));
    }

    void reset() {
        issued.clear();
        lifetime = LIFETIME;
    }

    private record Issued(String key, Instant expiresAt) {}
}
