package dev.hypergateway.transport;

import org.jspecify.annotations.Nullable;

/**
 * A vendor's answer of which the header fields have arrived and the body is read piece by piece. One thread reads; any thread
 * may close.
 */
public interface UpstreamStream extends AutoCloseable {
    /** HTTP status. */
    int status();

    /** Header fields. */
    UpstreamHeaders headers();

    /** Whether the status is 2xx. */
    default boolean isSuccess() {
        return status() >= 200 && status() < 300;
    }

    /**
     * Waits for the next server-sent event, within the limits of the attempt.
     *
     * @return the event, or null at the end of the body
     * @throws TransportException when the connection breaks, a limit is reached or the call is cancelled
     */
    @Nullable
    SseEvent next();

    /** Whether {@link #next()} would wait for nothing; false where that is not known. */
    default boolean isReady() {
        return false;
    }

    /**
     * Reads the rest of the body as it is, for answers that are not event streams; gzip is unpacked.
     *
     * @param limit most bytes to keep; what comes after them is discarded
     * @throws TransportException as {@link #next()}
     */
    byte[] readBody(int limit);

    /**
     * The first visible byte of the rest of the body, left unread, or -1 when there is none: tells an event stream from a JSON or
     * HTML body that is announced as one. To be called before {@link #next()}; white space before the byte may be dropped.
     *
     * @throws TransportException as {@link #next()}
     */
    int peek();

    /**
     * Whether the body begins as an event stream does. Vendors announce JSON errors and pages of HTML as event streams too, so the
     * first byte decides and not the content type.
     *
     * @throws TransportException as {@link #next()}
     */
    default boolean beginsAsEventStream() {
        int first = peek();
        return first != '{' && first != '[' && first != '<';
    }

    /**
     * Ends the exchange. The connection is kept for reuse if the answer is at its end or reaches it within 100 ms, and closed
     * otherwise.
     */
    @Override
    void close();
}
