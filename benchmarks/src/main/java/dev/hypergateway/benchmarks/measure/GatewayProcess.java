package dev.hypergateway.benchmarks.measure;

import dev.hypergateway.benchmarks.measure.Contestant.Kind;
import dev.hypergateway.benchmarks.process.Child;
import dev.hypergateway.benchmarks.process.GatewayJar;
import dev.hypergateway.benchmarks.process.Jdk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The gateway's own jar as an operator runs it: a data folder with an H2 file, the gateway key that the first start prints, one
 * stored key for each vendor, and nothing switched off.
 */
final class GatewayProcess implements AutoCloseable {
    private static final Pattern GATEWAY_KEY = Pattern.compile("Gateway key, .*: (sk-\\S+)");
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    /** The models that are asked for, by provider; the one of OpenAI's dialect comes first. */
    private static final Map<String, String> MODELS = models();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Child process;
    private final String gatewayKey;

    private GatewayProcess(Child process) {
        this.process = process;
        this.gatewayKey = process.said().stream()
                .map(GATEWAY_KEY::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .findFirst()
                .orElse("");
    }

    /**
     * Starts the jar.
     *
     * @param options for Java
     */
    static GatewayProcess start(Jdk jdk, List<String> options, Vendors vendors) {
        Path folder = Child.folder();
        List<String> command = new ArrayList<>(List.of(jdk.java(), "-Xmx512m", "-Xlog:gc:file=gc.log"));
        command.addAll(options);
        command.addAll(GatewayJar.serve(folder));
        GatewayProcess started = new GatewayProcess(Child.start(command, environment(vendors), folder));
        MODELS.keySet().forEach(provider -> started.addKey(provider, provider + "-key-of-the-benchmark-0001"));
        return started;
    }

    static Map<String, String> environment(Vendors vendors) {
        return new LinkedHashMap<>(vendors.settings());
    }

    /** One contestant for each vendor. */
    List<Contestant> contestants() {
        List<Contestant> all = new ArrayList<>();
        MODELS.forEach((provider, model) -> all.add(new Contestant(
                "gateway → " + provider,
                Kind.GATEWAY,
                process.address().resolve("/v1/chat/completions"),
                Map.of("Authorization", "Bearer " + gatewayKey),
                model,
                process)));
        return all;
    }

    Child process() {
        return process;
    }

    String gatewayKey() {
        return gatewayKey;
    }

    /** Stores a vendor key and returns its id. */
    String addKey(String provider, String key) {
        String answer = admin(
                "POST",
                "/api/v1/provider-keys",
                "{\"provider_name\":\"" + provider + "\",\"api_key\":\"" + key + "\",\"name\":\"" + key + "\"}");
        Matcher id = ID.matcher(answer.replace(" ", ""));
        if (!id.find()) {
            throw new IllegalStateException("no id in " + answer);
        }
        return id.group(1);
    }

    /** Makes a key the selected one, and good again. */
    void select(String id) {
        admin("POST", "/api/v1/provider-keys/" + id + "/revive", "{}");
        admin("PATCH", "/api/v1/provider-keys/" + id, "{\"is_selected\":true}");
    }

    private String admin(String method, String path, String body) {
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(process.address() + path))
                            .header("Authorization", "Bearer " + gatewayKey)
                            .header("Content-Type", "application/json")
                            .method(method, BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
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

    private static Map<String, String> models() {
        Map<String, String> models = new LinkedHashMap<>();
        models.put("xai", "x-ai/grok-4");
        models.put("perplexity", "perplexity/sonar-pro");
        models.put("gigachat", "sber/GigaChat-2-Max");
        models.put("google", "google/gemini-2.5-flash");
        return models;
    }
}
