package dev.hypergateway.recordings;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server in a vendor's place, which keeps what it was asked. A request takes the first that there is of: the next answer for its
 * path, the answer that its path always gets, the next answer for any path, 404. Thread-safe.
 */
public final class LoopbackServer implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Answer> next = new ConcurrentLinkedQueue<>();
    private final Map<String, Queue<Answer>> nextAt = new ConcurrentHashMap<>();
    private final Map<String, Answer> always = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /** Starts on a free port. */
    public LoopbackServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** A server whose next answer is the recorded one. */
    public static LoopbackServer replaying(Recording recording) {
        return new LoopbackServer().answer(Answer.of(recording));
    }

    /** The address of a path on this server. */
    public URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** Answers one request, whatever its path. */
    public LoopbackServer answer(Answer answer) {
        next.add(answer);
        return this;
    }

    /** Answers one request, whatever its path. */
    public LoopbackServer answer(int status, String contentType, String body) {
        return answer(Answer.of(status, contentType, body));
    }

    /** Answers one request to this path. */
    public LoopbackServer answer(String path, Answer answer) {
        nextAt.computeIfAbsent(path, unused -> new ConcurrentLinkedQueue<>()).add(answer);
        return this;
    }

    /** Answers each request to this path. */
    public LoopbackServer always(String path, Answer answer) {
        always.put(path, answer);
        return this;
    }

    /** What was asked, in order. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** What was asked at this path, in order. */
    public List<Asked> asked(String path) {
        return asked.stream().filter(one -> one.uri().getPath().equals(path)).toList();
    }

    /**
     * What was asked last.
     *
     * @throws IllegalStateException when nothing was
     */
    public Asked lastAsked() {
        if (asked.isEmpty()) {
            throw new IllegalStateException("nothing was asked");
        }
        return asked.get(asked.size() - 1);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            send(exchange, answerTo(exchange.getRequestURI().getPath()));
        }
    }

    private Answer answerTo(String path) {
        Queue<Answer> here = nextAt.get(path);
        Answer answer = here == null ? null : here.poll();
        if (answer == null) {
            answer = always.get(path);
        }
        if (answer == null) {
            answer = next.poll();
        }
        return answer == null ? Answer.of(404, "text/plain", "") : answer;
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach((name, values) -> exchange.getResponseHeaders().put(name, values));
        exchange.sendResponseHeaders(answer.status(), length(answer));
        exchange.getResponseBody().write(answer.body());
        exchange.getResponseBody().flush();
    }

    /** A length that the body does not reach makes the end of the connection a cut. */
    private static long length(Answer answer) {
        if (answer.isCut()) {
            return answer.body().length + 1000L;
        }
        return answer.body().length == 0 ? -1 : 0;
    }
}
