package dev.hypergateway.server.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Collects what is written and passes it on in larger pieces: when there is enough of it, or after a short while. Thread-safe. */
final class LineBatch extends OutputStream {
    private static final int ENOUGH = 16 * 1024;
    private static final long PATIENCE_MILLIS = 100;

    private final ReentrantLock lock = new ReentrantLock();
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private final PrintStream target;
    private final Consumer<Runnable> later;
    private boolean due;
    private boolean ending;

    /**
     * @param target where it goes; one that reports failures by itself, or not at all, as {@link PrintStream} does
     * @param later runs an action after a while, on a thread of its own
     */
    LineBatch(PrintStream target, Consumer<Runnable> later) {
        this.target = target;
        this.later = later;
    }

    /** On standard error; what is written while the process ends goes out at once. */
    static LineBatch onStandardError() {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(action -> {
            Thread thread = new Thread(action, "hyper-gateway-log");
            thread.setDaemon(true);
            return thread;
        });
        LineBatch batch = new LineBatch(System.err, action -> {
            Future<?> unused = clock.schedule(action, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        });
        Runtime.getRuntime().addShutdownHook(new Thread(batch::end, "hyper-gateway-log-end"));
        return batch;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        boolean first;
        lock.lock();
        try {
            waiting.write(bytes, from, length);
            if (ending || waiting.size() >= ENOUGH) {
                passOn();
                return;
            }
            first = !due;
            due = true;
        } finally {
            lock.unlock();
        }
        if (first) {
            later.accept(this::flush);
        }
    }

    /** Passes on what waits. */
    @Override
    public void flush() {
        lock.lock();
        try {
            passOn();
        } finally {
            lock.unlock();
        }
    }

    /** From here on nothing waits any more. */
    void end() {
        lock.lock();
        try {
            ending = true;
            passOn();
        } finally {
            lock.unlock();
        }
    }

    private void passOn() {
        due = false;
        if (waiting.size() > 0) {
            byte[] piece = waiting.toByteArray();
            waiting.reset();
            target.write(piece, 0, piece.length);
            target.flush();
        }
    }
}
