package dev.hypergateway.benchmarks.stress;

import static dev.hypergateway.benchmarks.measure.Report.number;

import dev.hypergateway.benchmarks.process.Child;
import dev.hypergateway.benchmarks.process.Jdk;
import dev.hypergateway.testkit.VendorSandbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;

/** Very many calls that fail in all ways, in ten windows: whether memory, threads, files or the work for a call grow. */
final class FailingCalls {
    private static final int WINDOWS = 10;
    private static final int CLIENTS = 12;
    private static final int KEYS = 3;
    private static final double MOST_ROWS = 5;
    private static final double MOST_BYTES = 20;
    private static final double MEGABYTE = 1024.0 * 1024;

    private final Jdk jdk;
    private final int calls;
    private final int each;
    private final Findings findings;

    FailingCalls(Jdk jdk, int calls, Findings findings) {
        this.jdk = jdk;
        this.calls = calls;
        this.each = calls / WINDOWS;
        this.findings = findings;
    }

    /** A window: what the server used for it, and what it holds after it. */
    private record Window(double seconds, double cpuMicrosPerCall, Footprint after, int auditRows) {}

    void play() {
        findings.say(number(calls) + " calls that fail, a sixteenth in each of these ways: "
                + String.join("; ", FailingKind.titles()) + ". Three stored keys at each of three vendors, " + CLIENTS
                + " clients, -Xmx256m, " + jdk + ". Live: what is left after a full collection.");
        Path folder = Child.folder();
        List<Window> windows = new ArrayList<>();
        Map<String, Long> outcomes = new ConcurrentHashMap<>();
        try (VendorSandbox sandbox = VendorSandbox.start();
                Server server = Server.start(jdk, folder, List.of("-Xmx256m"), settings(sandbox))) {
            FailingKind.script(sandbox);
            for (String provider : List.of("google", "xai", "perplexity")) {
                for (int i = 1; i <= KEYS; i++) {
                    server.addKey(provider, provider + "-stored-key-" + i);
                }
            }
            findings.header(
                    "Calls",
                    "calls/s",
                    "CPU µs per call",
                    "live MB",
                    "RSS MB",
                    "threads",
                    "files and sockets",
                    "data MB",
                    "audit rows");
            for (int i = 0; i < WINDOWS; i++) {
                Window window = window(server, folder, outcomes);
                sandbox.gemini().forgetRequests();
                sandbox.xai().forgetRequests();
                sandbox.perplexity().forgetRequests();
                windows.add(window);
                row((i + 1L) * each, window);
            }
        } finally {
            Child.delete(folder);
        }
        findings.say("");
        findings.say("What the clients got: " + new TreeMap<>(outcomes) + ".");
        judge(windows, outcomes);
    }

    private void judge(List<Window> windows, Map<String, Long> outcomes) {
        Window second = windows.get(1);
        Window last = windows.get(WINDOWS - 1);
        findings.header("Last window to the second", "seen", "promised", "holds");
        growth("live memory", second, last, window -> window.after.liveBytes(), 1.1);
        growth("RSS", second, last, window -> window.after.residentBytes(), 1.25);
        growth("threads", second, last, window -> window.after.threads(), 1.2);
        growth("files and sockets", second, last, window -> window.after.descriptors(), 1.2);
        growth("CPU per call", second, last, Window::cpuMicrosPerCall, 1.2);
        findings.atMost(
                "audit rows per 1,000 calls since then: probes that fail, not calls",
                1000.0 * (last.auditRows - second.auditRows) / (each * (WINDOWS - 2.0)),
                MOST_ROWS,
                "");
        findings.atMost(
                "bytes on the disk for a call since then",
                (last.after.dataBytes() - second.after.dataBytes()) / (each * (WINDOWS - 2.0)),
                MOST_BYTES,
                "");
        long unexpected = outcomes.entrySet().stream()
                .filter(outcome -> outcome.getKey().startsWith("unexpected"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        findings.exactly("calls that did not fail as they should", unexpected, 0);
    }

    private void growth(String what, Window second, Window last, ToDoubleFunction<Window> figure, double most) {
        findings.atMost(what, figure.applyAsDouble(last) / figure.applyAsDouble(second), most, "×");
    }

    private void row(long made, Window window) {
        findings.row(
                number(made),
                number(each / window.seconds),
                number(window.cpuMicrosPerCall),
                number(window.after.liveBytes() / MEGABYTE),
                number(window.after.residentBytes() / MEGABYTE),
                number(window.after.threads()),
                number(window.after.descriptors()),
                number(window.after.dataBytes() / MEGABYTE),
                number(window.auditRows));
    }

    private Window window(Server server, Path folder, Map<String, Long> outcomes) {
        long cpu = server.tree().cpuNanos();
        long begin = System.nanoTime();
        AtomicLong next = new AtomicLong();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Thread client = new Thread(() -> {
                for (long call = next.getAndIncrement(); call < each; call = next.getAndIncrement()) {
                    FailingKind kind = FailingKind.ALL.get((int) (call % FailingKind.ALL.size()));
                    outcomes.merge(kind.make(server), 1L, Long::sum);
                }
            });
            client.start();
            clients.add(client);
        }
        try {
            for (Thread client : clients) {
                client.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        double seconds = Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1e3;
        double perCall = (server.tree().cpuNanos() - cpu) / 1e3 / each;
        Footprint after = Footprint.of(server, jdk, folder);
        return new Window(seconds, perCall, after, AuditView.of(folder).rows().size());
    }

    private static Map<String, String> settings(VendorSandbox sandbox) {
        Map<String, String> settings = new HashMap<>(sandbox.settings());
        settings.put("HYPER_ROUTES", "both = x-ai/grok-3, google/gemini-2.5-pro");
        return settings;
    }
}
