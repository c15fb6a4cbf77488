package dev.hypergateway.providers.gemini;

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
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on this machine that answers what it was told to, in order, and keeps what it was asked; with a client for it. */
final class LoopbackGemini implements AutoCloseable {
    static final String KEY = "AIzaSyCANARY0CANARY0CANARY0CANARY0CANARY0";

    private final UpstreamClient http = UpstreamClient.builder().build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    LoopbackGemini() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    record Answer(int status, String contentType, String body) {}

    record Asked(String method, URI uri, Headers headers, String body) {}

    LoopbackGemini answer(int status, String contentType, String body) {
        answers.add(new Answer(status, contentType, body));
        return this;
    }

    LoopbackGemini json(int status, String body) {
        return answer(status, "application/json; charset=UTF-8", body);
    }

    LoopbackGemini events(String... events) {
        return answer(200, "text/event-stream", sse(events));
    }

    static String sse(String... events) {
        StringBuilder text = new StringBuilder();
        for (String event : events) {
            text.append("data: ").append(event.replace('\'', '"')).append("\r\n\r\n");
        }
        return text.toString();
    }

    Asked asked() {
        return asked.remove();
    }

    int timesAsked() {
        return asked.size();
    }

    ProviderCall call(String model) {
        return call(model, AttemptControl.withDefaults());
    }

    ProviderCall call(String model, AttemptControl control) {
        Credential credential = new Credential(KeySource.CALLER, null, "canary", 1, Secret.of(KEY), Map.of());
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1beta");
        return new ProviderCall(model, credential, base, http, control, Map.of());
    }

    @Override
    public void close() {
        http.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI(),
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            Answer answer = answers.remove();
            exchange.getResponseHeaders().set("Content-Type", answer.contentType);
            byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status, body.length == 0 ? -1 : 0);
            exchange.getResponseBody().write(body);
        }
    }
}
