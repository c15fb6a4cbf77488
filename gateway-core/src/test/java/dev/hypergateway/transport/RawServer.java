package dev.hypergateway.transport;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on a loopback port that says exactly the bytes it is told to. Each connection has a thread. */
final class RawServer implements Closeable {
    private final ServerSocket listening;
    private final ExecutorService threads = Executors.newCachedThreadPool(Threads.daemons("raw-server"));
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch peerClosed = new CountDownLatch(1);

    /** The heads of all requests, in order of arrival. */
    final List<String> heads = new CopyOnWriteArrayList<>();

    RawServer(Talk talk) {
        this(plainSocket(), talk);
    }

    RawServer(ServerSocket listening, Talk talk) {
        this.listening = listening;
        threads.execute(() -> accept(talk));
    }

    /** A server that reads each request on a connection and answers it with {@code bytes}. */
    static RawServer answering(String bytes) {
        return new RawServer(exchange -> {
            while (exchange.readRequest() != null) {
                exchange.write(bytes);
            }
        });
    }

    int port() {
        return listening.getLocalPort();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    int connections() {
        return connections.get();
    }

    /** Waits until some client has closed or reset its connection. */
    boolean sawPeerClose() throws InterruptedException {
        return peerClosed.await(10, TimeUnit.SECONDS);
    }

    private static ServerSocket plainSocket() {
        try {
            return new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(Talk talk) {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                connections.incrementAndGet();
                threads.execute(() -> serve(socket, talk));
            } catch (IOException e) {
                // Closed: the loop ends.
            }
        }
    }

    private void serve(Socket socket, Talk talk) {
        try (socket) {
            talk.with(new Exchange(socket));
        } catch (IOException e) {
            peerClosed.countDown();
        } finally {
            sockets.remove(socket);
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }

    /** What to do with a connection; it is closed afterwards. */
    @FunctionalInterface
    interface Talk {
        void with(Exchange exchange) throws IOException;
    }

    /** One connection. */
    final class Exchange {
        final Socket socket;
        final InputStream in;
        final OutputStream out;

        Exchange(Socket socket) throws IOException {
            this.socket = socket;
            this.in = socket.getInputStream();
            this.out = socket.getOutputStream();
        }

        /** Reads a request with its body; gives the head, or null when the client has closed the connection. */
        String readRequest() throws IOException {
            String head = readHead();
            if (head == null) {
                peerClosed.countDown();
                return null;
            }
            heads.add(head);
            for (String line : head.split("\r\n", -1)) {
                if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    in.readNBytes(Integer.parseInt(line.substring(15).strip()));
                }
            }
            return head;
        }

        void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        /** The head of a chunked event stream. */
        void startStream() throws IOException {
            write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
        }

        void chunk(String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            write(Integer.toHexString(bytes.length) + "\r\n" + text + "\r\n");
        }

        void endStream() throws IOException {
            write("0\r\n\r\n");
        }

        /** Waits, saying nothing, until the client closes the connection. */
        void awaitClose() throws IOException {
            while (in.read() >= 0) {
                // Nothing is expected.
            }
            peerClosed.countDown();
        }

        /** Closes the connection with a TCP reset. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        private String readHead() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            int b = in.read();
            while (b >= 0) {
                head.write(b);
                String text = head.toString(StandardCharsets.ISO_8859_1);
                if (b == '\n' && text.endsWith("\r\n\r\n")) {
                    return text;
                }
                b = in.read();
            }
            return null;
        }
    }
}
