package dev.hypergateway.benchmarks.failover;

import dev.hypergateway.benchmarks.process.Child;
import dev.hypergateway.testkit.Reply;
import dev.hypergateway.testkit.VendorSandbox;
import dev.hypergateway.testkit.VendorServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The first vendor resets every connection for a minute and is healthy then, while a client calls the built server twice a second,
 * streamed and not in turn, until that vendor answers again. All ways at the same time, each with a server and vendors of its own.
 */
final class FlappingVendor {
    private static final Duration OUTAGE = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN_CALLS = Duration.ofMillis(500);
    private static final String GEMINI = "google/gemini-2.5-flash";

    private final int keyCount;
    private final boolean fallback;

    private FlappingVendor(int keyCount, boolean fallback) {
        this.keyCount = keyCount;
        this.fallback = fallback;
    }

    /** Takes a minute and a half. */
    static String table() throws InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<String>> rows = new ArrayList<>();
            for (int keys : new int[] {1, 3}) {
                for (boolean fallback : new boolean[] {false, true}) {
                    FlappingVendor way = new FlappingVendor(keys, fallback);
                    rows.add(threads.submit(way::row));
                }
            }
            StringBuilder table = new StringBuilder("""
                    | Keys | Fallback | Clients got while it was down | Slowest answer | Requests at first / second vendor meanwhile | First vendor answers again |
                    |---|---|---|---|---|---|
                    """);
            for (Future<String> row : rows) {
                table.append(row.get());
            }
            return table.toString();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a vendor could not be played", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private String row() throws InterruptedException {
        List<String> keys = FailoverTable.keys(keyCount);
        try (VendorSandbox sandbox = VendorSandbox.start()) {
            VendorServer first = sandbox.gemini();
            Scenario.always(first, keys, Reply.resetBeforeHeaders());
            Map<String, String> environment = FailoverTable.environment(sandbox, false, GEMINI, keys);
            try (Child server = FailoverTable.server(environment)) {
                Client client = new Client(server, fallback ? FailoverTable.WITH_FALLBACK : FailoverTable.ALONE);
                client.callUntil(System.nanoTime() + OUTAGE.toNanos(), false);
                String requests = first.requests().size() + " / "
                        + sandbox.xai().requests().size();
                String got = client.got();
                long slowest = client.slowestMillis;
                Scenario.always(first, keys, Reply.ok());
                long back = System.nanoTime();
                boolean again = client.callUntil(back + PATIENCE.toNanos(), true);
                return "| %d | %s | %s | %.1f s | %s | %s |%n"
                        .formatted(
                                keyCount,
                                fallback ? "yes" : "no",
                                got,
                                slowest / 1000.0,
                                requests,
                                again
                                        ? "%.1f s after its return".formatted((System.nanoTime() - back) / 1e9)
                                        : "not within a minute");
            }
        }
    }

    /** Calls and keeps count of what came of it. */
    private static final class Client {
        private final ClientCall call = new ClientCall();
        private final Map<String, Integer> outcomes = new TreeMap<>();
        private final Child server;
        private final String model;
        private long slowestMillis;
        private int calls;

        Client(Child server, String model) {
            this.server = server;
            this.model = model;
        }

        /**
         * @param untilFirstVendor whether an answer of the first vendor is the end
         * @return whether the first vendor has answered
         */
        boolean callUntil(long end, boolean untilFirstVendor) throws InterruptedException {
            boolean answered = false;
            for (long next = System.nanoTime();
                    next < end && !(untilFirstVendor && answered);
                    next += BETWEEN_CALLS.toNanos()) {
                TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
                ClientCall.Result result = call.make(server.address(), model, calls++ % 2 == 1);
                slowestMillis = Math.max(slowestMillis, result.millis());
                // Each stream ends with [DONE], and each refusal says in how many seconds to come back.
                outcomes.merge(result.outcome().replaceAll(", (\\[DONE]|Retry-After \\d+)$", ""), 1, Integer::sum);
                answered |= result.outcome().startsWith("200, 60 words from google");
            }
            return answered;
        }

        String got() {
            return outcomes.entrySet().stream()
                    .map(outcome -> outcome.getValue() + " × " + outcome.getKey())
                    .collect(Collectors.joining("; "));
        }
    }
}
