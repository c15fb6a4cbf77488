package dev.hypergateway.benchmarks.failover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.stream.Stream;

/** A call as a client makes it, and in a few words what came of it. */
final class ClientCall {
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
                .header("Authorization", "Bearer " + ServerProcess.GATEWAY_KEY)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        long begin = System.nanoTime();
        String outcome;
        try {
            HttpResponse<Stream<String>> response = http.send(request, HttpResponse.BodyHandlers.ofLines());
            outcome = stream && response.statusCode() == 200 ? streamed(response) : whole(response);
        } catch (IOException e) {
            outcome = "connection broken";
        }
        return new Result(outcome, Duration.ofNanos(System.nanoTime() - begin).toMillis());
    }

    private static String whole(HttpResponse<Stream<String>> response) throws IOException {
        JsonNode body;
        try (Stream<String> lines = response.body()) {
            body = JSON.readTree(String.join("\n", lines.toList()));
        }
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

    private static String streamed(HttpResponse<Stream<String>> response) throws IOException {
        StringBuilder text = new StringBuilder();
        String end = "no end";
        try (Stream<String> lines = response.body()) {
            Iterator<String> iterator =
                    lines.filter(line -> line.startsWith("data: ")).iterator();
            while (iterator.hasNext()) {
                String data = iterator.next().substring("data: ".length());
                if (data.equals("[DONE]")) {
                    end = "[DONE]";
                    continue;
                }
                JsonNode chunk = JSON.readTree(data);
                text.append(chunk.at("/choices/0/delta/content").asText(""));
                if (chunk.has("error")) {
                    end = "error event " + chunk.at("/error/code").asText();
                }
            }
        } catch (java.io.UncheckedIOException e) {
            end += end.equals("no end") ? ", connection broken" : "";
        }
        return "200, " + words(text.toString()) + " words from " + vendor(response) + ", " + end;
    }

    private static String vendor(HttpResponse<?> response) {
        return response.headers().firstValue("x-hyper-provider").orElse("?");
    }

    private static long words(String text) {
        return text.isBlank() ? 0 : text.strip().split("\\s+", -1).length;
    }
}
