package dev.hypergateway.benchmarks.measure;

import static dev.hypergateway.benchmarks.measure.Report.number;

import dev.hypergateway.benchmarks.load.Load;
import dev.hypergateway.benchmarks.load.Target;
import dev.hypergateway.benchmarks.upstream.Behaviour;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What one failover costs: from when the vendor has sent its 429 until it has the request with the next key. */
final class FailoverCost {
    private static final String LIMITED = "xai-limited-key-of-the-benchmark";

    private final Plan plan;
    private final Report report;

    FailoverCost(Plan plan, Report report) {
        this.plan = plan;
        this.report = report;
    }

    void measure(Field field) {
        report.section(
                field.jdk() + ": one failover",
                "xAI, one connection. Gap: from when the vendor has written its 429 until it has read the request with the"
                        + " next key. Stored keys: selected again and revived by hand before each call; the selection moves and is"
                        + " stored. Caller's key: given in a header, a stored key follows.");
        report.header("Keys", "gap p50 µs", "gap p99 µs", "call with failover p50 µs", "call without p50 µs");
        field.behave(Behaviour.DEFAULT.withLimitedKey(LIMITED));
        Contestant gateway = field.reference();
        double plain = Sample.micros(Load.calls(gateway.small(false), 1, 2000).latency, 50);
        Map<String, String> headers = new LinkedHashMap<>(gateway.headers());
        headers.put("X-xAI-API-Key", LIMITED);
        Target callers = Target.post(gateway.chat(), headers, false, Bodies.small(gateway.model(), false));
        Load.calls(callers, 1, plan.rounds() * 400L);
        field.vendors().tally();
        Histogram call = Load.calls(callers, 1, plan.rounds() * 400L).latency;
        row(field, "caller's, then stored", call, plain);
        stored(field, gateway, plain);
        field.behave(Behaviour.DEFAULT);
    }

    private void stored(Field field, Contestant gateway, double plain) {
        String id = field.gateway().addKey("xai", LIMITED);
        Histogram calls = new Histogram(3);
        int count = plan.rounds() * 200;
        for (int i = 0; i < count; i++) {
            field.gateway().select(id);
            if (i == count / 2) {
                field.vendors().tally();
                calls.reset();
            }
            calls.add(Load.calls(gateway.small(false), 1, 1).latency);
        }
        row(field, "stored, then stored", calls, plain);
    }

    private void row(Field field, String keys, Histogram call, double plain) {
        Map<String, Long> tally = field.vendors().tally();
        double gap = tally.getOrDefault("gapP50", 0L) / 1e3;
        report.row(
                keys,
                number(gap),
                number(tally.getOrDefault("gapP99", 0L) / 1e3),
                number(Sample.micros(call, 50)),
                number(plain));
        report.goal(field.jdk(), "failover: beyond the failed attempt", keys, gap / 1000, true, 1, " ms");
    }
}
