package dev.hypergateway.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A one-way switch that ends a call from any thread. Thread-safe. Actions run at most once, on the thread that cancels, or at
 * once on the registering thread when the switch has been thrown already.
 */
public final class Cancellation {
    private static final Logger LOG = LoggerFactory.getLogger(Cancellation.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Action> actions = new ArrayList<>(2);
    private volatile boolean cancelled;

    /** A switch that has not been thrown. */
    public Cancellation() {}

    /** Throws the switch and runs the registered actions. Repeated calls do nothing. */
    public void cancel() {
        List<Action> toRun;
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
        toRun.forEach(Action::run);
    }

    /** Whether the switch has been thrown. */
    public boolean isCancelled() {
        return cancelled;
    }

    /**
     * Registers what to do when the switch is thrown.
     *
     * @param action short; if it throws, that is logged and the other actions still run
     * @return closes the registration; closing it does not wait for an action that is already running
     */
    public Registration onCancel(Runnable action) {
        Action registered = new Action(action);
        lock.lock();
        try {
            if (!cancelled) {
                actions.add(registered);
                return () -> remove(registered);
            }
        } finally {
            lock.unlock();
        }
        registered.run();
        return () -> {};
    }

    private void remove(Action action) {
        lock.lock();
        try {
            actions.remove(action);
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

    /** An action with an identity of its own, so that the same one can be registered twice. */
    private static final class Action {
        private final Runnable task;

        Action(Runnable task) {
            this.task = Objects.requireNonNull(task, "action");
        }

        void run() {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.warn("an action on cancellation has failed", e);
            }
        }
    }
}
