package dev.hypergateway.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An answer of server-sent events. Thread-safe, so that a {@link Heartbeat} can write while the handler waits for the next
 * event. What is to reach the client has to be flushed: the JDK would keep it until 4 KB are together.
 *
 * <p>Only {@link #finish()} ends the answer properly. To break it off, let an exception leave the handler: the connection is cut
 * and no client can take what came for the whole.
 */
public final class EventStream {
    /** How much the JDK sends in one chunk. An event that fits is not to be split. */
    private static final int CHUNK = 4096;

    private static final byte[] COMMENT = ": keep-alive\n\n".getBytes(StandardCharsets.UTF_8);

    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock watch = new ReentrantLock();
    private final Exchange exchange;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream(512);
    private @Nullable OutputStream out;
    private boolean ended;
    private volatile long lastWrite = System.nanoTime();
    private @Nullable Thread writer;
    private long writingSince;
    private boolean overdue;

    EventStream(Exchange exchange) {
        this.exchange = exchange;
    }

    /**
     * Sends the head of the answer, unless it is out already.
     *
     * @return whether this call sent it
     * @throws IOException when the client is gone
     */
    public boolean open(Map<String, String> headers) throws IOException {
        lock.lock();
        try {
            if (out != null) {
                return false;
            }
            Map<String, String> all = new LinkedHashMap<>(headers);
            all.put("Content-Type", "text/event-stream; charset=utf-8");
            all.put("Cache-Control", "no-cache");
            // nginx would collect the events otherwise.
            all.put("X-Accel-Buffering", "no");
            guarded(() -> out = exchange.openBody(all));
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives the stream up if its head is not out, so that another answer can be sent.
     *
     * @return whether it was given up
     */
    public boolean abandon() {
        lock.lock();
        try {
            ended |= out == null;
            return out == null;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends a frame, and before it the head of the answer if that is not out.
     *
     * @param frame one or more events, each ended by an empty line
     * @throws IOException when the client is gone
     */
    public void send(byte[] frame) throws IOException {
        lock.lock();
        try {
            add(frame);
            flush();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a frame that may wait for others, until {@link #flush()} or until they are many.
     *
     * @throws IOException when the client is gone
     */
    public void add(byte[] frame) throws IOException {
        lock.lock();
        try {
            if (ended) {
                throw new IOException("the event stream has ended");
            }
            if (waiting.size() > 0 && waiting.size() + frame.length > CHUNK) {
                flush();
            }
            waiting.writeBytes(frame);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends what waits, and before it the head of the answer if that is not out.
     *
     * @throws IOException when the client is gone
     */
    public void flush() throws IOException {
        lock.lock();
        try {
            if (waiting.size() == 0) {
                return;
            }
            open(Map.of());
            OutputStream body = out;
            if (ended || body == null) {
                throw new IOException("the event stream has ended");
            }
            try {
                guarded(() -> {
                    waiting.writeTo(body);
                    body.flush();
                });
            } finally {
                waiting.reset();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the answer properly. */
    public void finish() throws IOException {
        lock.lock();
        try {
            OutputStream body = out;
            if (body != null && !ended) {
                ended = true;
                guarded(body::close);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets no further frame through; returns when none is being written. */
    public void seal() {
        lock.lock();
        try {
            ended = true;
        } finally {
            lock.unlock();
        }
    }

    /** Sends a comment unless the stream has ended or another thread is sending something. */
    void comment() throws IOException {
        if (lock.tryLock()) {
            try {
                if (!ended) {
                    send(COMMENT);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** How long nothing was sent, in nanoseconds. */
    long silence() {
        return System.nanoTime() - lastWrite;
    }

    /** Breaks a write that has been waiting for a slow client longer than this many nanoseconds. */
    void interruptWriteOlderThan(long nanos) {
        watch.lock();
        try {
            Thread stuck = writer;
            if (stuck != null && !overdue && System.nanoTime() - writingSince > nanos) {
                overdue = true;
                // Closes the socket channel under the blocked write.
                stuck.interrupt();
            }
        } finally {
            watch.unlock();
        }
    }

    /** Runs a write so that it can be interrupted, and so that the interrupt never hits anything else. */
    private void guarded(Write write) throws IOException {
        watch.lock();
        try {
            writer = Thread.currentThread();
            writingSince = System.nanoTime();
        } finally {
            watch.unlock();
        }
        try {
            write.run();
        } finally {
            watch.lock();
            try {
                writer = null;
                if (overdue) {
                    Thread.interrupted();
                }
            } finally {
                watch.unlock();
            }
            lastWrite = System.nanoTime();
        }
        if (overdue) {
            throw new InterruptedIOException("the client does not read its answer");
        }
    }

    @FunctionalInterface
    private interface Write {
        void run() throws IOException;
    }
}
