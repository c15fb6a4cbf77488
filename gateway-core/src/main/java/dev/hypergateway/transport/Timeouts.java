package dev.hypergateway.transport;

import java.time.Duration;

/**
 * The time limits of one attempt. Immutable.
 *
 * @param headers from sending the request until the status line of a streamed answer, and until the whole answer otherwise
 * @param firstToken from sending a streamed request until its first content; comments and empty events do not count
 * @param idle silence between two pieces of a stream once content has come; comments count as signs of life
 * @param total from sending the request until the end of the answer
 */
public record Timeouts(Duration headers, Duration firstToken, Duration idle, Duration total) {

    /** Headers 60 s, first token 90 s, idle 60 s, total 10 min. */
    public static final Timeouts DEFAULTS = new Timeouts(
            Duration.ofSeconds(60), Duration.ofSeconds(90), Duration.ofSeconds(60), Duration.ofMinutes(10));

    /** Checks that every limit is positive. */
    public Timeouts {
        requirePositive("headers", headers);
        requirePositive("firstToken", firstToken);
        requirePositive("idle", idle);
        requirePositive("total", total);
    }

    /** These limits with another {@link #headers()}. */
    public Timeouts withHeaders(Duration value) {
        return new Timeouts(value, firstToken, idle, total);
    }

    /** These limits with another {@link #firstToken()}. */
    public Timeouts withFirstToken(Duration value) {
        return new Timeouts(headers, value, idle, total);
    }

    /** These limits with another {@link #idle()}. */
    public Timeouts withIdle(Duration value) {
        return new Timeouts(headers, firstToken, value, total);
    }

    /** These limits with another {@link #total()}. */
    public Timeouts withTotal(Duration value) {
        return new Timeouts(headers, firstToken, idle, value);
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + " timeout must be positive, was " + value);
        }
    }
}
