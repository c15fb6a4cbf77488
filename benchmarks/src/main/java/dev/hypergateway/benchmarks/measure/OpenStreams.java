package dev.hypergateway.benchmarks.measure;

import static dev.hypergateway.benchmarks.measure.Report.number;

import dev.hypergateway.benchmarks.load.Load;
import dev.hypergateway.benchmarks.load.Results;
import dev.hypergateway.benchmarks.process.Jdk;
import dev.hypergateway.benchmarks.process.ProcessTree;
import dev.hypergateway.benchmarks.upstream.Behaviour;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Thousands of slow streams at the same time, through a gateway with a heap of 1 GB. */
final class OpenStreams {
    private static final long PACE_NANOS = 500_000_000;
    private static final int MANY_ON_PLATFORM_THREADS = 1000;
    private static final int MANY_ON_VIRTUAL_THREADS = 5000;
    private static final int CONNECTS_PER_SECOND = 1000;
    private static final int WARMING_EVENTS = 200;

    private final Plan plan;
    private final Report report;

    OpenStreams(Plan plan, Report report) {
        this.plan = plan;
        this.report = report;
    }

    void measure(Jdk jdk, Vendors vendors) {
        int count = jdk.feature() < 24 ? MANY_ON_PLATFORM_THREADS : MANY_ON_VIRTUAL_THREADS;
        report.section(
                jdk + ": " + count + " open streams",
                "A gateway at -Xmx1g, xAI; " + plan.streamEvents() + " events, half a second apart; "
                        + CONNECTS_PER_SECOND
                        + " connects a second. Fresh: the first that the gateway does, so that its code is being compiled"
                        + " meanwhile. Warm: the same gateway later; its heap has grown before.");
        report.header(
                "Gateway",
                "Streams",
                "broken",
                "events lost",
                "age p50 ms",
                "age p99 ms",
                "kB RSS per stream",
                "RSS MB",
                "threads",
                "CPU %");
        try (GatewayProcess gateway = GatewayProcess.start(jdk, List.of("-Xmx1g"), vendors)) {
            Contestant xai = gateway.contestants().get(0);
            vendors.behave(slow());
            Load.once(xai.small(true), 20, Duration.ofMillis(10));
            long idle = gateway.process().tree().residentBytes();
            Seen fresh = open(gateway, xai, count);
            double perStream = (fresh.peak.residentBytes() - idle) / 1024.0 / count;
            row("fresh", count, fresh, number(perStream));
            vendors.behave(Behaviour.DEFAULT.withStream(WARMING_EVENTS, 0));
            new Calls(plan, report).warm(xai, xai.small(true));
            vendors.behave(slow());
            Seen warm = open(gateway, xai, count);
            row("warm", count, warm, "");
            String work = "open streams (1,000 on 17, 5,000 on 25): ";
            long failed = fresh.results.failed() + warm.results.failed();
            report.goal(jdk, work + "broken", "", (double) failed, true, 0, "");
            report.goal(jdk, work + "events lost", "", (double) lost(fresh, count) + lost(warm, count), true, 0, "");
            report.goal(jdk, work + "median age of an event", "fresh", age(fresh, 50), true, 20, " ms");
            report.goal(jdk, work + "median age of an event", "warm", age(warm, 50), true, 20, " ms");
            if (jdk.feature() >= 24) {
                report.goal(jdk, work + "kB each", "", perStream, true, 150, "");
            }
        }
        vendors.behave(Behaviour.DEFAULT);
    }

    private Behaviour slow() {
        return Behaviour.DEFAULT.withStream(plan.streamEvents(), PACE_NANOS);
    }

    private Seen open(GatewayProcess gateway, Contestant xai, int count) {
        ProcessTree tree = gateway.process().tree();
        long cpu = tree.cpuNanos();
        Duration apart = Duration.ofSeconds(1).dividedBy(CONNECTS_PER_SECOND);
        CompletableFuture<Results> running =
                CompletableFuture.supplyAsync(() -> Load.once(xai.small(true), count, apart));
        Duration ramp = apart.multipliedBy(count);
        Duration whole = Duration.ofNanos(PACE_NANOS * plan.streamEvents());
        Peak peak = Peak.watch(tree, ramp.plus(whole));
        Results results = running.join();
        long used = tree.cpuNanos() - cpu;
        if (results.failed() > 0) {
            System.err.println("The gateway has said last:\n"
                    + String.join("\n", gateway.process().said()));
        }
        return new Seen(results, peak, used);
    }

    private void row(String name, int count, Seen seen, String perStream) {
        report.row(
                name,
                number(count),
                seen.results.failed() + " " + seen.results.failures(),
                number(lost(seen, count)),
                number(age(seen, 50)),
                number(age(seen, 99)),
                perStream,
                number(seen.peak.residentBytes() / 1024.0 / 1024),
                number(seen.peak.threads()),
                number(100.0 * seen.cpuNanos / seen.results.nanos()));
    }

    private long lost(Seen seen, int count) {
        return (long) count * plan.streamEvents() - seen.results.events();
    }

    private static double age(Seen seen, double percentile) {
        return Sample.micros(seen.results.age, percentile) / 1000;
    }

    /**
     * What happened to all streams.
     *
     * @param cpuNanos processor time of the server
     */
    private record Seen(Results results, Peak peak, long cpuNanos) {}

    /**
     * The most that a process used.
     *
     * @param residentBytes memory
     * @param threads threads
     */
    private record Peak(long residentBytes, long threads) {
        static Peak watch(ProcessTree tree, Duration length) {
            long end = System.nanoTime() + length.toNanos();
            long bytes = 0;
            long threads = 0;
            while (System.nanoTime() < end) {
                bytes = Math.max(bytes, tree.residentBytes());
                threads = Math.max(threads, tree.threads());
                try {
                    Thread.sleep(250);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    break;
                }
            }
            return new Peak(bytes, threads);
        }
    }
}
