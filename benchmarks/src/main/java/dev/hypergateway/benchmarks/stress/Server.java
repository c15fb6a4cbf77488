package dev.hypergateway.benchmarks.stress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hypergateway.benchmarks.process.Child;
import dev.hypergateway.benchmarks.process.GatewayJar;
import dev.hypergateway.benchmarks.process.Jdk;
import dev.hypergateway.benchmarks.process.ProcessTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The built server jar on a data folder that outlives it, so that it can be killed and started again. Thread-safe. */
final class Server implements AutoCloseable {
    static final String GATEWAY_KEY = "sk-stress-0123456789abcdef";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Child process;

    private Server(Child process) {
        this.process = process;
    }

    /**
     * Starts the jar and waits until it listens.
     *
     * @param folder where it works; its data is below
     * @param options for Java
     * @param settings environment variables
     */
    static Server start(Jdk jdk, Path folder, List<String> options, Map<String, String> settings) {
        List<String> command = new ArrayList<>(List.of(jdk.java()));
        command.addAll(options);
        command.addAll(GatewayJar.serve(folder));
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("HYPER_GATEWAY_KEY", GATEWAY_KEY);
        return new Server(Child.start(command, environment, folder));
    }

    URI address() {
        return process.address();
    }

    Child process() {
        return process;
    }

    ProcessTree tree() {
        return process.tree();
    }

    /** Stores a vendor key; returns its id. */
    String addKey(String provider, String key) {
        Answer answer = send(
                "POST",
                "/api/v1/provider-keys",
                Map.of(),
                JSON.createObjectNode()
                        .put("provider_name", provider)
                        .put("api_key", key)
                        .put("name", key)
                        .toString());
        return answer.require(201).json().get("id").asText();
    }

    /** The stored keys, oldest first. */
    List<JsonNode> keys() {
        List<JsonNode> keys = new ArrayList<>();
        send("GET", "/api/v1/provider-keys", Map.of(), "").require(200).json().forEach(keys::add);
        return keys;
    }

    /** The question of a client. */
    static String question(String model, boolean stream) {
        return JSON.createObjectNode()
                .put("model", model)
                .put("stream", stream)
                .set(
                        "messages",
                        JSON.createArrayNode()
                                .add(JSON.createObjectNode().put("role", "user").put("content", "[[words:20]]")))
                .toString();
    }

    /** Makes a call and reads its answer to the end. */
    Answer call(String model, boolean stream) {
        return call(model, stream, Map.of());
    }

    /** As {@link #call(String, boolean)}, with more headers. */
    Answer call(String model, boolean stream, Map<String, String> headers) {
        return send("POST", "/v1/chat/completions", headers, question(model, stream));
    }

    /** Sends a request and reads its answer to the end, or as far as it goes; status 0 when there was none. */
    Answer send(String method, String path, Map<String, String> headers, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(process.address() + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + GATEWAY_KEY)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        long begin = System.nanoTime();
        try {
            HttpResponse<InputStream> answer = http.send(request.build(), BodyHandlers.ofInputStream());
            Map<String, String> found = new HashMap<>();
            answer.headers().map().forEach((name, values) -> found.put(name, values.get(0)));
            return new Answer(
                    answer.statusCode(), found, read(answer.body()), Duration.ofNanos(System.nanoTime() - begin));
        } catch (IOException e) {
            return new Answer(0, Map.of(), e.toString(), Duration.ofNanos(System.nanoTime() - begin));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a request ran", e);
        }
    }

    /** What comes before the end, orderly or not. */
    private static String read(InputStream body) {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try (body) {
            body.transferTo(read);
        } catch (IOException e) {
            // The server has broken off, as it does with a stream that it cannot finish.
        }
        return read.toString(StandardCharsets.UTF_8);
    }

    /** Ends it as {@code kill -9} does. */
    void kill() {
        process.kill();
    }

    /** Ends it as an operator does; the folder stays. */
    @Override
    public void close() {
        process.stop(Duration.ofSeconds(20));
    }

    /**
     * What came back.
     *
     * @param status 0 when nothing came
     * @param took until the last byte
     */
    record Answer(int status, Map<String, String> headers, String body, Duration took) {
        Answer {
            headers = Map.copyOf(headers);
        }

        /** Whether it is a whole answer. */
        boolean good() {
            return status == 200 && body.contains("\"finish_reason\":\"stop\"");
        }

        int attempts() {
            return Integer.parseInt(headers.getOrDefault("x-hyper-attempts", "0"));
        }

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }

        Answer require(int wanted) {
            if (status != wanted) {
                throw new IllegalStateException("expected " + wanted + " and got " + status + ": " + body);
            }
            return this;
        }
    }
}
