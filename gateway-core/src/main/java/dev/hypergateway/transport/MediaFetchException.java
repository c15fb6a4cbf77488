package dev.hypergateway.transport;

import org.jspecify.annotations.Nullable;

/**
 * An address in a caller's request that could not or must not be fetched. The message says why, for the caller to read; it names
 * the host and nothing else of the address, because paths and queries may hold a signature.
 */
public final class MediaFetchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what is wrong and what to do instead
     * @param cause what the JDK said; null when nothing was thrown
     */
    public MediaFetchException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
