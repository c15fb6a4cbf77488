package dev.hypergateway.transport;

import dev.hypergateway.transport.TransportException.Reason;
import java.time.Duration;

/**
 * A time limit at one moment.
 *
 * @param reason what has happened when nothing is left
 * @param whole the limit as it was set
 * @param leftNanos how much of it is left, never negative
 */
record Limit(Reason reason, Duration whole, long leftNanos) {
    /** A duration in nanoseconds; ones too long for that become 146 years, which leaves room for sums. */
    static long nanos(Duration duration) {
        return duration.toSeconds() < Long.MAX_VALUE / 2_000_000_000L ? duration.toNanos() : Long.MAX_VALUE / 2;
    }

    /** The exception to throw when {@code origin} has let the limit pass. */
    TransportException exceededBy(String origin) {
        String what = switch (reason) {
            case HEADERS_TIMEOUT -> " gave no answer within " + text(whole) + " (headers timeout)";
            case FIRST_TOKEN_TIMEOUT -> " sent no content within " + text(whole) + " (first-token timeout)";
            case IDLE_TIMEOUT -> " fell silent for " + text(whole) + " in the middle of its answer (idle timeout)";
            default -> " did not finish its answer within " + text(whole) + " (total timeout)";
        };
        return new TransportException(reason, origin + what, null);
    }

    /** For example {@code 60 s} or {@code 250 ms}. */
    static String text(Duration duration) {
        long millis = nanos(duration) / 1_000_000;
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
}
