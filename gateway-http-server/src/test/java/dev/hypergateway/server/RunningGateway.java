package dev.hypergateway.server;

import dev.hypergateway.Gateway;
import dev.hypergateway.audit.InMemoryAuditLog;
import dev.hypergateway.failover.FailoverPolicy;
import dev.hypergateway.key.InMemoryKeyStore;
import dev.hypergateway.key.KeyStore;
import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.Owner;
import dev.hypergateway.key.ProviderKey;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.testkit.VendorSandbox;
import dev.hypergateway.testkit.VendorServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A server over a gateway over sandbox vendors, and a client for it. */
final class RunningGateway implements AutoCloseable {
    static final String KEY = "sk-test-4711-4711-4711";

    final VendorSandbox sandbox = VendorSandbox.start();
    final InMemoryAuditLog auditLog = new InMemoryAuditLog();
    final Gateway gateway;
    final GatewayServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    RunningGateway() {
        this(Map.of(), new InMemoryKeyStore(), builder -> builder);
    }

    RunningGateway(UnaryOperator<GatewayServer.Builder> settings) {
        this(Map.of(), new InMemoryKeyStore(), settings);
    }

    RunningGateway(Map<String, String> environment, KeyStore store, UnaryOperator<GatewayServer.Builder> settings) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(sandbox.settings());
        gateway = Gateway.builder()
                .settings(all)
                .keyStore(store)
                .policy(FailoverPolicy.builder()
                        .backoff(Duration.ofMillis(5), Duration.ofMillis(10))
                        .build())
                .auditListener(auditLog)
                .build();
        GatewayServer.Builder builder = GatewayServer.builder()
                .gateway(gateway)
                .gatewayKey(KEY)
                .auditLog(auditLog)
                .shutdownGrace(Duration.ofSeconds(1))
                .port(0);
        server = settings.apply(builder).build().start();
    }

    /** Stores a key at the gateway. */
    ProviderKey store(String provider, String secret) {
        return gateway.keys().add(Owner.LOCAL, new NewProviderKey(provider, Secret.of(secret), "name of " + secret));
    }

    /** The stand-in of a provider's vendor. */
    VendorServer vendor(String provider) {
        return switch (provider) {
            case "google" -> sandbox.gemini();
            case "xai" -> sandbox.xai();
            case "gigachat" -> sandbox.gigachat();
            case "perplexity" -> sandbox.perplexity();
            default -> throw new IllegalArgumentException(provider);
        };
    }

    /** Id of the selected key of a provider. */
    String selected(String provider) {
        return gateway.keys().list(Owner.LOCAL).stream()
                .filter(status ->
                        status.key().provider().equals(provider) && status.key().selected())
                .map(status -> status.key().id())
                .findFirst()
                .orElse("none");
    }

    /** An authenticated request. */
    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(server.uri().resolve(path)).header("Authorization", "Bearer " + KEY);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<InputStream> open(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofInputStream());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(to(path));
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(to(path).POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> chat(String model, String prompt) throws IOException, InterruptedException {
        return post("/v1/chat/completions", body(model, prompt, false));
    }

    HttpRequest.Builder streamRequest(String model, String prompt) {
        return to("/v1/chat/completions").POST(BodyPublishers.ofString(body(model, prompt, true)));
    }

    static String body(String model, String prompt, boolean stream) {
        return "{\"model\":\"" + model + "\",\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":\""
                + prompt + "\"}]}";
    }

    @Override
    public void close() {
        server.close();
        gateway.close();
        sandbox.close();
    }
}
