package dev.hypergateway.benchmarks.measure;

import static dev.hypergateway.benchmarks.measure.Report.number;

import dev.hypergateway.benchmarks.load.Load;
import dev.hypergateway.benchmarks.load.Target;
import dev.hypergateway.benchmarks.measure.Contestant.Kind;
import dev.hypergateway.benchmarks.process.Child;
import dev.hypergateway.benchmarks.process.Jdk;
import dev.hypergateway.benchmarks.upstream.Behaviour;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a call allocates in the server, from its log of collections: all that was collected and what is left of it. */
final class Allocation {
    private static final int CONNECTIONS = 16;
    private static final int SMALL_CALLS = 30_000;
    private static final int LARGE_CALLS = 1_500;
    private static final int STREAMS = 1_000;
    private static final double LARGE_BODY = 200 * 1024;

    /** For example {@code Pause Young (Normal) (G1 Evacuation Pause) 105M->12M(256M) 3.2ms}. */
    private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\(");

    private final Plan plan;
    private final Report report;

    Allocation(Plan plan, Report report) {
        this.plan = plan;
        this.report = report;
    }

    void measure(Field field) {
        report.section(
                field.jdk() + ": allocation in the server",
                "kB per call, from the log of the garbage collector; a full collection before and after.");
        report.header("Way", "2 kB in, 1 kB out", "200 kB in, 1 kB out", "stream of 200 events");
        field.behave(Behaviour.DEFAULT);
        double part = plan.rounds() < Plan.FULL.rounds() ? 0.3 : 1;
        for (Contestant each : field.contestants(Kind.PASS_THROUGH, Kind.GATEWAY)) {
            boolean pictures = !each.name().endsWith("gigachat");
            double large = pictures ? perCall(field.jdk(), each, each.large(), (int) (LARGE_CALLS * part)) : 0;
            report.row(
                    each.name(),
                    number(perCall(field.jdk(), each, each.small(false), (int) (SMALL_CALLS * part)) / 1024),
                    pictures ? number(large / 1024) : "",
                    number(perCall(field.jdk(), each, each.small(true), (int) (STREAMS * part)) / 1024));
            if (pictures && each.is(Kind.GATEWAY)) {
                report.goal(
                        field.jdk(),
                        "200 kB: allocated to the body's size",
                        each.way(),
                        large / LARGE_BODY,
                        true,
                        4,
                        "×");
            }
        }
    }

    private static double perCall(Jdk jdk, Contestant contestant, Target target, int calls) {
        Child process = contestant.process();
        if (process == null) {
            return 0;
        }
        jdk.jcmd(process, "GC.run");
        int before = lines(process).size();
        Load.calls(target, CONNECTIONS, calls);
        jdk.jcmd(process, "GC.run");
        return allocated(lines(process), before) / calls;
    }

    /** Sums what came between collections, from the full one before line {@code from} on. */
    private static double allocated(List<String> log, int from) {
        double megabytes = 0;
        long left = -1;
        for (int i = 0; i < log.size(); i++) {
            Matcher sizes = COLLECTION.matcher(log.get(i));
            if (sizes.find()) {
                if (i >= from && left >= 0) {
                    megabytes += Long.parseLong(sizes.group(1)) - left;
                }
                left = Long.parseLong(sizes.group(2));
            }
        }
        return megabytes * 1024 * 1024;
    }

    private static List<String> lines(Child process) {
        try {
            return Files.readAllLines(process.workingFolder().resolve("gc.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
