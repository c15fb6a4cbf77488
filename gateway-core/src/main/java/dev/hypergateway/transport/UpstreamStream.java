package dev.hypergateway.transport;

import org.jspecify.annotations.Nullable;

/**
 * A vendor's answer of which the header fields have arrived and the body is read piece by piece. One thread reads; any thread
 * may close.
 */
public interface UpstreamStream extends AutoCloseable {
    int status();

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

    /**
     * Reads the rest of the body as it is, for answers that are not event streams.
     *
     * @param limit most bytes to keep; what comes after them is discarded
     * @throws TransportException as {@link #next()}
     */
    byte[] readBody(int limit);

    /**
     * The first non-space byte of the body, left unread, or -1 when the body is empty: tells an event stream from a JSON or HTML
     * body that is announced as one.
     *
     * @throws TransportException as {@link #next()}
     */
    int peek();

    /** Ends the exchange; an unfinished one is cancelled and its connection closed. */
    @Override
    void close();
}
