package dev.hypergateway.transport;

import java.time.Duration;
import java.util.Objects;

/**
 * The limits of one attempt while it runs: its {@link Timeouts}, the deadline of the whole call and the
 * {@link Cancellation}. The clock starts when the object is made. One thread drives an attempt; {@link Cancellation#cancel()}
 * may come from any other.
 */
public final class AttemptControl {
    private final Timeouts timeouts;
    private final Cancellation cancellation;
    private final long startNanos = System.nanoTime();
    private final long deadlineNanos;
    private boolean contentSeen;

    /**
     * @param timeouts the limits of this attempt
     * @param remaining time left for the whole call; the attempt never runs longer
     * @param cancellation ends the attempt early
     */
    public AttemptControl(Timeouts timeouts, Duration remaining, Cancellation cancellation) {
        this.timeouts = Objects.requireNonNull(timeouts, "timeouts");
        this.cancellation = Objects.requireNonNull(cancellation, "cancellation");
        Duration total = timeouts.total().compareTo(remaining) < 0 ? timeouts.total() : remaining;
        this.deadlineNanos = total.toNanos();
    }

    /** The default limits and no way to cancel. */
    public static AttemptControl withDefaults() {
        return new AttemptControl(Timeouts.DEFAULTS, Timeouts.DEFAULTS.total(), new Cancellation());
    }

    public Cancellation cancellation() {
        return cancellation;
    }

    /** Says that the stream has delivered content: from here on the idle limit holds instead of the first-token limit. */
    public void markContent() {
        contentSeen = true;
    }

    /** Whether content has been delivered. */
    public boolean contentSeen() {
        return contentSeen;
    }

    /** Time since the attempt began. */
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    /** How long the status line may still take, never negative. */
    Duration untilHeaders() {
        return left(Math.min(timeouts.headers().toNanos(), deadlineNanos));
    }

    /** How long the whole answer may still take, never negative. */
    Duration untilEnd() {
        return left(deadlineNanos);
    }

    /** How long the next piece of a stream may take, never negative. */
    Duration untilNextPiece() {
        if (!contentSeen) {
            return left(Math.min(timeouts.firstToken().toNanos(), deadlineNanos));
        }
        Duration end = untilEnd();
        return timeouts.idle().compareTo(end) < 0 ? timeouts.idle() : end;
    }

    private Duration left(long limitNanos) {
        long left = limitNanos - (System.nanoTime() - startNanos);
        return left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
    }
}
