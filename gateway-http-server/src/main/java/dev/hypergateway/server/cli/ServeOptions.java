package dev.hypergateway.server.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How to serve. */
final class ServeOptions {
    private static final String PORT = "HYPER_PORT";
    private static final String HOST = "HYPER_HOST";
    private static final String CORS = "HYPER_CORS_ORIGINS";

    @Mixin
    private final DataOptions data = new DataOptions();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port to listen on (HYPER_PORT, else 6161); 0 for a free one.")
    private @Nullable String port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Address to listen on (HYPER_HOST, else 127.0.0.1); 0.0.0.0 for all.")
    private @Nullable String host;

    @Option(
            names = "--cors-origin",
            paramLabel = "ORIGIN",
            split = ",",
            description = "Web origins whose pages may call (HYPER_CORS_ORIGINS, else none); * for all.")
    private @Nullable List<String> corsOrigins;

    Map<String, String> settings() {
        Map<String, String> settings = data.settings();
        put(settings, PORT, port);
        put(settings, HOST, host);
        put(settings, CORS, corsOrigins == null ? null : String.join(",", corsOrigins));
        return settings;
    }

    private static void put(Map<String, String> settings, String name, @Nullable String value) {
        if (value != null) {
            settings.put(name, value);
        }
    }

    static int port(Map<String, String> settings) {
        String text = settings.getOrDefault(PORT, "").strip();
        try {
            int port = text.isEmpty() ? 6161 : Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Falls through to the same complaint.
        }
        throw new IllegalArgumentException(
                "the port (--port or " + PORT + ") must be a number from 0 to 65535, was \"" + text + "\"");
    }

    static String host(Map<String, String> settings) {
        String host = settings.getOrDefault(HOST, "").strip();
        return host.isEmpty() ? "127.0.0.1" : host;
    }

    static List<String> corsOrigins(Map<String, String> settings) {
        return List.of(settings.getOrDefault(CORS, "").split(",")).stream()
                .map(String::strip)
                .filter(origin -> !origin.isEmpty())
                .toList();
    }
}
