package dev.hypergateway.keystore.jdbc;

import dev.hypergateway.audit.AuditEvent;
import dev.hypergateway.audit.AuditLog;
import dev.hypergateway.audit.AuditQuery;
import dev.hypergateway.key.KeyStoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

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

    /** A running node writes a change to the store and to the trail within less. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private final JdbcDatabase database;
    private final AuditWriter writer;
    private final Duration settled;
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * @param database where the trail is; it is not closed together with the log
     */
    public JdbcAuditLog(JdbcDatabase database) {
        this(database, CAPACITY, CLOSE_WAIT, SETTLED);
    }

    JdbcAuditLog(JdbcDatabase database, int capacity, Duration closeWait) {
        this(database, capacity, closeWait, SETTLED);
    }

    /** @param settled how long a difference between trail and store has to last to be a missed selection */
    JdbcAuditLog(JdbcDatabase database, int capacity, Duration closeWait, Duration settled) {
        this.settled = settled;
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

    /**
     * Completes the trail after a process was killed between the change of a selected key and the rows about it: adds rows for the
     * keys that are selected without the trail saying so, and for those that it wrongly says are. Call it when a server starts.
     * Takes two seconds when there is something to add, as it leaves differences alone that a running node is about to end.
     *
     * @return how many rows were added
     * @throws KeyStoreException when the database is out of reach
     */
    public int catchUp() {
        Set<MissedSelections.Missed> missed = database.inTransaction(
                "compare the audit log with the selected keys", handle -> new MissedSelections(handle).find());
        if (missed.isEmpty() || closesWithin(settled)) {
            return 0;
        }
        return database.inDurableTransaction("complete the audit log", handle -> {
            AuditTable table = new AuditTable(handle);
            AuditTable.Tail tail = table.lockTail();
            MissedSelections selections = new MissedSelections(handle);
            Set<MissedSelections.Missed> lasting = new LinkedHashSet<>(selections.find());
            lasting.retainAll(missed);
            List<AuditEvent> story = selections.story(lasting, Instant.now());
            if (!story.isEmpty()) {
                table.append(tail, story);
            }
            return story.size();
        });
    }

    private boolean closesWithin(Duration time) {
        try {
            return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** How many events this log had to drop because the database was away for too long. */
    public long dropped() {
        return writer.dropped();
    }

    /** Writes what waits, for at most five seconds. Later events are dropped. */
    @Override
    public void close() {
        closed.countDown();
        writer.close();
    }
}
