package dev.hypergateway.benchmarks.failover;

import dev.hypergateway.benchmarks.measure.Report;
import dev.hypergateway.benchmarks.process.Child;
import dev.hypergateway.benchmarks.process.GatewayJar;
import dev.hypergateway.benchmarks.process.Jdk;
import dev.hypergateway.testkit.VendorSandbox;
import dev.hypergateway.testkit.VendorServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Plays every {@link Scenario} against the built server jar: with one key and with three, with and without a second vendor on the
 * route, streamed and not. Prints a Markdown table of what the client got, how many requests each vendor saw and how long it
 * took.
 *
 * <p>Then plays a {@link FlappingVendor}, of which there is a table of its own.
 *
 * <p>Arguments: {@code --write FILE} puts the tables between the markers of that file; names of scenarios, and {@code flapping},
 * restrict the run.
 */
public final class FailoverTable {
    private static final String FLAPPING = "flapping";

    /** Names of routes. */
    static final String ALONE = "alone";

    static final String WITH_FALLBACK = "with-fallback";

    private FailoverTable() {}

    /** Runs from the root of the repository, after {@code mvn package}. */
    public static void main(String[] arguments) throws InterruptedException {
        List<String> names = new ArrayList<>(List.of(arguments));
        @Nullable Path target = null;
        int write = names.indexOf("--write");
        if (write >= 0) {
            target = Path.of(names.get(write + 1));
            names.subList(write, write + 2).clear();
        }
        boolean all = names.isEmpty();
        boolean flapping = names.remove(FLAPPING) || all;
        List<Scenario> scenarios = all
                ? Arrays.asList(Scenario.values())
                : names.stream().map(Scenario::named).toList();
        if (!scenarios.isEmpty()) {
            write(target, "failover table", table(scenarios));
        }
        if (flapping) {
            String table = FlappingVendor.table();
            System.out.print(table);
            write(target, "flapping table", table);
        }
    }

    private static String table(List<Scenario> scenarios) throws InterruptedException {
        StringBuilder table = new StringBuilder("""
                | Vendor fails with | Keys | Fallback | Stream | Client got | Requests at first / second vendor | Time |
                |---|---|---|---|---|---|---|
                """);
        System.out.print(table);
        for (Scenario scenario : scenarios) {
            for (int keys : new int[] {1, 3}) {
                for (boolean fallback : scenario.aboutFallback() ? new boolean[] {true} : new boolean[] {false, true}) {
                    for (boolean stream : scenario.streamOnly() ? new boolean[] {true} : new boolean[] {false, true}) {
                        String row = row(scenario, keys, fallback, stream);
                        System.out.print(row);
                        table.append(row);
                    }
                }
            }
        }
        return table.toString();
    }

    private static void write(@Nullable Path page, String name, String table) {
        if (page != null) {
            Report.replace(page, name, table);
        }
    }

    private static String row(Scenario scenario, int keyCount, boolean fallback, boolean stream)
            throws InterruptedException {
        List<String> keys = keys(keyCount);
        try (VendorSandbox sandbox = VendorSandbox.start()) {
            VendorServer first = scenario.grokFirst() ? sandbox.xai() : sandbox.gemini();
            VendorServer second = scenario.grokFirst() ? sandbox.gemini() : sandbox.xai();
            scenario.play(first, keys);
            scenario.prepare(second);
            Map<String, String> environment = environment(sandbox, scenario.grokFirst(), scenario.gemini(), keys);
            environment.putAll(scenario.settings());
            try (Child server = server(environment)) {
                ClientCall.Result result =
                        new ClientCall().make(server.address(), fallback ? WITH_FALLBACK : ALONE, stream);
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

    /** The built server jar, with a data folder of its own. */
    static Child server(Map<String, String> environment) {
        Path folder = Child.folder();
        List<String> command =
                new ArrayList<>(List.of(Jdk.running().java(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(GatewayJar.serve(folder));
        Map<String, String> all = new HashMap<>(environment);
        all.put("HYPER_GATEWAY_KEY", ClientCall.GATEWAY_KEY);
        return Child.start(command, all, folder);
    }

    /** Keys of the first vendor. */
    static List<String> keys(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> "first-vendor-key-number-" + number)
                .toList();
    }

    /** Settings with the first vendor on the route {@link #ALONE}, and with the other one behind it on {@link #WITH_FALLBACK}. */
    static Map<String, String> environment(VendorSandbox sandbox, boolean grokFirst, String gemini, List<String> keys) {
        Map<String, String> environment = new HashMap<>(sandbox.settings());
        String grok = "x-ai/grok-3";
        String first = grokFirst ? grok : gemini;
        String second = grokFirst ? gemini : grok;
        environment.put("HYPER_ROUTES", ALONE + " = " + first + "; " + WITH_FALLBACK + " = " + first + ", " + second);
        environment.put(grokFirst ? "XAI_API_KEY" : "GOOGLE_AI_STUDIO_API_KEY", String.join(",", keys));
        environment.put(grokFirst ? "GOOGLE_AI_STUDIO_API_KEY" : "XAI_API_KEY", "second-vendor-key-number-1");
        // Requests for lists of models would count as well.
        environment.put("HYPER_MODEL_REFRESH", "off");
        environment.put("HYPER_HEADERS_TIMEOUT", "5s");
        environment.put("HYPER_FIRST_TOKEN_TIMEOUT", "5s");
        environment.put("HYPER_IDLE_TIMEOUT", "5s");
        environment.put("HYPER_ATTEMPT_TIMEOUT", "10s");
        environment.put("HYPER_CALL_DEADLINE", "30s");
        return environment;
    }
}
