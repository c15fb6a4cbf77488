package dev.hypergateway.benchmarks.measure;

import static dev.hypergateway.benchmarks.measure.Report.number;
import static dev.hypergateway.benchmarks.measure.Report.ratio;
import static dev.hypergateway.benchmarks.measure.Sample.micros;

import dev.hypergateway.benchmarks.load.Load;
import dev.hypergateway.benchmarks.measure.Contestant.Kind;
import dev.hypergateway.benchmarks.upstream.Behaviour;
import java.util.List;

/** Streams through the HTTP door: how many events a second, how late, how evenly. */
final class Streams {
    private static final int EVENTS = 200;
    private static final long PACE_NANOS = 5_000_000;
    private static final int CONNECTIONS = 16;
    private static final int PACED_CONNECTIONS = 20;

    private final Plan plan;
    private final Report report;

    Streams(Plan plan, Report report) {
        this.plan = plan;
        this.report = report;
    }

    /** All events at once. */
    void burst(Field field) {
        field.behave(Behaviour.DEFAULT.withStream(EVENTS, 0));
        List<Contestant> all = field.contestants();
        Calls calls = new Calls(plan, report);
        all.forEach(each -> calls.warm(each, each.small(true)));
        report.section(
                field.jdk() + ": streams, all events at once",
                EVENTS + " events of 253 bytes; " + CONNECTIONS + " connections, and one for the first event.");
        report.header(
                "Way", "events/s", "ratio", "CPU µs/event", "ratio", "first event µs", "ratio", "split", "failed");
        Contestant floor = Calls.floor(field);
        Rounds many = Rounds.run(
                plan.rounds(),
                all,
                each -> Sample.of(each, () -> Load.closed(each.small(true), CONNECTIONS, plan.round())));
        Rounds one = Rounds.run(
                plan.rounds(),
                all,
                each -> Sample.of(
                        each,
                        () -> Load.closed(each.small(true), 1, plan.round().dividedBy(2))));
        for (Contestant each : all) {
            boolean server = each.process() != null;
            report.row(
                    each.name(),
                    number(many.median(each, Streams::eventsPerSecond)),
                    ratio(many.ratio(each, floor, Streams::eventsPerSecond)),
                    server ? number(many.median(each, Sample::cpuMicrosPerEvent)) : "",
                    server ? ratio(many.ratio(each, floor, Sample::cpuMicrosPerEvent)) : "",
                    number(one.median(each, Streams::firstEvent)),
                    ratio(one.ratio(each, floor, Streams::firstEvent)),
                    number(many.median(each, sample -> sample.results().splitEvents())),
                    many.failures(each).toString());
            if (each.is(Kind.GATEWAY)) {
                String work = "streams, burst: ";
                report.goal(
                        field.jdk(),
                        work + "events/s to pass-through",
                        each.way(),
                        many.ratio(each, floor, Streams::eventsPerSecond),
                        false,
                        0.75,
                        "×");
                report.goal(
                        field.jdk(),
                        work + "first event to pass-through",
                        each.way(),
                        one.ratio(each, floor, Streams::firstEvent),
                        true,
                        1.3,
                        "×");
                report.goal(
                        field.jdk(),
                        work + "split events",
                        each.way(),
                        many.median(each, sample -> sample.results().splitEvents()),
                        true,
                        0,
                        "");
            }
        }
        for (Contestant other : field.contestants(Kind.OTHER)) {
            if (other.name().contains("portkey")) {
                report.goal(
                        field.jdk(),
                        "streams, burst: first event to Portkey",
                        field.reference().way(),
                        one.ratio(field.reference(), other, Streams::firstEvent),
                        true,
                        0.1,
                        "×");
            }
        }
    }

    /** An event every five milliseconds. */
    void paced(Field field) {
        field.behave(Behaviour.DEFAULT.withStream(EVENTS, PACE_NANOS));
        report.section(
                field.jdk() + ": streams, an event every 5 ms",
                EVENTS + " events of 253 bytes on each of " + PACED_CONNECTIONS
                        + " connections. Age: from when the vendor sent an event until the client had it. Jitter: by how much the"
                        + " distance of two events changed on the way.");
        report.header(
                "Way",
                "events/s",
                "age p50 µs",
                "added",
                "age p99 ms",
                "jitter p50 µs",
                "jitter p99 ms",
                "CPU µs/event",
                "failed");
        List<Contestant> all = field.contestants();
        Contestant direct = field.contestants(Kind.DIRECT).get(0);
        Contestant floor = Calls.floor(field);
        // Each turn is one stream on each connection, which takes a second.
        Rounds rounds = Rounds.run(
                plan.rounds(),
                all,
                each -> Sample.of(each, () -> Load.calls(each.small(true), PACED_CONNECTIONS, PACED_CONNECTIONS)));
        for (Contestant each : all) {
            report.row(
                    each.name(),
                    number(rounds.median(each, Streams::eventsPerSecond)),
                    number(rounds.median(each, sample -> micros(sample.results().age, 50))),
                    number(rounds.difference(each, direct, sample -> micros(sample.results().age, 50))),
                    number(rounds.median(each, sample -> micros(sample.results().age, 99) / 1000)),
                    number(rounds.median(each, sample -> micros(sample.results().jitter, 50))),
                    number(rounds.median(each, sample -> micros(sample.results().jitter, 99) / 1000)),
                    each.process() == null ? "" : number(rounds.median(each, Sample::cpuMicrosPerEvent)),
                    rounds.failures(each).toString());
            if (each.is(Kind.GATEWAY)) {
                String work = "streams, paced: ";
                report.goal(
                        field.jdk(),
                        work + "events/s to pass-through",
                        each.way(),
                        rounds.ratio(each, floor, Streams::eventsPerSecond),
                        false,
                        0.75,
                        "×");
                report.goal(
                        field.jdk(),
                        work + "median age of an event",
                        each.way(),
                        rounds.median(each, sample -> micros(sample.results().age, 50) / 1000),
                        true,
                        5,
                        " ms");
            }
        }
    }

    private static double eventsPerSecond(Sample sample) {
        return sample.results().eventsPerSecond();
    }

    private static double firstEvent(Sample sample) {
        return micros(sample.results().firstEvent, 50);
    }
}
