package dev.hypergateway.benchmarks.measure;

import static dev.hypergateway.benchmarks.measure.Report.number;

import dev.hypergateway.benchmarks.load.Load;
import dev.hypergateway.benchmarks.load.Results;
import dev.hypergateway.benchmarks.process.Jdk;
import dev.hypergateway.benchmarks.process.ProcessTree;
import dev.hypergateway.benchmarks.upstream.Behaviour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Load for a long time: whether memory, threads or latency grow, and whether anything fails. */
public final class Soak {
    private static final int PARTS = 15;
    private static final double CALLS_PER_SECOND = 500;

    private final Duration length;
    private final Report report;

    public Soak(Duration length, Report report) {
        this.length = length;
        this.report = report;
    }

    /** Runs all vendors in turn, answers and streams, over a heap of 256 MB. */
    public void measure(Jdk jdk, Vendors vendors) {
        report.section(
                jdk + ": soak of " + number(length.toMinutes()) + " minutes",
                "One gateway at -Xmx256m; all vendors in turn, whole answers in an open loop of "
                        + number(CALLS_PER_SECOND) + " calls/s and streams of 200 events on 8 connections.");
        report.header("Minute", "calls", "streams", "failed", "added p50 µs", "added p99 µs", "RSS MB", "threads");
        vendors.behave(Behaviour.DEFAULT);
        List<Long> memory = new ArrayList<>();
        long failed = 0;
        try (GatewayProcess gateway = GatewayProcess.start(jdk, List.of("-Xmx256m"), vendors)) {
            List<Contestant> ways = gateway.contestants();
            ways.forEach(each -> Load.closed(each.small(false), 16, Duration.ofSeconds(2)));
            ProcessTree tree = gateway.process().tree();
            Duration turn = length.dividedBy(2L * PARTS * ways.size());
            long begin = System.nanoTime();
            for (int part = 0; part < PARTS; part++) {
                Results calls = null;
                long called = 0;
                long streamed = 0;
                long failedNow = 0;
                for (Contestant each : ways) {
                    calls = Load.open(each.small(false), 32, CALLS_PER_SECOND, turn);
                    Results streams = Load.closed(each.small(true), 8, turn);
                    called += calls.calls();
                    streamed += streams.calls();
                    failedNow += calls.failed() + streams.failed();
                }
                failed += failedNow;
                memory.add(tree.residentBytes());
                report.row(
                        number(Duration.ofNanos(System.nanoTime() - begin).toSeconds() / 60.0),
                        number(called),
                        number(streamed),
                        number(failedNow),
                        calls == null ? "" : number(Sample.micros(calls.added, 50)),
                        calls == null ? "" : number(Sample.micros(calls.added, 99)),
                        number(tree.residentBytes() / 1024.0 / 1024),
                        number(tree.threads()));
            }
        }
        double growth = (double) memory.get(PARTS - 1) / memory.get(PARTS / 3);
        report.goal(jdk, "soak: failed", "", (double) failed, true, 0, "");
        report.goal(jdk, "soak: memory at the end to that after a third", "", growth, true, 1.1, "×");
    }
}
