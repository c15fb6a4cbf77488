package dev.hypergateway.benchmarks.pieces;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hypergateway.Gateway;
import dev.hypergateway.benchmarks.measure.Bodies;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.openai.ChatRequestReader;
import dev.hypergateway.providers.grok.GrokProvider;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * A call to a vendor over HTTP, made with the gateway inside the program and by hand with {@code HttpClient} and Jackson, in turn.
 * Prints, for one thread and for sixteen, calls per second and the median in microseconds of both.
 */
public final class RealCall {
    private static final String TEXT = "Why is the sky blue? ".repeat(80);
    private static final ObjectMapper JSON = new ObjectMapper();

    private RealCall() {}

    /**
     * Measures and prints.
     *
     * @param arguments the vendor's base address, milliseconds of a turn, rounds
     */
    public static void main(String[] arguments) throws InterruptedException {
        String base = arguments[0];
        long millis = Long.parseLong(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ChatRequest request =
                ChatRequestReader.read(Bodies.small("x-ai/grok-4", false)).request();
        try (Gateway gateway = Gateway.builder()
                .provider(new GrokProvider())
                .baseUri("xai", URI.create(base))
                .environmentKey("xai", "key-of-the-benchmark")
                .build()) {
            Supplier<String> withGateway = () -> gateway.chat(request).text();
            Supplier<String> byHand = () -> byHand(client, URI.create(base + "/chat/completions"));
            // Many threads, because the compiler goes by the number of calls.
            run(withGateway, 16, 6 * millis);
            run(byHand, 16, 6 * millis);
            for (int threads : new int[] {1, 16}) {
                for (int round = 0; round < rounds; round++) {
                    print("gateway", threads, run(withGateway, threads, millis), millis);
                    print("hand", threads, run(byHand, threads, millis), millis);
                }
            }
        }
        System.exit(0);
    }

    private static String byHand(HttpClient client, URI uri) {
        String body = JSON.createObjectNode()
                .put("model", "grok-4")
                .put("temperature", 0.7)
                .set(
                        "messages",
                        JSON.createArrayNode()
                                .add(JSON.createObjectNode().put("role", "user").put("content", TEXT)))
                .toString();
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer key-of-the-benchmark")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            JsonNode tree = JSON.readTree(answer.body());
            return tree.at("/choices/0/message/content").asText();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Histogram run(Supplier<String> call, int threads, long millis) throws InterruptedException {
        List<Histogram> parts = new ArrayList<>();
        List<Thread> running = new ArrayList<>();
        long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        for (int i = 0; i < threads; i++) {
            Histogram times = new Histogram(3);
            parts.add(times);
            Thread thread = new Thread(() -> {
                while (System.nanoTime() < end) {
                    long begin = System.nanoTime();
                    if (call.get().isEmpty()) {
                        throw new IllegalStateException("an answer without text");
                    }
                    times.recordValue(System.nanoTime() - begin);
                }
            });
            running.add(thread);
            thread.start();
        }
        for (Thread thread : running) {
            thread.join();
        }
        Histogram all = new Histogram(3);
        parts.forEach(all::add);
        return all;
    }

    private static void print(String who, int threads, Histogram times, long millis) {
        System.out.println(who + " " + threads + " " + times.getTotalCount() * 1e3 / millis + " "
                + times.getValueAtPercentile(50) / 1e3);
    }
}
