package dev.hypergateway.transport;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** A program of its own: whether a tunnel gets its credentials is decided once in the life of a JVM. */
final class TunnelProbe {
    private TunnelProbe() {}

    /** Arguments: port of the proxy, user and password, key store. Prints the status and body, or the exception's message. */
    public static void main(String[] args) throws Exception {
        String proxy = "http://" + args[1] + "@127.0.0.1:" + args[0];
        try (UpstreamClient client = UpstreamClient.builder()
                .proxy(ProxySettings.fromEnvironment(Map.of("HTTPS_PROXY", proxy)))
                .sslContext(Tls.load(Path.of(args[2])))
                .build()) {
            UpstreamResponse response = client.send(
                    UpstreamRequest.get(URI.create("https://vendor.test/"), Map.of()), AttemptControl.withDefaults());
            System.out.println(response.status() + " " + new String(response.body(), StandardCharsets.UTF_8));
        } catch (TransportException e) {
            System.out.println(e.reason() + " " + e.getMessage());
        }
    }
}
