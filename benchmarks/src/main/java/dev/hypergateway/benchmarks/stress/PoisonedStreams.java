package dev.hypergateway.benchmarks.stress;

import static dev.hypergateway.benchmarks.measure.Report.number;

import dev.hypergateway.benchmarks.load.Load;
import dev.hypergateway.benchmarks.load.Results;
import dev.hypergateway.benchmarks.load.Target;
import dev.hypergateway.benchmarks.measure.Bodies;
import dev.hypergateway.benchmarks.measure.Vendors;
import dev.hypergateway.benchmarks.process.Child;
import dev.hypergateway.benchmarks.process.Jdk;
import dev.hypergateway.benchmarks.upstream.Behaviour;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Good streams at an even pace, with and without poisoned ones beside them, in turns. */
final class PoisonedStreams {
    private static final int GOOD = 50;
    private static final int POISONED = 10;
    private static final int EVENTS = 100;
    private static final long PACE_NANOS = 20_000_000;
    private static final int ROUNDS = 4;
    private static final long HEAD_START_MILLIS = 500;
    private static final String MODEL = "x-ai/grok-4";

    /** What a stream may be slower; of differences below these milliseconds nobody can tell. */
    private static final double MOST_RATIO = 1.5;

    private static final double UNNOTICED_MEDIAN = 2;
    private static final double UNNOTICED_LATE = 10;
    private static final double LEAST_THROUGHPUT = 0.95;

    private final List<Jdk> jdks;
    private final Findings findings;

    PoisonedStreams(List<Jdk> jdks, Findings findings) {
        this.jdks = jdks;
        this.findings = findings;
    }

    void play() {
        findings.say(GOOD + " streams with an event every " + PACE_NANOS / 1_000_000 + " ms, in turns alone and beside "
                + POISONED
                + " poisoned ones at the same vendor. Age: from when the vendor sent an event until the client had"
                + " it; the best of " + ROUNDS + " rounds, as what else the machine does only makes it worse.");
        findings.header(
                "JDK",
                "poison",
                "age p50 alone / beside",
                "age p99 alone / beside",
                "events/s beside to alone",
                "promised",
                "holds");
        for (Jdk jdk : jdks) {
            play(jdk);
        }
    }

    private void play(Jdk jdk) {
        Path folder = Child.folder();
        try (Vendors vendors = Vendors.start(Jdk.running());
                Server server = Server.start(jdk, folder, List.of("-Xmx512m"), vendors.settings())) {
            server.addKey("xai", "good-key");
            vendors.behave(Behaviour.DEFAULT.withStream(EVENTS, PACE_NANOS));
            Target target = Target.post(
                    server.address().resolve("/v1/chat/completions"),
                    Map.of("Authorization", "Bearer " + Server.GATEWAY_KEY),
                    true,
                    Bodies.small(MODEL, true));
            for (int i = 0; i < 2; i++) {
                good(target);
            }
            for (PoisonClients.Kind kind : PoisonClients.Kind.values()) {
                List<Results> alone = new ArrayList<>();
                List<Results> beside = new ArrayList<>();
                for (int round = 0; round < ROUNDS; round++) {
                    alone.add(good(target));
                    PoisonClients clients = PoisonClients.start(server.address(), MODEL, kind, POISONED);
                    try {
                        pause();
                        beside.add(good(target));
                    } finally {
                        clients.stop();
                    }
                }
                judge(jdk, kind, alone, beside);
            }
        } finally {
            Child.delete(folder);
        }
    }

    /** The poison has to be at work before the good streams begin. */
    private static void pause() {
        try {
            Thread.sleep(HEAD_START_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Results good(Target target) {
        return Load.calls(target, GOOD, GOOD);
    }

    private void judge(Jdk jdk, PoisonClients.Kind kind, List<Results> alone, List<Results> beside) {
        double middle = least(alone, results -> millis(results, 50));
        double middleBeside = least(beside, results -> millis(results, 50));
        double late = least(alone, results -> millis(results, 99));
        double lateBeside = least(beside, results -> millis(results, 99));
        // The pace is the vendor's, so that the shorter run is the better one.
        double throughput = least(alone, Results::nanos) / least(beside, Results::nanos);
        long failed = beside.stream().mapToLong(Results::failed).sum();
        findings.compare(
                List.of(
                        jdk.toString(),
                        kind.title(),
                        number(middle) + " / " + number(middleBeside) + " ms",
                        number(late) + " / " + number(lateBeside) + " ms",
                        number(throughput) + "×, " + failed + " failed"),
                "p50 and p99 up to " + MOST_RATIO + "× or " + number(UNNOTICED_MEDIAN) + " and "
                        + number(UNNOTICED_LATE) + " ms more, " + LEAST_THROUGHPUT + "×, 0 failed",
                near(middle, middleBeside, UNNOTICED_MEDIAN)
                        && near(late, lateBeside, UNNOTICED_LATE)
                        && throughput >= LEAST_THROUGHPUT
                        && failed == 0);
    }

    private static boolean near(double alone, double beside, double unnoticed) {
        return beside <= alone * MOST_RATIO || beside - alone <= unnoticed;
    }

    private static double millis(Results results, double percentile) {
        return results.age.getValueAtPercentile(percentile) / 1e6;
    }

    private static double least(List<Results> rounds, ToDoubleFunction<Results> figure) {
        return rounds.stream().mapToDouble(figure).min().orElseThrow();
    }
}
