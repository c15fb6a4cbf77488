package dev.hypergateway.benchmarks.measure;

import dev.hypergateway.benchmarks.measure.Contestant.Kind;
import dev.hypergateway.benchmarks.process.Child;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Another server in between, started by a command of the user's:
 *
 * <ul>
 *   <li>{@code COMMAND serve PORT UPSTREAM} serves {@code POST /v1/chat/completions} on that loopback port, in the foreground, and
 *       sends the calls to {@code UPSTREAM}, the vendor's full address ({@code http://127.0.0.1:…/openai/v1/chat/completions});
 *   <li>{@code COMMAND headers UPSTREAM} prints the header fields that calls need, {@code name: value}, one a line.
 * </ul>
 */
final class Other implements AutoCloseable {
    private final Child process;
    private final Contestant contestant;

    private Other(Child process, Contestant contestant) {
        this.process = process;
        this.contestant = contestant;
    }

    static Other start(Path command, URI upstream) {
        String program = command.toAbsolutePath().toString();
        Map<String, String> headers = headers(program, upstream);
        int port = freePort();
        Child child = Child.start(
                List.of(program, "serve", Integer.toString(port), upstream.toString()), Map.of(), Child.folder(), port);
        return new Other(
                child,
                new Contestant(
                        String.valueOf(command.getFileName()),
                        Kind.OTHER,
                        child.address().resolve("/v1/chat/completions"),
                        headers,
                        "grok-4",
                        child));
    }

    Contestant contestant() {
        return contestant;
    }

    @Override
    public void close() {
        process.close();
    }

    private static Map<String, String> headers(String program, URI upstream) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Authorization", "Bearer other");
        try {
            Process process = new ProcessBuilder(program, "headers", upstream.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(program + " headers has failed");
            }
            printed.lines().filter(line -> line.contains(":")).forEach(line -> {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip());
            });
            return headers;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
