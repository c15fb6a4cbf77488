package dev.hypergateway.openai;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.trace.KeySource;
import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.Cancellation;
import dev.hypergateway.transport.Timeouts;
import dev.hypergateway.transport.UpstreamClient;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A local server that gives every request the same answer and remembers what was asked. */
final class StubVendor implements AutoCloseable {
    static final Secret KEY = Secret.of("xai-0123456789abcdefghij");
    static final ChatRequest QUESTION = ChatRequest.of("a/model", "Hi");

    private final HttpServer server;
    private final UpstreamClient client = UpstreamClient.builder().build();
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;
    private final int missing;
    private final CountDownLatch broken = new CountDownLatch(1);

    final Cancellation cancellation = new Cancellation();
    final AttemptControl control = new AttemptControl(Timeouts.DEFAULTS, Timeouts.DEFAULTS.total(), cancellation);
    final List<String> requests = new CopyOnWriteArrayList<>();
    final List<String> bodies = new CopyOnWriteArrayList<>();
    final List<Headers> received = new CopyOnWriteArrayList<>();

    private StubVendor(int status, Map<String, String> headers, byte[] body, int missing) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.missing = missing;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    static StubVendor answering(int status, String contentType, String body) {
        return answering(status, Map.of("Content-Type", contentType), body);
    }

    static StubVendor answering(int status, Map<String, String> headers, String body) {
        return new StubVendor(status, headers, body.getBytes(StandardCharsets.UTF_8), 0);
    }

    /** An event stream that stops after the text; its connection breaks with {@link #breakConnection()}. */
    static StubVendor breaking(String sse) {
        return new StubVendor(
                200, Map.of("Content-Type", "text/event-stream"), sse.getBytes(StandardCharsets.UTF_8), 1000);
    }

    static StubVendor streaming(String sse) {
        return answering(200, "text/event-stream", sse);
    }

    ProviderCall call() {
        Credential credential = new Credential(KeySource.ENVIRONMENT, null, "test", 0, KEY, Map.of());
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
        return new ProviderCall("vendor-model", credential, base, client, control, Map.of());
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        received.add(exchange.getRequestHeaders());
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        headers.forEach(exchange.getResponseHeaders()::set);
        int length = body.length + missing;
        exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
        exchange.getResponseBody().write(body);
        exchange.getResponseBody().flush();
        if (missing > 0) {
            awaitBreak();
        }
        exchange.close();
    }

    private void awaitBreak() throws IOException {
        try {
            broken.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    /** Lets the connection of a breaking stream break. */
    void breakConnection() {
        broken.countDown();
    }

    @Override
    public void close() {
        breakConnection();
        server.stop(0);
        client.close();
    }
}
