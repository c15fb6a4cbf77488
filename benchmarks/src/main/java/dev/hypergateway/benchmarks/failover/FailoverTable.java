package dev.hypergateway.benchmarks.failover;

import dev.hypergateway.testkit.VendorSandbox;
import dev.hypergateway.testkit.VendorServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Plays every {@link Scenario} against the built server jar: with one key and with three, with and without a second vendor on the
 * route, streamed and not. Prints a Markdown table of what the client got, how many requests each vendor saw and how long it
 * took.
 *
 * <p>Arguments: {@code --write FILE} puts the table between the markers of that file; names of scenarios restrict the run.
 */
public final class FailoverTable {
    private static final String BEGIN = "<!-- failover table: begin -->";
    private static final String END = "<!-- failover table: end -->";
    private static final Path JAR = Path.of("gateway-http-server", "target", "hyper-gateway.jar");

    private FailoverTable() {}

    /** Runs from the root of the repository, after {@code mvn package}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> names = new ArrayList<>(List.of(arguments));
        Path target = null;
        int write = names.indexOf("--write");
        if (write >= 0) {
            target = Path.of(names.get(write + 1));
            names.subList(write, write + 2).clear();
        }
        List<Scenario> scenarios = names.isEmpty()
                ? Arrays.asList(Scenario.values())
                : names.stream().map(Scenario::named).toList();
        StringBuilder table = new StringBuilder("""
                | Vendor fails with | Keys | Fallback | Stream | Client got | Requests at first / second vendor | Time |
                |---|---|---|---|---|---|---|
                """);
        System.out.print(table);
        for (Scenario scenario : scenarios) {
            for (int keys : new int[] {1, 3}) {
                for (boolean fallback : new boolean[] {false, true}) {
                    for (boolean stream : scenario.streamOnly() ? new boolean[] {true} : new boolean[] {false, true}) {
                        String row = row(scenario, keys, fallback, stream);
                        System.out.print(row);
                        table.append(row);
                    }
                }
            }
        }
        if (target != null) {
            String page = Files.readString(target);
            int from = page.indexOf(BEGIN) + BEGIN.length();
            Files.writeString(target, page.substring(0, from) + "\n" + table + page.substring(page.indexOf(END)));
        }
    }

    private static String row(Scenario scenario, int keyCount, boolean fallback, boolean stream)
            throws InterruptedException {
        // Gemini's streams have no [DONE] that could be missing.
        boolean grokFirst = scenario == Scenario.NO_DONE;
        List<String> keys = new ArrayList<>();
        for (int i = 1; i <= keyCount; i++) {
            keys.add("first-vendor-key-number-" + i);
        }
        try (VendorSandbox sandbox = VendorSandbox.start()) {
            VendorServer first = grokFirst ? sandbox.xai() : sandbox.gemini();
            VendorServer second = grokFirst ? sandbox.gemini() : sandbox.xai();
            scenario.play(first, keys);
            try (ServerProcess server = ServerProcess.start(JAR, environment(sandbox, grokFirst, keys))) {
                ClientCall.Result result =
                        new ClientCall().make(server.address(), fallback ? "with-fallback" : "alone", stream);
                return "| %s | %d | %s | %s | %s | %d / %d | %.1f s |%n"
                        .formatted(
                                scenario.title(),
                                keyCount,
                                fallback ? "yes" : "no",
                                stream ? "yes" : "no",
                                result.outcome(),
                                first.requests().size(),
                                second.requests().size(),
                                result.millis() / 1000.0);
            }
        }
    }

    private static Map<String, String> environment(VendorSandbox sandbox, boolean grokFirst, List<String> keys) {
        Map<String, String> environment = new HashMap<>(sandbox.settings());
        String first = grokFirst ? "x-ai/grok-3" : "google/gemini-2.5-flash";
        String second = grokFirst ? "google/gemini-2.5-flash" : "x-ai/grok-3";
        environment.put("HYPER_ROUTES", "alone = " + first + "; with-fallback = " + first + ", " + second);
        environment.put(grokFirst ? "XAI_API_KEY" : "GOOGLE_AI_STUDIO_API_KEY", String.join(",", keys));
        environment.put(grokFirst ? "GOOGLE_AI_STUDIO_API_KEY" : "XAI_API_KEY", "second-vendor-key-number-1");
        environment.put("HYPER_HEADERS_TIMEOUT", "5s");
        environment.put("HYPER_FIRST_TOKEN_TIMEOUT", "5s");
        environment.put("HYPER_IDLE_TIMEOUT", "5s");
        environment.put("HYPER_ATTEMPT_TIMEOUT", "10s");
        environment.put("HYPER_CALL_DEADLINE", "30s");
        return environment;
    }
}
