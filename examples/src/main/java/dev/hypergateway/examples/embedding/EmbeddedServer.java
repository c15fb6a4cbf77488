package dev.hypergateway.examples.embedding;

import dev.hypergateway.Gateway;
import dev.hypergateway.server.GatewayServer;
import dev.hypergateway.testkit.VendorSandbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/** Runs the HTTP server inside a program and asks it as any OpenAI client would. */
public final class EmbeddedServer {
    private EmbeddedServer() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        try (VendorSandbox vendors = VendorSandbox.start()) {
            serve(vendors.settings());
        }
    }

    static void serve(Map<String, String> settings) throws IOException, InterruptedException {
        // docs: embedding
        try (Gateway gateway = Gateway.builder()
                        .settings(settings)
                        .environmentKey("xai", "my-key")
                        .build();
                GatewayServer server = GatewayServer.builder()
                        .gateway(gateway)
                        .gatewayKey("sk-for-my-clients")
                        .port(0)
                        .build()
                        .start()) {
            System.out.println("Serving at " + server.uri());
            ask(server.uri());
        }
        // end docs
    }

    private static void ask(URI server) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/v1/chat/completions"))
                .header("Authorization", "Bearer sk-for-my-clients")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"model\": \"x-ai/grok-4\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello?\"}]}"))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        System.out.println("HTTP " + response.statusCode() + " after "
                + response.headers().firstValue("x-hyper-attempts").orElse("no") + " attempt at "
                + response.headers().firstValue("x-hyper-provider").orElse("no vendor"));
        System.out.println(response.body());
    }
}
