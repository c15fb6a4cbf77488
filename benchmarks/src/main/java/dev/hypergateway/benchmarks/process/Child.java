package dev.hypergateway.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server in a process and a working folder of its own, which are gone when it is closed. */
public final class Child implements AutoCloseable {
    private static final Pattern LISTENS = Pattern.compile("listens on (http://\\S+)");
    private static final int LINES_KEPT = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path folder;
    private final Deque<String> said = new ArrayDeque<>();
    private final URI address;

    private Child(Process process, Path folder, int port) throws IOException {
        this.process = process;
        this.folder = folder;
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        URI announced = port == 0 ? announced(output) : URI.create("http://127.0.0.1:" + port);
        Thread reader = new Thread(() -> drain(output), "output of " + process.pid());
        reader.setDaemon(true);
        reader.start();
        if (port != 0) {
            awaitPort(port);
        }
        this.address = announced;
    }

    /** Starts a server that says where it {@code listens on}, and waits until it does. */
    public static Child start(List<String> command, Map<String, String> environment, Path folder) {
        return start(command, environment, folder, 0);
    }

    /** Starts a server and waits until something accepts connections on the port. */
    public static Child start(List<String> command, Map<String, String> environment, Path folder, int port) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            try {
                return new Child(process, folder, port);
            } catch (IOException | RuntimeException e) {
                process.destroyForcibly();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An empty folder to work in. */
    public static Path folder() {
        try {
            return Files.createTempDirectory("hyper-gateway-benchmark");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens. */
    public URI address() {
        return address;
    }

    public long pid() {
        return process.pid();
    }

    public ProcessTree tree() {
        return new ProcessTree(process.toHandle());
    }

    public Path workingFolder() {
        return folder;
    }

    /** The last lines that it has printed. */
    public List<String> said() {
        synchronized (said) {
            return List.copyOf(said);
        }
    }

    /**
     * Ends the process; the folder stays.
     *
     * @param patience how long it may take to end by itself
     */
    public void stop(Duration patience) {
        List<ProcessHandle> descendants = process.descendants().toList();
        // Not Process.destroy, which closes the pipes: a JVM that then writes its AOT cache dies of what it wants to
        // say.
        process.toHandle().destroy();
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
            descendants.forEach(ProcessHandle::destroyForcibly);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the process at once, as {@code kill -9} does; the folder stays. */
    public void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop(Duration.ofSeconds(10));
        delete(folder);
    }

    /** Deletes a folder and what is in it. */
    public static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private URI announced(BufferedReader output) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            keep(line);
            Matcher matcher = LISTENS.matcher(line);
            if (matcher.find()) {
                return URI.create(matcher.group(1));
            }
        }
        throw new IllegalStateException("the server did not start:\n" + String.join("\n", said()));
    }

    private void awaitPort(int port) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return;
            } catch (IOException e) {
                pause();
            }
        }
        throw new IllegalStateException("nothing listens on port " + port + " after " + PATIENCE.toSeconds() + " s:\n"
                + String.join("\n", said()));
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a server started", e);
        }
    }

    private void drain(BufferedReader output) {
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                keep(line);
            }
        } catch (IOException e) {
            // The process has ended.
        }
    }

    private void keep(String line) {
        synchronized (said) {
            said.add(line);
            if (said.size() > LINES_KEPT) {
                said.remove();
            }
        }
    }
}
