package dev.hypergateway.benchmarks.measure;

import static dev.hypergateway.benchmarks.measure.Report.number;
import static dev.hypergateway.benchmarks.measure.Report.ratio;

import dev.hypergateway.benchmarks.load.Load;
import dev.hypergateway.benchmarks.load.Target;
import dev.hypergateway.benchmarks.measure.Contestant.Kind;
import dev.hypergateway.benchmarks.process.Jdk;
import dev.hypergateway.benchmarks.upstream.Behaviour;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Whole answers through the HTTP door: how many a second, at what cost, how late. */
final class Calls {
    /** Share of a server's processor time that its compiler may use once it is warm. */
    private static final double CALM = 0.04;

    private static final int SMALL_OTHER_FACTOR_17 = 7;
    private static final int SMALL_OTHER_FACTOR_25 = 9;

    private final Plan plan;
    private final Report report;

    Calls(Plan plan, Report report) {
        this.plan = plan;
        this.report = report;
    }

    /** Two kilobytes in, one out. */
    void small(Field field) {
        field.behave(Behaviour.DEFAULT);
        List<Contestant> all = field.contestants();
        all.forEach(each -> warm(each, each.small(false)));
        report.section(
                field.jdk() + ": 2 kB in, 1 kB out, closed loop",
                "Medians of " + plan.rounds() + " rounds; the ratios are to the pass-through in the same round.");
        report.header(
                "Connections",
                "Way",
                "calls/s",
                "ratio",
                "CPU µs/call",
                "ratio",
                "p50 µs",
                "ratio",
                "p99 µs",
                "failed");
        double slowest = Double.MAX_VALUE;
        for (int connections : new int[] {1, 16, 64}) {
            Rounds rounds = closed(all, connections, each -> each.small(false));
            Contestant floor = floor(field);
            for (Contestant each : all) {
                row(rounds, floor, each, connections);
            }
            smallGoals(field, rounds, connections);
            if (connections == 64) {
                slowest = field.contestants(Kind.PASS_THROUGH, Kind.GATEWAY).stream()
                        .mapToDouble(each -> rounds.median(each, Sample::perSecond))
                        .min()
                        .orElseThrow();
            }
        }
        steady(field, slowest / 2);
    }

    /** The same in an open loop, at a rate that every way but some others can keep. */
    private void steady(Field field, double perSecond) {
        List<Contestant> all = field.contestants(Kind.DIRECT, Kind.PASS_THROUGH, Kind.GATEWAY);
        report.section(
                field.jdk() + ": added latency, open loop",
                "2 kB in, 1 kB out, " + number(perSecond)
                        + " calls/s, half of what the slowest way reaches, on 64 connections."
                        + " From when a call was due, without the time of the vendor.");
        report.header("Way", "p50 µs", "p99 µs", "p99.9 µs", "failed");
        Rounds rounds = Rounds.run(
                plan.rounds(),
                all,
                each -> Sample.of(each, () -> Load.open(each.small(false), 64, perSecond, plan.round())));
        for (Contestant each : all) {
            report.row(
                    each.name(),
                    number(rounds.median(each, sample -> Sample.micros(sample.results().added, 50))),
                    number(rounds.median(each, sample -> Sample.micros(sample.results().added, 99))),
                    number(rounds.median(each, sample -> Sample.micros(sample.results().added, 99.9))),
                    rounds.failures(each).toString());
        }
    }

    /** A picture in, one kilobyte out. GigaChat takes pictures in requests of their own and stays out. */
    void large(Field field) {
        field.behave(Behaviour.DEFAULT);
        List<Contestant> all = field.contestants().stream()
                .filter(each -> !each.name().endsWith("gigachat"))
                .toList();
        all.forEach(each -> warm(each, each.large()));
        report.section(
                field.jdk() + ": 200 kB in (a picture), 1 kB out, closed loop",
                "Medians of " + plan.rounds() + " rounds; the ratios are to the pass-through in the same round.");
        report.header(
                "Connections",
                "Way",
                "calls/s",
                "ratio",
                "CPU µs/call",
                "ratio",
                "p50 µs",
                "ratio",
                "p99 µs",
                "failed");
        Rounds rounds = closed(all, 16, Contestant::large);
        Contestant floor = floor(field);
        for (Contestant each : all) {
            row(rounds, floor, each, 16);
            if (each.is(Kind.GATEWAY)) {
                boolean gemini = each.way().equals("google");
                report.goal(
                        field.jdk(),
                        "200 kB, 16 connections: throughput to pass-through"
                                + (gemini ? " (Gemini)" : " (OpenAI's dialect)"),
                        each.way(),
                        rounds.ratio(each, floor, Sample::perSecond),
                        false,
                        gemini ? 0.35 : 0.5,
                        "×");
            }
        }
    }

