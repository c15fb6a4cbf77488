package dev.hypergateway.benchmarks.measure;

import dev.hypergateway.benchmarks.load.Results;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * One turn of one contestant.
 *
 * @param results what the client saw
 * @param cpuNanos processor time of the server's processes
 */
record Sample(Results results, long cpuNanos) {
    /** Runs a load and reads the processor time around it. */
    static Sample of(Contestant contestant, Supplier<Results> load) {
        long before = contestant.cpuNanos();
        Results results = load.get();
        return new Sample(results, contestant.cpuNanos() - before);
    }

    double perSecond() {
        return results.callsPerSecond();
    }

    double cpuMicrosPerCall() {
        return cpuNanos / 1e3 / Math.max(1, results.calls());
    }

    double cpuMicrosPerEvent() {
        return cpuNanos / 1e3 / Math.max(1, results.events());
    }

    double p50Micros() {
        return micros(results.latency, 50);
    }

    double p99Micros() {
        return micros(results.latency, 99);
    }

    static double micros(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1e3;
    }
}
