package dev.hypergateway.benchmarks.pieces;

import dev.hypergateway.benchmarks.measure.Report;
import dev.hypergateway.benchmarks.process.Jdk;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the benchmarks of the pieces and makes their table. */
public final class Pieces {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final boolean quick;
    private final Report report;

    /** @param quick whether a rough figure will do */
    public Pieces(boolean quick, Report report) {
        this.quick = quick;
        this.report = report;
    }

    /** Measures all pieces, or those whose name matches. */
    public void measure(Jdk jdk, String pattern) {
        report.section(jdk + ": pieces", "JMH, average time of one operation on one thread, and what it allocates.");
        report.header("Piece", "ns", "bytes");
        Map<String, Double> times = new LinkedHashMap<>();
        for (RunResult result : run(jdk, pattern)) {
            String name = name(result);
            double nanos = result.getPrimaryResult().getScore();
            Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
            double bytes = allocated == null ? 0 : allocated.getScore();
            times.put(name, nanos);
            report.row("`" + name + "`", Report.number(nanos), Report.number(bytes));
            if (name.equals("WholeCall.chat")) {
                report.goal(jdk, "Gateway.chat over a no-op provider", "", nanos / 1000, true, 5, " µs");
                report.goal(jdk, "Gateway.chat over a no-op provider: allocated", "", bytes / 1024, true, 6, " kB");
            }
        }
        times.forEach((name, nanos) -> {
            if (name.startsWith("Choosing.choose") && name.contains("keys=10000")) {
                Double few = times.get(name.replace("keys=10000", "keys=10"));
                if (few != null) {
                    report.goal(jdk, "choosing among 10,000 keys to among 10", choice(name), nanos / few, true, 2, "×");
                }
            }
        });
    }

    private Collection<RunResult> run(Jdk jdk, String pattern) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(pattern)
                .jvm(jdk.java())
                .jvmArgs("-Xmx512m")
                .forks(1)
                .warmupIterations(quick ? 2 : 3)
                .warmupTime(TimeValue.milliseconds(quick ? 200 : 500))
                .measurementIterations(quick ? 2 : 3)
                .measurementTime(TimeValue.milliseconds(quick ? 200 : 500))
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        if (quick) {
            options.param("selection", "SELECTED").param("keys", "10", "10000");
        }
        try {
            return new Runner(options.build()).run();
        } catch (RunnerException e) {
            throw new IllegalStateException("the benchmarks of the pieces have failed", e);
        }
    }

    private static String choice(String name) {
        return name.replaceAll(".*selection=(\\w+).*", "$1")
                + (name.contains("failedBefore=true") ? " after failures" : "");
    }

    private static String name(RunResult result) {
        String[] path = result.getParams().getBenchmark().split("\\.", -1);
        String parameters = result.getParams().getParamsKeys().stream()
                .sorted()
                .map(key -> key + "=" + result.getParams().getParam(key))
                .collect(Collectors.joining(", "));
        return path[path.length - 2] + "." + path[path.length - 1]
                + (parameters.isEmpty() ? "" : " (" + parameters + ")");
    }
}
