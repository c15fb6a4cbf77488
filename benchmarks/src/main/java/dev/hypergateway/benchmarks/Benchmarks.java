package dev.hypergateway.benchmarks;

import dev.hypergateway.benchmarks.failover.FailoverTable;
import dev.hypergateway.benchmarks.measure.Plan;
import dev.hypergateway.benchmarks.measure.Profile;
import dev.hypergateway.benchmarks.measure.Report;
import dev.hypergateway.benchmarks.measure.Soak;
import dev.hypergateway.benchmarks.measure.Suite;
import dev.hypergateway.benchmarks.measure.Vendors;
import dev.hypergateway.benchmarks.process.Jdk;
import dev.hypergateway.benchmarks.stress.Stress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures the gateway. Runs from the root of the repository, after {@code mvn package}. */
@Command(
        name = "benchmarks",
        mixinStandardHelpOptions = true,
        description = "Measures what it costs to have the gateway in the middle. Only loopback traffic.")
public final class Benchmarks {
    private static final Map<String, Part> PARTS = parts();

    private Benchmarks() {}

    /** Runs a command and ends the process. */
    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Benchmarks()).setUsageHelpWidth(110);
        // Its arguments are its own.
        Objects.requireNonNull(line.getSubcommands().get("failover-table"))
                .setUnmatchedOptionsArePositionalParams(true);
        System.exit(line.execute(arguments));
    }

    /** {@code all}, or a part of it. */
    @Command(
            description =
                    "Runs everything but the soak, or the parts that are named: pieces, program, load (or of it: small, large,"
                            + " streams, allocation, failover, crowd), scale, storage, start.")
    int run(
            @Parameters(description = "parts; all unless given", arity = "0..*") @Nullable List<String> names,
            @Mixin Options options) {
        Set<String> known = new LinkedHashSet<>(PARTS.keySet());
        known.add("load");
        List<String> wanted = names == null || names.isEmpty() ? List.copyOf(known) : names;
        known.addAll(Suite.loads());
        if (!known.containsAll(wanted)) {
            throw new IllegalArgumentException("the parts are " + known + ", asked for was " + wanted);
        }
        Report report = new Report("measured");
        report.say(options.conditions());
        try (Vendors vendors = Vendors.start(Jdk.running())) {
            Suite suite = new Suite(options.plan(), report, vendors, options.others());
            for (Jdk jdk : options.jdks()) {
                PARTS.forEach((name, part) -> {
                    if (wanted.contains(name)) {
                        part.measure(suite, jdk);
                    }
                });
                Set<String> loads = new HashSet<>(wanted.contains("load") ? Suite.loads() : wanted);
                loads.retainAll(Suite.loads());
                if (!loads.isEmpty()) {
                    suite.load(jdk, loads);
                }
            }
        }
        options.finish(report);
        return 0;
    }

    /** Half an hour of load. */
    @Command(description = "Loads one gateway for a long time.")
    int soak(
            @Option(names = "--minutes", defaultValue = "30", description = "how long; ${DEFAULT-VALUE} unless given")
                    int minutes,
            @Mixin Options options) {
        Report report = new Report("soak");
        report.say(options.conditions());
        try (Vendors vendors = Vendors.start(Jdk.running())) {
            options.jdks().forEach(jdk -> new Soak(Duration.ofMinutes(minutes), report).measure(jdk, vendors));
        }
        options.finish(report);
        return 0;
    }

    /** Where the time goes. */
    @Command(description = "Profiles one gateway with Flight Recorder.")
    int profile(@Mixin Options options) {
        Report report = new Report("profile");
        report.say(options.conditions());
        try (Vendors vendors = Vendors.start(Jdk.running())) {
            options.jdks().forEach(jdk -> new Profile(report).measure(jdk, vendors));
        }
        options.write(report);
        return 0;
    }

    /** What clients get when a vendor fails. */
    @Command(name = "failover-table", description = "Writes the table of docs/failover.md.")
    int failoverTable(@Parameters(arity = "0..*") String... arguments) throws InterruptedException {
        FailoverTable.main(arguments == null ? new String[0] : arguments);
        return 0;
    }

    /** What holds when things go wrong. */
    @Command(
            description =
                    "Plays what must hold under stress against the server's jar, and fails if it does not: failing-calls,"
                            + " poisoned-streams, kill, dead-keys; all unless named.")
    int stress(
            @Parameters(description = "parts; all unless given", arity = "0..*") @Nullable List<String> names,
            @Option(names = "--calls", defaultValue = "100000", description = "failing calls; ${DEFAULT-VALUE}")
                    int calls,
            @Option(names = "--kills", defaultValue = "12", description = "kill -9 of the server; ${DEFAULT-VALUE}")
                    int kills,
            @Option(
                            names = "--keys",
                            defaultValue = "1000",
                            description = "keys of which one is good; ${DEFAULT-VALUE}")
                    int keys,
            @Mixin Options options) {
        Stress stress = new Stress(Jdk.running(), new Stress.Sizes(calls, kills, keys, options.jdks()));
        List<String> broken = stress.play(names == null || names.isEmpty() ? stress.names() : names, options.page());
        broken.forEach(each -> System.err.println("Does not hold: " + each));
        return broken.isEmpty() ? 0 : 1;
    }

    private static Map<String, Part> parts() {
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("pieces", Suite::pieces);
        parts.put("program", Suite::program);
        parts.put("scale", Suite::scale);
        parts.put("storage", Suite::storage);
        parts.put("start", Suite::start);
        return parts;
    }

    @FunctionalInterface
    private interface Part {
        void measure(Suite suite, Jdk jdk);
    }

    /** What all commands understand. */
    static final class Options {
        @Option(names = "--quick", description = "a few minutes: fewer and shorter rounds")
        private boolean quick;

        @Option(
                names = "--jdk",
                description =
                        "home of a JDK to measure on, several times if wanted; unless given the running one, and a 17"
                                + " and a 25 where they are found")
        private List<Path> jdkHomes = new ArrayList<>();

        @Option(
                names = "--other",
                description = "command that starts another server to compare with; see benchmarks/others")
        private List<Path> others = new ArrayList<>();

        @Option(names = "--write", description = "page to write the tables into, between its markers")
        private @Nullable Path page;

        Plan plan() {
            return quick ? Plan.QUICK : Plan.FULL;
        }

        @Nullable
        Path page() {
            return page;
        }

        List<Path> others() {
            return others;
        }

        List<Jdk> jdks() {
            return jdkHomes.isEmpty()
                    ? Jdk.found()
                    : jdkHomes.stream().map(Jdk::at).toList();
        }

        String conditions() {
            Runtime.Version version = Runtime.version();
            return "Measured " + java.time.LocalDate.now(java.time.ZoneOffset.UTC) + " on "
                    + Runtime.getRuntime().availableProcessors()
                    + " processors, " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                    + ", client and vendors on JDK " + version.feature() + ", loopback only"
                    + (quick ? ", in the quick mode, whose figures are rough." : ".");
        }

        void finish(Report report) {
            report.finish();
            write(report);
        }

        void write(Report report) {
            if (page != null) {
                report.writeInto(page);
            }
        }
    }
}
