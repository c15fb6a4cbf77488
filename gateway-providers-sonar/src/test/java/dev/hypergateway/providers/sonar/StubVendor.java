package dev.hypergateway.providers.sonar;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hypergateway.chat.ChatRequest;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A local server in Perplexity's place that answers each path as it is told and remembers what was asked. */
final class StubVendor implements AutoCloseable {
    static final Secret KEY = Secret.of("pplx-0123456789abcdefghij");
    static final ChatRequest QUESTION = ChatRequest.of("perplexity/sonar", "Hi");

    private final HttpServer server;
    private final UpstreamClient client = UpstreamClient.builder().build();
    private final Map<String, Reply> replies = new ConcurrentHashMap<>();

    final List<String> paths = new CopyOnWriteArrayList<>();
    final List<String> bodies = new CopyOnWriteArrayList<>();
    final List<String> authorizations = new CopyOnWriteArrayList<>();

    StubVendor() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    static StubVendor replaying(Recording recording) {
        return answering(recording.status(), recording.contentType(), recording.responseText());
    }

    static StubVendor answering(int status, String contentType, String body) {
        return new StubVendor().at("/chat/completions", status, contentType, body);
    }

    StubVendor at(String path, int status, String contentType, String body) {
        replies.put(path, new Reply(status, contentType, body));
        return this;
    }

    ProviderCall call(String model) {
        Credential credential = new Credential(KeySource.ENVIRONMENT, null, "test", 0, KEY, Map.of());
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new ProviderCall(model, credential, base, client, AttemptControl.withDefaults(), Map.of());
    }

    ProviderCall call() {
        return call("sonar");
    }

    private void answer(HttpExchange exchange) throws IOException {
        paths.add(exchange.getRequestURI().getPath());
        authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Reply reply = replies.getOrDefault(exchange.getRequestURI().getPath(), new Reply(404, "text/plain", ""));
        exchange.getResponseHeaders().set("Content-Type", reply.contentType());
        exchange.getResponseHeaders().set("X-Request-Id", "request-1");
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }

    private record Reply(int status, String contentType, String body) {}
}
