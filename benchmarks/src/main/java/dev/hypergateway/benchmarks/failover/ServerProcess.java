package dev.hypergateway.benchmarks.failover;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The built server jar, running in a process and a data folder of its own. */
final class ServerProcess implements AutoCloseable {
    static final String GATEWAY_KEY = "sk-failover-table-0123456789abcdef";

    private static final Pattern LISTENS = Pattern.compile("listens on (http://\\S+)");

    private final Process process;
    private final Path folder;
    private final URI address;

    private ServerProcess(Process process, Path folder, URI address) {
        this.process = process;
        this.folder = folder;
        this.address = address;
    }

    /** Starts the jar on a free port and waits until it listens. */
    static ServerProcess start(Path jar, Map<String, String> environment) {
        try {
            Path folder = Files.createTempDirectory("hyper-gateway-table");
            ProcessBuilder builder = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-jar",
                    jar.toAbsolutePath().toString(),
                    "serve",
                    "--port",
                    "0",
                    "--data-dir",
                    folder.resolve("data").toString());
            builder.directory(folder.toFile()).redirectErrorStream(true);
            builder.environment().putAll(environment);
            builder.environment().put("HYPER_GATEWAY_KEY", GATEWAY_KEY);
            Process process = builder.start();
            BufferedReader output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            StringBuilder said = new StringBuilder();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                said.append(line).append('\n');
                Matcher matcher = LISTENS.matcher(line);
                if (matcher.find()) {
                    drain(output);
                    return new ServerProcess(process, folder, URI.create(matcher.group(1)));
                }
            }
            throw new IllegalStateException("the server did not start:\n" + said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        return address;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void drain(BufferedReader output) {
        Thread reader = new Thread(
                () -> {
                    try {
                        while (output.readLine() != null) {
                            // What the server logs is not part of the table.
                        }
                    } catch (IOException e) {
                        // The process has ended.
                    }
                },
                "server-output");
        reader.setDaemon(true);
        reader.start();
    }
}
