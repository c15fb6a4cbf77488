package dev.hypergateway.benchmarks.measure;

import dev.hypergateway.benchmarks.process.Child;
import dev.hypergateway.benchmarks.process.Jdk;
import dev.hypergateway.benchmarks.upstream.Behaviour;
import dev.hypergateway.benchmarks.upstream.Upstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;

/** The process of the {@link Upstream}. */
public final class Vendors implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Child process;

    private Vendors(Child process) {
        this.process = process;
    }

    /** Starts the vendors. */
    public static Vendors start(Jdk jdk) {
        return new Vendors(Child.start(Field.java(jdk, Upstream.class), Map.of(), Child.folder()));
    }

    /** Where the vendor with OpenAI's own form lives. */
    URI openAi() {
        return process.address().resolve("/openai/v1/chat/completions");
    }

    /** The base address of the vendor with OpenAI's own form. */
    String openAiBase() {
        return process.address() + "/openai/v1";
    }

    /** The settings that point a gateway here. */
    public Map<String, String> settings() {
        String base = process.address().toString();
        return Map.of(
                "XAI_API_BASE_URL", openAiBase(),
                "PERPLEXITY_API_BASE_URL", base + "/perplexity",
                "GEMINI_API_BASE_URL", base + "/gemini/v1beta",
                "GIGACHAT_CHAT_URL", base + "/gigachat/api/v1",
                "GIGACHAT_TOKEN_URL", base + "/gigachat/oauth",
                "GIGACHAT_MAX_CONCURRENCY", "5000");
    }

    /** Changes how they behave. */
    public void behave(Behaviour behaviour) {
        get("/control?" + behaviour.query());
    }

    /** What the vendors have seen since the last time. */
    Map<String, Long> tally() {
        Map<String, Long> values = new HashMap<>();
        get("/stats").lines().forEach(line -> {
            int equals = line.indexOf('=');
            values.put(line.substring(0, equals), Long.parseLong(line.substring(equals + 1)));
        });
        return values;
    }

    private String get(String path) {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create(process.address() + path))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
