package dev.hypergateway.benchmarks.measure;

import static dev.hypergateway.benchmarks.measure.Report.number;

import dev.hypergateway.benchmarks.load.Load;
import dev.hypergateway.benchmarks.load.Results;
import dev.hypergateway.benchmarks.measure.Contestant.Kind;
import dev.hypergateway.benchmarks.upstream.Behaviour;
import java.time.Duration;
import java.util.Map;

/** Many connections, and clients that leave. */
final class Crowd {
    private static final int AT_ONCE = 2000;
    private static final int KEPT = 300;
    private static final int LEAVERS = 20;
    private static final int READ_BEFORE_LEAVING = 5;
    private static final long PACE_NANOS = 50_000_000;

    private final Plan plan;
    private final Report report;

    Crowd(Plan plan, Report report) {
        this.plan = plan;
        this.report = report;
    }

    void measure(Field field) {
        report.section(
                field.jdk() + ": crowds and leavers",
                AT_ONCE + " clients that connect at once for one call each; " + KEPT
                        + " connections kept busy; a client that"
                        + " leaves its stream after " + READ_BEFORE_LEAVING
                        + " events, 50 ms apart: how many more the vendor has sent when it notices.");
        report.header("Way", "connect p50 / p99 ms", "failed", KEPT + " kept: calls", "failed", "events after leaving");
        for (Contestant each : field.contestants(Kind.PASS_THROUGH, Kind.GATEWAY)) {
            if (each.is(Kind.GATEWAY) && !each.equals(field.reference())) {
                continue;
            }
            field.behave(Behaviour.DEFAULT);
            Results crowd = Load.once(each.small(false), AT_ONCE, Duration.ZERO);
            Results kept = Load.closed(each.small(false), KEPT, plan.round());
            double wasted = wasted(field, each);
            report.row(
                    each.name(),
                    number(Sample.micros(crowd.connect, 50) / 1000) + " / "
                            + number(Sample.micros(crowd.connect, 99) / 1000),
                    crowd.failures().toString(),
                    number(kept.calls()),
                    kept.failures().toString(),
                    number(wasted));
            if (each.is(Kind.GATEWAY)) {
                report.goal(field.jdk(), "2,000 connects at once: failed", "", (double) crowd.failed(), true, 0, "");
                report.goal(
                        field.jdk(), KEPT + " kept connections: failed calls", "", (double) kept.failed(), true, 0, "");
                report.goal(field.jdk(), "events after the client left", "", wasted, true, 2, "");
            }
        }
    }

    private static double wasted(Field field, Contestant each) {
        field.behave(Behaviour.DEFAULT.withStream(200, PACE_NANOS));
        field.vendors().tally();
        Load.leaving(each.small(true), LEAVERS, READ_BEFORE_LEAVING);
        long aborted = 0;
        long events = 0;
        // The last one takes a moment to be noticed.
        for (int i = 0; i < 50 && aborted < LEAVERS; i++) {
            Map<String, Long> tally = field.vendors().tally();
            aborted += tally.getOrDefault("aborted", 0L);
            events += tally.getOrDefault("eventsOfAborted", 0L);
            pause();
        }
        return aborted < LEAVERS ? Double.POSITIVE_INFINITY : (double) events / aborted - READ_BEFORE_LEAVING;
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
