package dev.hypergateway.server.cli;

import dev.hypergateway.key.KeyStoreException;
import dev.hypergateway.keystore.jdbc.GatewayKey;
import dev.hypergateway.keystore.jdbc.JdbcGatewayKeys;
import dev.hypergateway.server.Authenticator;
import dev.hypergateway.server.Caller;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows callers by the gateway keys in the database. A known key is answered from memory and looked up again after a second, by
 * one request at a time; while the database is away, keys that were known stay known. Thread-safe.
 */
final class StoredGatewayKeys implements Authenticator {
    private static final Logger log = LoggerFactory.getLogger(StoredGatewayKeys.class);

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST_KNOWN = 10_000;

    private final JdbcGatewayKeys keys;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    StoredGatewayKeys(JdbcGatewayKeys keys) {
        this.keys = keys;
    }

    @Override
    public Optional<Caller> authenticate(String token) {
        String hash = hash(token);
        Known remembered = known.get(hash);
        if (remembered != null && !remembered.isDue()) {
            return Optional.of(accept(remembered));
        }
        try {
            Optional<GatewayKey> found = keys.findByToken(token).filter(GatewayKey::active);
            if (found.isEmpty()) {
                known.remove(hash);
                return Optional.empty();
            }
            if (known.size() >= MOST_KNOWN) {
                known.clear();
            }
            Known fresh = new Known(found.get());
            known.put(hash, fresh);
            return Optional.of(accept(fresh));
        } catch (KeyStoreException e) {
            if (remembered == null) {
                throw e;
            }
            log.warn("The gateway keys cannot be looked up; those known from before are accepted meanwhile", e);
            return Optional.of(accept(remembered));
        }
    }

    private Caller accept(Known key) {
        keys.markUsed(key.id);
        return key.caller;
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A key that was found, and when. */
    private static final class Known {
        private final String id;
        private final Caller caller;
        private final AtomicLong checkedAt = new AtomicLong(System.nanoTime());

        Known(GatewayKey key) {
            this.id = key.id();
            this.caller = new Caller(key.owner());
        }

        /** Whether it should be looked up again; true for one asker a second. */
        boolean isDue() {
            long last = checkedAt.get();
            long now = System.nanoTime();
            return now - last > FRESH_NANOS && checkedAt.compareAndSet(last, now);
        }
    }
}
