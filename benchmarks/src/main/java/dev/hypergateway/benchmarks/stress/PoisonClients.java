package dev.hypergateway.benchmarks.stress;

import dev.hypergateway.benchmarks.measure.Bodies;
import dev.hypergateway.benchmarks.upstream.Poison;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Clients of streams that go wrong, each one after the other until they are stopped. */
final class PoisonClients {
    private static final int BYTES_BEFORE_LEAVING = 1024;
    private static final int SMALL_WINDOW = 4096;
    private static final long BREATH_MILLIS = 50;

    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<Thread> threads = new ArrayList<>();
    private final URI server;
    private final String model;
    private volatile boolean closed;

    /** What goes wrong, and on which side. */
    enum Kind {
        STALL("the vendor stalls", Poison.STALL),
        GIANT("events of a megabyte, one a second", Poison.GIANT),
        MALFORMED("every other event is broken JSON", Poison.MALFORMED),
        STOPS_READING("the client stops reading what the vendor floods", Poison.FLOOD),
        HANGS_UP("the client hangs up and comes again", Poison.NONE);

        private final String title;
        private final Poison poison;

        Kind(String title, Poison poison) {
            this.title = title;
            this.poison = poison;
        }

        String title() {
            return title;
        }
    }

    private PoisonClients(URI server, String model) {
        this.server = server;
        this.model = model;
    }

    static PoisonClients start(URI server, String model, Kind kind, int count) {
        PoisonClients clients = new PoisonClients(server, model);
        for (int i = 0; i < count; i++) {
            byte[] request = clients.request(kind.poison.key(i));
            Thread thread = new Thread(() -> clients.run(kind, request), "poison-" + i);
            thread.setDaemon(true);
            clients.threads.add(thread);
            thread.start();
        }
        return clients;
    }

    /** Closes all connections and waits for the clients to end. */
    void stop() {
        closed = true;
        sockets.forEach(PoisonClients::close);
        for (Thread thread : threads) {
            thread.interrupt();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run(Kind kind, byte[] request) {
        while (!closed) {
            try (Socket socket = new Socket()) {
                sockets.add(socket);
                if (kind == Kind.STOPS_READING) {
                    socket.setReceiveBufferSize(SMALL_WINDOW);
                }
                socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
                socket.getOutputStream().write(request);
                if (kind == Kind.STOPS_READING) {
                    Thread.sleep(Long.MAX_VALUE);
                }
                read(socket.getInputStream(), kind == Kind.HANGS_UP ? BYTES_BEFORE_LEAVING : Long.MAX_VALUE);
                sockets.remove(socket);
                Thread.sleep(BREATH_MILLIS);
            } catch (IOException e) {
                // The server has had enough of it, or the round is over.
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void read(InputStream in, long most) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long seen = 0;
        for (int count = 0; count >= 0 && seen < most; count = in.read(buffer)) {
            seen += count;
        }
    }

    /** A request that asks the server to end the connection with the answer, so that the end can be seen. */
    private byte[] request(String callerKey) {
        byte[] body = Bodies.small(model, true);
        byte[] head = ("POST /v1/chat/completions HTTP/1.1\r\nHost: " + server.getAuthority()
                        + "\r\nAuthorization: Bearer " + Server.GATEWAY_KEY + "\r\nX-xAI-API-Key: " + callerKey
                        + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " + body.length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = java.util.Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed either way.
        }
    }
}
