package dev.hypergateway.testkit;

import dev.hypergateway.audit.AuditAction;
import dev.hypergateway.audit.AuditEvent;
import dev.hypergateway.audit.AuditListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Keeps all audit events in the order in which they came. Thread-safe. */
public final class RecordingAuditListener implements AuditListener {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final List<AuditEvent> events = new ArrayList<>();

    /** A listener that has heard nothing. */
    public RecordingAuditListener() {}

    @Override
    public void onEvent(AuditEvent event) {
        Objects.requireNonNull(event, "event");
        lock.lock();
        try {
            events.add(event);
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** All events so far. */
    public List<AuditEvent> events() {
        lock.lock();
        try {
            return List.copyOf(events);
        } finally {
            lock.unlock();
        }
    }

    /** The events of one kind so far. */
    public List<AuditEvent> events(AuditAction action) {
        return events().stream().filter(event -> event.action() == action).toList();
    }

    /** What was done so far, without the details. */
    public List<AuditAction> actions() {
        return events().stream().map(AuditEvent::action).toList();
    }

    /** The descriptions of all events so far. */
    public List<String> descriptions() {
        return events().stream().map(AuditEvent::description).toList();
    }

    /**
     * Waits for an event, one that has come already included.
     *
     * @return whether it came in time
     */
    public boolean await(Predicate<? super AuditEvent> wanted, Duration timeout) {
        return awaitAll(all -> all.stream().anyMatch(wanted), timeout);
    }

    /**
     * Waits until this many events have come in all.
     *
     * @return whether they came in time
     */
    public boolean awaitCount(int count, Duration timeout) {
        return awaitAll(all -> all.size() >= count, timeout);
    }

    /** Forgets all events. */
    public void clear() {
        lock.lock();
        try {
            events.clear();
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitAll(Predicate<List<AuditEvent>> condition, Duration timeout) {
        long left = timeout.toNanos();
        lock.lock();
        try {
            while (!condition.test(events)) {
                if (left <= 0) {
                    return false;
                }
                left = arrived.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
