package dev.hypergateway.benchmarks.measure;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param rounds rounds of each measurement
 * @param round length of one contestant's turn
 * @param warmUp least length of the load before the first round, for each kind of call
 * @param longestWarmUp from when on a server counts as warm whatever its compiler does
 * @param starts starts of each kind for the start-up time
 * @param streamEvents events of a slow stream, half a second apart
 */
public record Plan(int rounds, Duration round, Duration warmUp, Duration longestWarmUp, int starts, int streamEvents) {
    /** A quarter of an hour for each JDK. */
    public static final Plan FULL =
            new Plan(4, Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(40), 5, 30);

    /** A few minutes; good enough to see whether something broke. */
    public static final Plan QUICK = new Plan(2, Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ZERO, 2, 10);
}
