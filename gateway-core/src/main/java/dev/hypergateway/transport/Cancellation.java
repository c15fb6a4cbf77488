package dev.hypergateway.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A one-way switch that ends a call from any thread. Thread-safe. Actions run at most once, on the thread that cancels, or at
 * once on the registering thread when the switch has been thrown already.
 */
public final class Cancellation {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Runnable> actions = new ArrayList<>(2);
    private volatile boolean cancelled;

    /** A switch that has not been thrown. */
    public Cancellation() {}

    /** Throws the switch and runs the registered actions. Repeated calls do nothing. */
    public void cancel() {
        List<Runnable> toRun;
        lock.lock();
        try {
            if (cancelled) {
                return;
            }
            cancelled = true;
            toRun = List.copyOf(actions);
            actions.clear();
        } finally {
            lock.unlock();
        }
        toRun.forEach(Runnable::run);
    }

    public boolean isCancelled() {
        return cancelled;
    }

    /**
     * Registers what to do when the switch is thrown.
     *
     * @param action short, and must not throw
     * @return closes the registration; closing it does not wait for an action that is already running
     */
    public Registration onCancel(Runnable action) {
        lock.lock();
        try {
            if (!cancelled) {
                actions.add(action);
                return () -> remove(action);
            }
        } finally {
            lock.unlock();
        }
        action.run();
        return () -> {};
    }

    private void remove(Runnable action) {
        lock.lock();
        try {
            actions.removeIf(candidate -> candidate == action);
        } finally {
            lock.unlock();
        }
    }

    /** A registered action. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
