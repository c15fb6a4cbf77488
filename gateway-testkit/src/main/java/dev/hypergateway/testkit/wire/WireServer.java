package dev.hypergateway.testkit.wire;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts connections on a free loopback port and serves each on a thread of its own, with keep-alive. Thread-safe. */
public final class WireServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WireServer.class);
    private static final int BACKLOG = 1024;

    private final ServerSocket listener;
    private final ExecutorService threads;
    private final WireHandler handler;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    private WireServer(ServerSocket listener, ExecutorService threads, WireHandler handler) {
        this.listener = listener;
        this.threads = threads;
        this.handler = handler;
    }

    /**
     * Starts to listen.
     *
     * @param threads runs the listener and each connection; shut down together with the server
     */
    public static WireServer start(ExecutorService threads, WireHandler handler) throws IOException {
        ServerSocket listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        WireServer server = new WireServer(listener, threads, handler);
        threads.execute(server::accept);
        return server;
    }

    /** Address of the listener, for example {@code 127.0.0.1}. */
    public String host() {
        return listener.getInetAddress().getHostAddress();
    }

    /** Port of the listener. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Connections that are open at the moment, busy or idle. */
    public int openConnections() {
        return connections.size();
    }

    /** Whether {@link #close()} has been called. */
    public boolean isClosed() {
        return listener.isClosed();
    }

    /** Stops to listen and closes all connections. */
    @Override
    public void close() {
        closeQuietly(listener);
        connections.forEach(WireServer::closeQuietly);
        threads.shutdown();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                begin(listener.accept());
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    log.warn("a connection could not be accepted", e);
                }
            }
        }
    }

    private void begin(Socket socket) {
        connections.add(socket);
        try {
            threads.execute(() -> serve(socket));
        } catch (RejectedExecutionException e) {
            connections.remove(socket);
            closeQuietly(socket);
        }
        if (listener.isClosed()) {
            closeQuietly(socket);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            exchanges(socket);
        } catch (ClientGoneException | EOFException | SocketException e) {
            log.debug("connection ended: {}", e.getMessage());
        } catch (IOException | RuntimeException e) {
            log.warn("connection failed", e);
        } finally {
            connections.remove(socket);
        }
    }

    private void exchanges(Socket socket) throws IOException {
        PushbackInputStream in = new PushbackInputStream(new BufferedInputStream(socket.getInputStream(), 16 * 1024));
        OutputStream out = socket.getOutputStream();
        RequestReader reader = new RequestReader(in, out);
        try {
            WireExchange exchange;
            do {
                WireRequest request = reader.next();
                if (request == null) {
                    return;
                }
                exchange = new WireExchange(socket, in, out, request);
                handler.handle(exchange);
            } while (exchange.reusable());
        } catch (BadRequestException e) {
            log.debug("refused what a client sent: {}", e.getMessage());
            out.write(("HTTP/1.1 " + e.status() + " " + ReasonPhrase.of(e.status())
                            + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            log.debug("could not close", e);
        }
    }
}
