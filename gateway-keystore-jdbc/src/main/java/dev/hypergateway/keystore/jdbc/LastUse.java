package dev.hypergateway.keystore.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gathers when gateway keys were used and writes it from time to time, so that a call costs no statement. Thread-safe. */
final class LastUse implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LastUse.class);

    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private final JdbcDatabase database;
    private final Map<String, Instant> pending = new ConcurrentHashMap<>();
    private final ReentrantLock writing = new ReentrantLock();
    private final ScheduledExecutorService timer;

    @SuppressWarnings("FutureReturnValueIgnored") // The task handles its own failures.
    LastUse(JdbcDatabase database) {
        this.database = database;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "hyper-last-use");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(
                this::writeQuietly, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    void record(String keyId, Instant at) {
        pending.merge(keyId, at, LastUse::later);
    }

    /** Writes what was gathered; keeps it for the next time when the database is away. */
    void write() {
        writing.lock();
        try {
            Map<String, Instant> taken = new HashMap<>(pending);
            if (taken.isEmpty()) {
                return;
            }
            database.inTransaction("save when gateway keys were used", handle -> {
                PreparedBatch batch = handle.prepareBatch("UPDATE gateway_keys SET last_used_at = :at"
                        + " WHERE id = :id AND (last_used_at IS NULL OR last_used_at < :at)");
                // In one order everywhere, so that two nodes do not wait for each other.
                taken.keySet().stream()
                        .sorted()
                        .forEach(id -> batch.bind("id", id)
                                .bind("at", Timestamps.argument(taken.get(id)))
                                .add());
                batch.execute();
                return null;
            });
            taken.forEach(pending::remove);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        writeQuietly();
    }

    private void writeQuietly() {
        try {
            write();
        } catch (RuntimeException e) {
            log.warn("Could not save when gateway keys were used, the next attempt will: {}", e.getMessage());
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
