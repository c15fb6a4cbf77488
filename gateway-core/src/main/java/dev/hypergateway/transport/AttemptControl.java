package dev.hypergateway.transport;

import dev.hypergateway.transport.TransportException.Reason;
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
    private final long totalNanos;
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
        this.totalNanos = Limit.nanos(total);
    }

    /** The default limits and no way to cancel. */
    public static AttemptControl withDefaults() {
        return new AttemptControl(Timeouts.DEFAULTS, Timeouts.DEFAULTS.total(), new Cancellation());
    }

    /** The switch that ends the attempt early. */
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

    /** What bounds the wait for the header fields. */
    Limit untilHeaders() {
        return sooner(new Limit(Reason.HEADERS_TIMEOUT, timeouts.headers(), left(Limit.nanos(timeouts.headers()))));
    }

    /** What bounds the wait for the next piece of a stream. */
    Limit untilNextPiece() {
        return sooner(
                contentSeen
                        ? new Limit(Reason.IDLE_TIMEOUT, timeouts.idle(), Limit.nanos(timeouts.idle()))
                        : new Limit(
                                Reason.FIRST_TOKEN_TIMEOUT,
                                timeouts.firstToken(),
                                left(Limit.nanos(timeouts.firstToken()))));
    }

    private Limit sooner(Limit limit) {
        long leftNanos = left(totalNanos);
        return leftNanos <= limit.leftNanos()
                ? new Limit(Reason.TOTAL_TIMEOUT, Duration.ofNanos(totalNanos), leftNanos)
                : limit;
    }

    private long left(long nanos) {
        return Math.max(0, nanos - (System.nanoTime() - startNanos));
    }
}
