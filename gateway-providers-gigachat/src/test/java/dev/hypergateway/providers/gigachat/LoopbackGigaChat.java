package dev.hypergateway.providers.gigachat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.trace.KeySource;
import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.UpstreamClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server on this machine that answers what it was told to, in order, and keeps what it was asked; with a client for it. Tokens
 * are given out besides, unless told otherwise.
 */
final class LoopbackGigaChat implements AutoCloseable {
    static final String KEY = "Q0FOQVJZOkNBTkFSWTpDQU5BUlk6Q0FOQVJZ";
    static final String TOKEN = "canary-token-0123456789";

    private final UpstreamClient http = UpstreamClient.builder().build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final Queue<Answer> tokens = new ConcurrentLinkedQueue<>();
    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    private final Queue<Asked> askedForToken = new ConcurrentLinkedQueue<>();
    private final Map<String, String> settings = new HashMap<>();
    private final HttpServer server;

    LoopbackGigaChat() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/v1", exchange -> handle(exchange, asked, answers.remove()));
        server.createContext("/oauth", exchange -> {
            Answer answer = tokens.poll();
            handle(exchange, askedForToken, answer == null ? token(4_102_444_800_000L) : answer);
        });
        server.start();
        settings.put(
                "GIGACHAT_TOKEN_URL", "http://127.0.0.1:" + server.getAddress().getPort() + "/oauth");
    }

    /** @param cutAfter bytes after which the connection breaks; -1 for never */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answer(int status, String contentType, byte[] body, int cutAfter) {}

    record Asked(String method, URI uri, Headers headers, String body) {}

    LoopbackGigaChat with(String setting, String value) {
        settings.put(setting, value);
        return this;
    }

    LoopbackGigaChat answer(int status, String contentType, String body) {
        answers.add(new Answer(status, contentType, body.getBytes(StandardCharsets.UTF_8), -1));
        return this;
    }

    LoopbackGigaChat json(int status, String body) {
        return answer(status, "application/json; charset=utf-8", body.replace('\'', '"'));
    }

    LoopbackGigaChat events(String... events) {
        return answer(200, "text/event-stream", sse(events));
    }

    /** The connection breaks after these events. */
    LoopbackGigaChat cutAfter(String... events) {
        byte[] body = sse(events).getBytes(StandardCharsets.UTF_8);
        answers.add(new Answer(200, "text/event-stream", body, body.length));
        return this;
    }

    /** Answers the next request for a token. */
    LoopbackGigaChat token(int status, String body) {
        tokens.add(new Answer(status, "application/json", body.getBytes(StandardCharsets.UTF_8), -1));
        return this;
    }

    static Answer token(long expiresAt) {
        String body = "{\"access_token\":\"" + TOKEN + "\",\"expires_at\":" + expiresAt + "}";
        return new Answer(200, "application/json", body.getBytes(StandardCharsets.UTF_8), -1);
    }

    static String sse(String... events) {
        StringBuilder text = new StringBuilder();
        for (String event : events) {
            text.append("data: ").append(event.replace('\'', '"')).append("\n\n");
        }
        return text.toString();
    }

    Asked asked() {
        return asked.remove();
    }

    int timesAsked() {
        return asked.size();
    }

    Asked askedForToken() {
        return askedForToken.remove();
    }

    int timesAskedForToken() {
        return askedForToken.size();
    }

    ProviderCall call() {
        return call(Map.of(), AttemptControl.withDefaults());
    }

    ProviderCall call(Map<String, String> attributes, AttemptControl control) {
        Credential credential = new Credential(KeySource.CALLER, null, "canary", 1, Secret.of(KEY), attributes);
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
        return new ProviderCall("GigaChat-2", credential, base, http, control, Map.copyOf(settings));
    }

    @Override
    public void close() {
        http.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private static void handle(HttpExchange exchange, Queue<Asked> asked, Answer answer) throws IOException {
        try (exchange) {
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI(),
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.getResponseHeaders().set("Content-Type", answer.contentType);
            exchange.getResponseHeaders().set("X-Request-Id", "request-1");
            boolean cut = answer.cutAfter >= 0;
            exchange.sendResponseHeaders(answer.status, length(answer, cut));
            exchange.getResponseBody().write(answer.body);
            exchange.getResponseBody().flush();
        }
    }

    /** A length that is not reached makes the end of the connection a cut. */
    private static long length(Answer answer, boolean cut) {
        if (cut) {
            return answer.body.length + 1000L;
        }
        return answer.body.length == 0 ? -1 : 0;
    }
}
