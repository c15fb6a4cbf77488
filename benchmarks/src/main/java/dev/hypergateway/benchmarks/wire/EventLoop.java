package dev.hypergateway.benchmarks.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** One thread that serves sockets and a clock. {@link #execute} may be called by any thread, everything else by its own. */
public final class EventLoop implements AutoCloseable {
    private static final int BACKLOG = 4096;

    private final Selector selector;
    private final ByteBuffer shared = ByteBuffer.allocateDirect(256 * 1024);
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;
    private long sequence;

    /** @throws UncheckedIOException when the system has no selector to give */
    public EventLoop() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a task on the loop's thread. */
    public void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /** Runs a task when {@link System#nanoTime()} has come to {@code nanos}. */
    public void at(long nanos, Runnable task) {
        timers.add(new Timer(nanos, sequence++, task));
    }

    /**
     * Accepts connections on the loopback interface.
     *
     * @param port 0 for a free one
     * @param peers one for each connection
     * @return the port
     */
    public int listen(int port, Supplier<Peer> peers) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT, peers);
        return server.socket().getLocalPort();
    }

    /** Begins to connect. */
    public Connection connect(InetSocketAddress address, Peer peer) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        boolean done = channel.connect(address);
        SelectionKey key = channel.register(selector, done ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT);
        Connection connection = new Connection(channel, key, peer);
        key.attach(connection);
        if (done) {
            execute(() -> peer.connected(connection));
        }
        return connection;
    }

    /** Serves until the loop is closed. */
    public void run() throws IOException {
        while (!closed) {
            selector.select(this::ready, timeoutMillis());
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
            ring();
        }
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    /** Starts a daemon thread that runs the loop. */
    public Thread start(String name) {
        Thread thread = new Thread(
                () -> {
                    try {
                        run();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
    }

    /** Timers are kept to the millisecond before they are due, then polled: a selector knows no shorter time. */
    private long timeoutMillis() {
        Timer next = timers.peek();
        if (next == null) {
            return 0;
        }
        return Math.max(1, (next.nanos - System.nanoTime() + 999_999) / 1_000_000);
    }

    private void ring() {
        long now = System.nanoTime();
        for (Timer next = timers.peek(); next != null && next.nanos <= now; next = timers.peek()) {
            timers.remove();
            next.task.run();
        }
    }

    @SuppressWarnings("unchecked") // listen() attaches nothing else
    private void ready(SelectionKey key) {
        Object attached = key.attachment();
        if (attached instanceof Connection connection) {
            connection.ready(shared);
        } else {
            accept((ServerSocketChannel) key.channel(), (Supplier<Peer>) attached);
        }
    }

    private void accept(ServerSocketChannel server, Supplier<Peer> peers) {
        try {
            for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
                Peer peer = peers.get();
                Connection connection = new Connection(channel, key, peer);
                key.attach(connection);
                peer.connected(connection);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Timer(long nanos, long sequence, Runnable task) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            int byTime = Long.compare(nanos, other.nanos);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }
}
