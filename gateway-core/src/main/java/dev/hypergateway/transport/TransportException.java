package dev.hypergateway.transport;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request that got no complete answer. The message names the host and the limit, never headers, query or body. */
public final class TransportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /**
     * @param reason how far the exchange came
     * @param message what happened, and the remedy where there is one
     * @param cause what the JDK said; null when nothing was thrown
     */
    public TransportException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** How far the exchange came. */
    public Reason reason() {
        return reason;
    }

    /** How far the exchange came. */
    public enum Reason {
        /** No connection: refused, unknown host, unreachable, proxy trouble or connect timeout. */
        CONNECT,
        /** The TLS handshake failed, for example because the certificate is not trusted. */
        TLS,
        /** The peer closed or reset the connection, or broke the protocol. */
        BROKEN,
        /** No status line, or no whole answer, within the limit. */
        HEADERS_TIMEOUT,
        /** No content of a stream within the limit. */
        FIRST_TOKEN_TIMEOUT,
        /** A stream was silent for too long after content. */
        IDLE_TIMEOUT,
        /** The attempt or the whole call took longer than allowed. */
        TOTAL_TIMEOUT,
        /** The answer was larger than the client accepts. */
        TOO_LARGE,
        /** The caller cancelled or its thread was interrupted. */
        CANCELLED
    }
}
