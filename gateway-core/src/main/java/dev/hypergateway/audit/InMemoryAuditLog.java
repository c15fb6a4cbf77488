package dev.hypergateway.audit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** An audit trail in memory that keeps the newest events and forgets the oldest. Thread-safe. */
public final class InMemoryAuditLog implements AuditLog {
    private static final int DEFAULT_CAPACITY = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<AuditEvent> events = new ArrayDeque<>();
    private final int capacity;

    /** A trail of the newest 10,000 events. */
    public InMemoryAuditLog() {
        this(DEFAULT_CAPACITY);
    }

    /**
     * @param capacity most events to keep, at least 1
     */
    public InMemoryAuditLog(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1, was " + capacity);
        }
        this.capacity = capacity;
    }

    @Override
    public void onEvent(AuditEvent event) {
        lock.lock();
        try {
            if (events.size() == capacity) {
                events.removeFirst();
            }
            events.addLast(event);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<AuditEvent> read(AuditQuery query) {
        List<AuditEvent> found = new ArrayList<>();
        lock.lock();
        try {
            Iterator<AuditEvent> newestFirst = events.descendingIterator();
            while (newestFirst.hasNext() && found.size() < query.limit()) {
                AuditEvent event = newestFirst.next();
                if (query.matches(event)) {
                    found.add(event);
                }
            }
        } finally {
            lock.unlock();
        }
        return found;
    }
}
