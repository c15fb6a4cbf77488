package dev.hypergateway.keystore.jdbc;

import dev.hypergateway.audit.AuditEvent;
import dev.hypergateway.audit.AuditLog;
import dev.hypergateway.audit.AuditQuery;
import dev.hypergateway.key.KeyStoreException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * An audit trail in a database. Rows are only ever added, each with a hash over itself and the row before, so that
 * {@link #verify()} finds a row that was changed or removed. Thread-safe; several logs in several processes may share one
 * database and extend one chain.
 *
 * <p>Events are written behind the call, by one thread in batches of at most 500 or 200 milliseconds, in the order in which they
 * came. A database that is away never delays or fails a call: up to 20,000 events wait for it, further ones are dropped, counted
 * and reported in the log of the program.
 */
public final class JdbcAuditLog implements AuditLog, AutoCloseable {
    private static final int CAPACITY = 20_000;
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private final JdbcDatabase database;
    private final AuditWriter writer;

    /**
     * @param database where the trail is; it is not closed together with the log
     */
    public JdbcAuditLog(JdbcDatabase database) {
        this(database, CAPACITY, CLOSE_WAIT);
    }

    JdbcAuditLog(JdbcDatabase database, int capacity, Duration closeWait) {
        this.database = Objects.requireNonNull(database, "database");
        this.writer = new AuditWriter(database, capacity, closeWait);
        writer.start();
    }

    @Override
    public void onEvent(AuditEvent event) {
        writer.accept(Objects.requireNonNull(event, "event"));
    }

    /**
     * The events that match, newest first. Waits until all events reported to this log before are written.
     *
     * @throws KeyStoreException when the database is out of reach
     */
    @Override
    public List<AuditEvent> read(AuditQuery query) {
        writer.flush();
        return database.inTransaction("read the audit log", handle -> new AuditTable(handle).read(query));
    }

    /**
     * Checks every row from the beginning. Takes time in proportion to the length of the trail.
     *
     * @throws KeyStoreException when the database is out of reach
     */
    public AuditVerification verify() {
        return new AuditChain(database).verify();
    }

    /** How many events this log had to drop because the database was away for too long. */
    public long dropped() {
        return writer.dropped();
    }

    /** Writes what waits, for at most five seconds. Later events are dropped. */
    @Override
    public void close() {
        writer.close();
    }
}
