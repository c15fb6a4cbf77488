package dev.hypergateway.benchmarks.load;

import dev.hypergateway.benchmarks.wire.EventLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;

/**
 * One run of requests against one target, on the thread that calls. In a closed loop each connection sends its next request when
 * its answer is complete. In an open loop requests are due at fixed times whatever the answers do, and latency counts from when a
 * request was due, so that a server that stalls cannot hide the requests it kept from being sent (coordinated omission).
 */
public final class Load {
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(30);

    final EventLoop loop = new EventLoop();
    final Results results = new Results();
    final Target target;
    private final ArrayDeque<ClientCall> idle = new ArrayDeque<>();
    private final ArrayDeque<Long> due = new ArrayDeque<>();
    private final int hangUpAfter;
    private final boolean paced;
    private long callsLeft;
    private boolean ending;
    private int open;

    private Load(Target target, long calls, int hangUpAfter, boolean paced) {
        this.target = target;
        this.callsLeft = calls;
        this.hangUpAfter = hangUpAfter;
        this.paced = paced;
    }

    /** A closed loop for a time. */
    public static Results closed(Target target, int connections, Duration length) {
        Load load = new Load(target, Long.MAX_VALUE, 0, false);
        return load.run(() -> {
            load.connectAll(connections, 0);
            load.endAfter(length);
        });
    }

    /** A closed loop until a number of calls is made. */
    public static Results calls(Target target, int connections, long calls) {
        Load load = new Load(target, calls, 0, false);
        return load.run(() -> load.connectAll(connections, 0));
    }

    /**
     * One call on each of many connections, all open at the same time.
     *
     * @param apart time between two connects
     */
    public static Results once(Target target, int connections, Duration apart) {
        Load load = new Load(target, connections, 0, false);
        return load.run(() -> load.connectAll(connections, apart.toNanos()));
    }

    /** Streams, one after the other, that the client leaves after some events. */
    public static Results leaving(Target target, int calls, int afterEvents) {
        Load load = new Load(target, calls, afterEvents, false);
        return load.run(() -> load.connectAll(1, 0));
    }

    /** An open loop for a time. */
    public static Results open(Target target, int connections, double perSecond, Duration length) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("calls per second must be positive, was " + perSecond);
        }
        Load load = new Load(target, Long.MAX_VALUE, 0, true);
        return load.run(() -> {
            for (int i = 0; i < connections; i++) {
                load.connect(false);
            }
            Thread pacemaker = new Thread(() -> load.pace(perSecond, length), "pacemaker");
            pacemaker.setDaemon(true);
            pacemaker.start();
        });
    }

    private Results run(Runnable begin) {
        loop.execute(begin);
        long began = System.nanoTime();
        try {
            loop.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        results.nanos = System.nanoTime() - began;
        return results;
    }

    private void connectAll(int connections, long apart) {
        long begin = System.nanoTime();
        for (int i = 0; i < connections; i++) {
            if (apart == 0) {
                connect(true);
            } else {
                loop.at(begin + i * apart, () -> connect(true));
            }
        }
    }

    /** @param busy whether the connection begins to call at once */
    private void connect(boolean busy) {
        ClientCall call = new ClientCall(this, hangUpAfter);
        open++;
        call.connect();
        if (busy) {
            next(call);
        } else {
            idle.add(call);
        }
    }

    /** The connection is free for another call. */
    void next(ClientCall call) {
        Long intended = due.poll();
        if (intended != null) {
            call.begin(intended);
        } else if (ending || callsLeft <= 0) {
            leave(call);
        } else if (paced) {
            idle.add(call);
        } else {
            callsLeft -= callsLeft == Long.MAX_VALUE ? 0 : 1;
            call.begin(System.nanoTime());
        }
    }

    private void leave(ClientCall call) {
        call.close();
        open--;
        if (open == 0) {
            loop.close();
        }
    }

    /** A connection has broken; another one takes its place. */
    void lost(ClientCall call) {
        open--;
        if (ending || callsLeft <= 0) {
            if (open == 0) {
                loop.close();
            }
            return;
        }
        connect(!paced);
    }

    private void endAfter(Duration length) {
        loop.at(System.nanoTime() + length.toNanos(), this::end);
    }

    private void end() {
        ending = true;
        for (ClientCall call = idle.poll(); call != null; call = idle.poll()) {
            leave(call);
        }
        loop.at(System.nanoTime() + LAST_ANSWERS.toNanos(), () -> {
            results.failed("no answer after " + LAST_ANSWERS.toSeconds() + " s");
            loop.close();
        });
    }

    /** Makes calls due, on a thread of its own, because a selector knows no time below a millisecond. */
    private void pace(double perSecond, Duration length) {
        long apart = (long) (1e9 / perSecond);
        long begin = System.nanoTime();
        for (long next = begin; next < begin + length.toNanos(); next += apart) {
            for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            long intended = next;
            loop.execute(() -> {
                ClientCall free = idle.poll();
                if (free == null) {
                    due.add(intended);
                } else {
                    free.begin(intended);
                }
            });
        }
        loop.execute(this::end);
    }
}
