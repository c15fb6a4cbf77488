package dev.hypergateway.keystore.jdbc;

import dev.hypergateway.audit.AuditEvent;
import dev.hypergateway.key.KeyStoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes audit events without delay and appends them to the chain on one thread of its own, in the order in which they came. While
 * the database is away events wait; when too many wait, further ones are counted and dropped. Thread-safe.
 */
final class AuditWriter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AuditWriter.class);

    private static final int BATCH = 500;
    private static final Duration LINGER = Duration.ofMillis(200);
    private static final Duration FLUSH_WAIT = Duration.ofSeconds(5);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final JdbcDatabase database;
    private final Duration closeWait;
    private final BlockingQueue<Item> queue;
    private final AtomicLong dropped = new AtomicLong();
    private final Thread thread;
    private volatile boolean closing;

    /**
     * @param capacity how many events may wait
     * @param closeWait how long {@link #close} tries to write what waits
     */
    AuditWriter(JdbcDatabase database, int capacity, Duration closeWait) {
        this.database = database;
        this.closeWait = closeWait;
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.thread = new Thread(this::run, "hyper-audit-writer");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Takes an event, or drops it when the queue is full or the writer closed. Never blocks, never throws. */
    void accept(AuditEvent event) {
        if (closing || !queue.offer(new Item(event, null))) {
            drop(closing ? "the audit log is closed" : "the queue is full because the database is away or too slow");
        }
    }

    /** How many events were dropped. */
    long dropped() {
        return dropped.get();
    }

    /**
     * Waits until the events that were accepted before are written.
     *
     * @throws KeyStoreException when that does not happen in time
     */
    void flush() {
        if (closing) {
            return;
        }
        CompletableFuture<Void> written = new CompletableFuture<>();
        try {
            if (!queue.offer(new Item(null, written), FLUSH_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw behind(null);
            }
            written.get(FLUSH_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw behind(e.getCause());
        } catch (TimeoutException e) {
            throw behind(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KeyStoreException("interrupted while waiting for audit events to be written; read again", e);
        }
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join(closeWait.toMillis());
            if (thread.isAlive()) {
                thread.interrupt();
                thread.join(SHORTEST_PAUSE.toMillis());
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
        if (!queue.isEmpty()) {
            log.error("Closed the audit log with {} more events unwritten", queue.size());
        }
    }

    private void run() {
        List<Item> batch = new ArrayList<>(BATCH);
        try {
            while (!closing || !queue.isEmpty()) {
                if (gather(batch)) {
                    write(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException e) {
            log.error("Closed the audit log with {} events unwritten: the database is away or too slow", batch.size());
        }
    }

    /** Fills the batch until it is large or old enough or somebody waits for it; false when there is nothing to do. */
    private boolean gather(List<Item> batch) throws InterruptedException {
        Item first = queue.poll(LINGER.toMillis(), TimeUnit.MILLISECONDS);
        if (first == null) {
            return false;
        }
        batch.add(first);
        long end = System.nanoTime() + LINGER.toNanos();
        while (batch.size() < BATCH && batch.get(batch.size() - 1).written() == null && !closing) {
            Item next = queue.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                break;
            }
            batch.add(next);
        }
        return true;
    }

    private void write(List<Item> batch) throws InterruptedException {
        List<AuditEvent> events = new ArrayList<>();
        for (Item item : batch) {
            if (item.event() != null) {
                events.add(item.event());
            }
        }
        write(events, failure -> batch.forEach(item -> item.failed(failure)));
        batch.forEach(Item::done);
    }

    /** Tries until the events are written or refused. */
    private void write(List<AuditEvent> events, Consumer<KeyStoreException> onDelay) throws InterruptedException {
        Duration pause = SHORTEST_PAUSE;
        for (boolean again = false; ; again = true) {
            try {
                append(events, again);
                return;
            } catch (KeyStoreException e) {
                if (SqlStates.isRefusal(e)) {
                    writeSingly(events, e, onDelay);
                    return;
                }
                onDelay.accept(e);
                log.warn("Audit events wait ({} in the queue): {}", queue.size(), e.getMessage());
                Thread.sleep(pause.toMillis());
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        }
    }

    /** One event that the database refuses must not take the others with it. */
    private void writeSingly(List<AuditEvent> events, KeyStoreException refusal, Consumer<KeyStoreException> onDelay)
            throws InterruptedException {
        if (events.size() == 1) {
            drop(String.valueOf(refusal.getMessage()));
            return;
        }
        for (AuditEvent event : events) {
            write(List.of(event), onDelay);
        }
    }

    private void drop(String reason) {
        long count = dropped.incrementAndGet();
        // The first one at once, then each doubling: a long outage must not flood the log.
        if (Long.bitCount(count) == 1) {
            log.error("Dropped {} audit events so far: {}", count, reason);
        }
    }

    /**
     * @param again whether an earlier attempt may have been committed although it failed
     */
    private void append(List<AuditEvent> events, boolean again) {
        if (events.isEmpty()) {
            return;
        }
        // Durable, as a batch comes five times a second at most, and with it the changes of keys that it tells of get
        // to the disk.
        database.inDurableTransaction("write the audit log", handle -> {
            AuditTable table = new AuditTable(handle);
            AuditTable.Tail tail = table.lockTail();
            List<AuditEvent> missing = again ? table.missing(events) : events;
            if (!missing.isEmpty()) {
                table.append(tail, missing);
            }
            return null;
        });
    }

    private static KeyStoreException behind(@Nullable Throwable cause) {
        return new KeyStoreException(
                "the audit log cannot be read at the moment: its last events are not written yet; check that the database"
                        + " runs, then read again",
                cause);
    }

    /** An event, or somebody who waits for those before. Exactly one is not null. */
    private record Item(
            @Nullable AuditEvent event, @Nullable CompletableFuture<Void> written) {
        void done() {
            if (written != null) {
                written.complete(null);
            }
        }

        void failed(KeyStoreException reason) {
            if (written != null) {
                written.completeExceptionally(reason);
            }
        }
    }
}
