package dev.hypergateway.testkit;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How slowly a reply comes.
 *
 * @param beforeHeaders silence before the status line
 * @param firstToken silence between the headers and the first chunk
 * @param between silence between two chunks
 * @param commentsEvery how often a comment is sent while a stream is silent; null for never
 */
record Pace(
        Duration beforeHeaders,
        Duration firstToken,
        Duration between,
        @Nullable Duration commentsEvery) {
    static final Pace AT_ONCE = new Pace(Duration.ZERO, Duration.ZERO, Duration.ZERO, null);

    Pace {
        requireNotNegative("delay", beforeHeaders);
        requireNotNegative("firstTokenAfter", firstToken);
        requireNotNegative("between", between);
        if (commentsEvery != null && (commentsEvery.isNegative() || commentsEvery.isZero())) {
            throw new IllegalArgumentException("commentsEvery must be positive, was " + commentsEvery);
        }
    }

    private static void requireNotNegative(String name, Duration value) {
        if (Objects.requireNonNull(value, name).isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, was " + value);
        }
    }
}