    static Contestant floor(Field field) {
        return field.contestants(Kind.PASS_THROUGH).get(0);
    }

    /** Loads a server until its just-in-time compiler has calmed down, which on two processors takes longer than one thinks. */
    void warm(Contestant contestant, Target target) {
        long end = System.nanoTime() + plan.longestWarmUp().toNanos();
        double share;
        do {
            long compiler = contestant.compilerNanos();
            long all = contestant.cpuNanos();
            Load.closed(target, 16, plan.warmUp());
            share = (double) (contestant.compilerNanos() - compiler) / Math.max(1, contestant.cpuNanos() - all);
        } while (share > CALM && System.nanoTime() < end);
        Load.closed(target, 1, Duration.ofMillis(200));
    }

    private Rounds closed(List<Contestant> all, int connections, Function<Contestant, Target> targets) {
        return Rounds.run(
                plan.rounds(),
                all,
                each -> Sample.of(each, () -> Load.closed(targets.apply(each), connections, plan.round())));
    }

    private void row(Rounds rounds, Contestant floor, Contestant each, int connections) {
        boolean server = each.process() != null;
        report.row(
                Integer.toString(connections),
                each.name(),
                number(rounds.median(each, Sample::perSecond)),
                ratio(rounds.ratio(each, floor, Sample::perSecond)),
                server ? number(rounds.median(each, Sample::cpuMicrosPerCall)) : "",
                server ? ratio(rounds.ratio(each, floor, Sample::cpuMicrosPerCall)) : "",
                number(rounds.median(each, Sample::p50Micros)),
                ratio(rounds.ratio(each, floor, Sample::p50Micros)),
                number(rounds.median(each, Sample::p99Micros)),
                rounds.failures(each).toString());
    }

    private void smallGoals(Field field, Rounds rounds, int connections) {
        Contestant floor = floor(field);
        Jdk jdk = field.jdk();
        for (Contestant each : field.contestants(Kind.GATEWAY)) {
            String work = "2 kB, " + connections + (connections == 1 ? " connection: " : " connections: ");
            if (connections == 1) {
                report.goal(
                        jdk,
                        work + "p50 to pass-through",
                        each.way(),
                        rounds.ratio(each, floor, Sample::p50Micros),
                        true,
                        1.2,
                        "×");
                report.goal(
                        jdk, work + "p50", each.way(), rounds.median(each, Sample::p50Micros) / 1000, true, 20, " ms");
            } else {
                report.goal(
                        jdk,
                        work + "throughput to pass-through",
                        each.way(),
                        rounds.ratio(each, floor, Sample::perSecond),
                        false,
                        0.85,
                        "×");
                report.goal(
                        jdk,
                        work + "CPU to pass-through",
                        each.way(),
                        rounds.ratio(each, floor, Sample::cpuMicrosPerCall),
                        true,
                        1.25,
                        "×");
            }
        }
        for (Contestant other : field.contestants(Kind.OTHER)) {
            if (!other.name().contains("portkey")) {
                continue;
            }
            Contestant gateway = field.reference();
            String work = "2 kB, " + connections + (connections == 1 ? " connection: " : " connections: ");
            if (connections == 1) {
                report.goal(
                        jdk,
                        work + "p50 to Portkey",
                        gateway.way(),
                        rounds.ratio(gateway, other, Sample::p50Micros),
                        true,
                        0.5,
                        "×");
            } else {
                report.goal(
                        jdk,
                        work + "throughput to Portkey (7× on 17, 9× on 25)",
                        gateway.way(),
                        rounds.ratio(gateway, other, Sample::perSecond),
                        false,
                        jdk.feature() < 24 ? SMALL_OTHER_FACTOR_17 : SMALL_OTHER_FACTOR_25,
                        "×");
            }
        }
    }
}
