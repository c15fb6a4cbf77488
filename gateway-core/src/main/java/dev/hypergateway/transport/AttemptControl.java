package dev.hypergateway.transport;

import dev.hypergateway.transport.TransportException.Reason;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
    private long askedNanos = startNanos;
    private boolean contentSeen;
    private UpstreamHeaders answerHeaders = UpstreamHeaders.NONE;

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

    /** Notes the header fields of the vendor's answer, whatever its status; of several answers the last one counts. */
    public void answered(UpstreamHeaders headers) {
        answerHeaders = Objects.requireNonNull(headers, "headers");
    }

    /** The header fields of the vendor's answer; without any as long as there is none. */
    public UpstreamHeaders answerHeaders() {
        return answerHeaders;
    }

    /** Time since the attempt began. */
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    /** Time left for the attempt as a whole, never negative. */
    public Duration remaining() {
        return Duration.ofNanos(left(totalNanos, startNanos));
    }

    /**
     * Says that the vendor is being asked only from here on: what came before (waiting for a turn, fetching a picture) does not
     * count against the limits for headers and for the first token. The total limit goes on.
     */
    public void restartLimits() {
        askedNanos = System.nanoTime();
    }

    /**
     * Waits for something that another thread brings about, however it ends.
     *
     * @param event completed, also exceptionally, by the other thread
     * @param what what is awaited, for messages, for example {@code a free slot}
     * @throws TransportException when the call is cancelled, the thread interrupted or the attempt's time over
     */
    public void await(CompletableFuture<?> event, String what) {
        CompletableFuture<Void> wake = event.handle((result, failure) -> null);
        Cancellation.Registration registration = cancellation.onCancel(() -> wake.complete(null));
        try {
            wake.get(left(totalNanos, startNanos), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportException(
                    Reason.CANCELLED, "the thread that waited for " + what + " was interrupted", e);
        } catch (TimeoutException e) {
            throw new TransportException(
                    Reason.TOTAL_TIMEOUT,
                    "there was no end to waiting for " + what + " within " + Limit.text(Duration.ofNanos(totalNanos))
                            + " (total timeout)",
                    e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("nobody fails this future", e);
        } finally {
            registration.close();
        }
        if (!event.isDone()) {
            throw new TransportException(Reason.CANCELLED, "the call was cancelled while it waited for " + what, null);
        }
    }

    /** What bounds the wait for the header fields. */
    Limit untilHeaders() {
        return sooner(new Limit(
                Reason.HEADERS_TIMEOUT, timeouts.headers(), left(Limit.nanos(timeouts.headers()), askedNanos)));
    }

    /** What bounds the wait for the next piece of a stream. */
    Limit untilNextPiece() {
        return sooner(
                contentSeen
                        ? new Limit(Reason.IDLE_TIMEOUT, timeouts.idle(), Limit.nanos(timeouts.idle()))
                        : new Limit(
                                Reason.FIRST_TOKEN_TIMEOUT,
                                timeouts.firstToken(),
                                left(Limit.nanos(timeouts.firstToken()), askedNanos)));
    }

    private Limit sooner(Limit limit) {
        long leftNanos = left(totalNanos, startNanos);
        return leftNanos <= limit.leftNanos()
                ? new Limit(Reason.TOTAL_TIMEOUT, Duration.ofNanos(totalNanos), leftNanos)
                : limit;
    }

    private static long left(long nanos, long since) {
        return Math.max(0, nanos - (System.nanoTime() - since));
    }
}
