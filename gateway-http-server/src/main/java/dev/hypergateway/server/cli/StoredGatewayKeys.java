package dev.hypergateway.server.cli;

import dev.hypergateway.key.KeyStoreException;
import dev.hypergateway.keystore.jdbc.GatewayKey;
import dev.hypergateway.keystore.jdbc.JdbcGatewayKeys;
import dev.hypergateway.server.Authenticator;
import dev.hypergateway.server.Caller;
import dev.hypergateway.transport.Threads;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows callers by the gateway keys in the database. A known key is answered from memory and looked up again after a second,
 * behind the requests; one that nobody has asked for in the last five seconds is looked up first, so that a key that was taken
 * away in the meantime is not accepted. While the database is away, keys that were known stay known. Thread-safe.
 */
final class StoredGatewayKeys implements Authenticator {
    private static final Logger log = LoggerFactory.getLogger(StoredGatewayKeys.class);

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long STALE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int MOST_KNOWN = 10_000;
    private static final int MOST_WAITING = 1000;

    private final JdbcGatewayKeys keys;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private final ThreadPoolExecutor background = new ThreadPoolExecutor(
            1, 1, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), Threads.daemons("hyper-gateway-keys"));

    StoredGatewayKeys(JdbcGatewayKeys keys) {
        this.keys = keys;
        background.allowCoreThreadTimeOut(true);
    }

    @Override
    public Optional<Caller> authenticate(String token) {
        String hash = hash(token);
        Known remembered = known.get(hash);
        if (remembered == null) {
            return lookUp(hash, token).map(this::accept);
        }
        long age = System.nanoTime() - remembered.askedAt;
        if (age < FRESH_NANOS || !remembered.asking.compareAndSet(false, true)) {
            return Optional.of(accept(remembered));
        }
        if (age >= STALE_NANOS) {
            return lookUpAgain(hash, token, remembered).map(this::accept);
        }
        try {
            background.execute(() -> lookUpAgain(hash, token, remembered));
        } catch (RejectedExecutionException e) {
            // One of the next requests will do it.
            remembered.asking.set(false);
        }
        return Optional.of(accept(remembered));
    }

    private Optional<Known> lookUpAgain(String hash, String token, Known remembered) {
        try {
            return lookUp(hash, token);
        } catch (KeyStoreException e) {
            log.warn("The gateway keys cannot be looked up; those known from before are accepted meanwhile", e);
            return Optional.of(remembered);
        } finally {
            remembered.askedAt = System.nanoTime();
            remembered.asking.set(false);
        }
    }

    private Optional<Known> lookUp(String hash, String token) {
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
        return Optional.of(fresh);
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

    /** A key that was found, and when the database was last asked for it. */
    private static final class Known {
        private final String id;
        private final Caller caller;
        private final AtomicBoolean asking = new AtomicBoolean();
        private volatile long askedAt = System.nanoTime();

        Known(GatewayKey key) {
            this.id = key.id();
            this.caller = new Caller(key.owner());
        }
    }
}
