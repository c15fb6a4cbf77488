package dev.hypergateway.benchmarks.floor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server that copies each request to one upstream address and its answer back, and does nothing else: the floor under every
 * gateway on {@code HttpServer} and {@code HttpClient}. It has the executors that proved best: virtual threads from JDK 24 on,
 * before a cached pool for the exchanges and as many threads as cores, but at least two, for the client.
 */
public final class PassThrough {
    private final HttpClient client;
    private final URI upstream;

    private PassThrough(URI upstream) {
        this.upstream = upstream;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(executor(Math.max(2, Runtime.getRuntime().availableProcessors())))
                .build();
    }

    /** Listens on a free port, prints it and copies to the address in the first argument until the process ends. */
    public static void main(String[] arguments) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
        System.setProperty("sun.net.httpserver.idleInterval", "300");
        PassThrough passThrough = new PassThrough(URI.create(arguments[0]));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
        server.setExecutor(executor(0));
        server.createContext("/", passThrough::handle);
        server.start();
        System.out.println("listens on http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            HttpRequest request = HttpRequest.newBuilder(upstream)
                    .header("Content-Type", "application/json")
                    .header("Authorization", exchange.getRequestHeaders().getFirst("Authorization"))
                    .POST(BodyPublishers.ofByteArray(body))
                    .build();
            HttpResponse<Object> answer = client.send(request, bodies());
            String type = answer.headers().firstValue("Content-Type").orElse("application/json");
            exchange.getResponseHeaders().set("Content-Type", type);
            if (answer.body() instanceof byte[] bytes) {
                exchange.sendResponseHeaders(answer.statusCode(), bytes.length);
                exchange.getResponseBody().write(bytes);
            } else {
                exchange.sendResponseHeaders(answer.statusCode(), 0);
                relay((InputStream) answer.body(), exchange.getResponseBody());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends on whatever has come, at once. */
    private static void relay(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        try (from) {
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                to.write(buffer, 0, count);
                to.flush();
            }
        }
    }

    private static BodyHandler<Object> bodies() {
        return info -> {
            boolean events = info.headers()
                    .firstValue("Content-Type")
                    .filter(type -> type.startsWith("text/event-stream"))
                    .isPresent();
            BodySubscriber<?> subscriber = events ? BodySubscribers.ofInputStream() : BodySubscribers.ofByteArray();
            return BodySubscribers.mapping(subscriber, body -> (Object) body);
        };
    }

    /** @param size of a fixed pool of platform threads; 0 for one that grows */
    private static ExecutorService executor(int size) {
        if (Runtime.version().feature() >= 24) {
            try {
                return (ExecutorService) Executors.class
                        .getMethod("newVirtualThreadPerTaskExecutor")
                        .invoke(null);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return size == 0 ? Executors.newCachedThreadPool() : Executors.newFixedThreadPool(size);
    }
}
