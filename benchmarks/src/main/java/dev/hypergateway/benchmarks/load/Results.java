package dev.hypergateway.benchmarks.load;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What came of a {@link Load}. Times are in nanoseconds. Written by the thread that runs the load. */
public final class Results {
    private static final long LONGEST = 600_000_000_000L;

    /** From when a call was due until its answer was complete. */
    public final Histogram latency = histogram();

    /** As {@link #latency}, without what the vendor took. */
    public final Histogram added = histogram();

    /** From when a stream was due until its first event. */
    public final Histogram firstEvent = histogram();

    /** From when the vendor sent an event until it arrived. */
    public final Histogram age = histogram();

    /** How much the distance between two events of a stream changed on the way. */
    public final Histogram jitter = histogram();

    /** Until a connection stood. */
    public final Histogram connect = histogram();

    private final Map<String, Long> failures = new TreeMap<>();
    long calls;
    long events;
    long splitEvents;
    long nanos;

    Results() {}

    /** Calls that were answered in full. */
    public long calls() {
        return calls;
    }

    /** Events of streams, as far as they had a stamp. */
    public long events() {
        return events;
    }

    /** Events that came in two pieces of the chunked encoding. */
    public long splitEvents() {
        return splitEvents;
    }

    /** How long it took. */
    public long nanos() {
        return nanos;
    }

    /** Answered calls per second. */
    public double callsPerSecond() {
        return calls * 1e9 / nanos;
    }

    /** Events per second. */
    public double eventsPerSecond() {
        return events * 1e9 / nanos;
    }

    /** What went wrong, and how often. */
    public Map<String, Long> failures() {
        return failures;
    }

    /** How often something went wrong. */
    public long failed() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }

    void failed(String how) {
        failures.merge(how, 1L, Long::sum);
    }

    static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.max(0, Math.min(nanos, LONGEST)));
    }

    private static Histogram histogram() {
        return new Histogram(LONGEST, 3);
    }
}
