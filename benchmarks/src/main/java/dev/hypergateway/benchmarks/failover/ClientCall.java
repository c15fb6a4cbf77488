package dev.hypergateway.benchmarks.failover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** A call as a client makes it, and in a few words what came of it. */
final class ClientCall {
    static final String GATEWAY_KEY = "sk-failover-table-0123456789abcdef";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String QUESTION = "[[words:60]]";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * What the client got.
     *
     * @param outcome in a few words
     * @param millis until the end of the answer
     */
    record Result(String outcome, long millis) {}

    Result make(URI server, String model, boolean stream) throws InterruptedException {
        String body = JSON.createObjectNode()
                .put("model", model)
                .put("stream", stream)
                .set(
                        "messages",
                        JSON.createArrayNode()
                                .add(JSON.createObjectNode().put("role", "user").put("content", QUESTION)))
                .toString();
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/v1/chat/completions"))
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", "Bearer " + GATEWAY_KEY)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        long begin = System.nanoTime();
        String outcome;
        try {
            HttpResponse<Received> response = http.send(request, info -> new Receiver());
            outcome = stream && response.statusCode() == 200 ? streamed(response) : whole(response);
        } catch (IOException e) {
            outcome = "connection broken";
        }
        return new Result(outcome, Duration.ofNanos(System.nanoTime() - begin).toMillis());
    }

    private static String whole(HttpResponse<Received> response) throws IOException {
        JsonNode body = JSON.readTree(response.body().text());
        if (response.statusCode() == 200) {
            String text = body.at("/choices/0/message/content").asText();
            return "200, " + words(text) + " words from " + vendor(response);
        }
        String retryAfter = response.headers()
                .firstValue("Retry-After")
                .map(value -> ", Retry-After " + value)
                .orElse("");
        return response.statusCode() + " " + body.at("/error/code").asText() + retryAfter;
    }

    private static String streamed(HttpResponse<Received> response) throws IOException {
        StringBuilder text = new StringBuilder();
        String resumed = "";
        String end = response.body().broken() ? "no end, connection broken" : "no end";
        for (String line : response.body().text().lines().toList()) {
            if (!line.startsWith("data: ")) {
                continue;
            }
            String data = line.substring("data: ".length());
            if (data.equals("[DONE]")) {
                end = "[DONE]";
                continue;
            }
            JsonNode chunk = JSON.readTree(data);
            text.append(chunk.at("/choices/0/delta/content").asText(""));
            if (chunk.has("x_hyper_resumed")) {
                resumed = " and " + chunk.path("x_hyper_resumed").asText();
            }
            if (chunk.has("error")) {
                end = "error event " + chunk.at("/error/code").asText();
            }
        }
        return "200, " + words(text.toString()) + " words from " + vendor(response) + resumed + ", " + end;
    }

    private static String vendor(HttpResponse<?> response) {
        return response.headers().firstValue("x-hyper-provider").orElse("?");
    }

    private static long words(String text) {
        return text.isBlank() ? 0 : text.strip().split("\\s+", -1).length;
    }

    /** What came of a body, which may have broken off. */
    private record Received(String text, boolean broken) {}

    /** Keeps what came before a connection broke, as other HTTP clients do; those of the JDK forget what was not read yet. */
    private static final class Receiver implements HttpResponse.BodySubscriber<Received> {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final CompletableFuture<Received> body = new CompletableFuture<>();

        @Override
        public CompletionStage<Received> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                byte[] piece = new byte[buffer.remaining()];
                buffer.get(piece);
                bytes.write(piece, 0, piece.length);
            }
        }

        @Override
        public void onError(Throwable failure) {
            body.complete(received(true));
        }

        @Override
        public void onComplete() {
            body.complete(received(false));
        }

        private Received received(boolean broken) {
            return new Received(bytes.toString(StandardCharsets.UTF_8), broken);
        }
    }
}
