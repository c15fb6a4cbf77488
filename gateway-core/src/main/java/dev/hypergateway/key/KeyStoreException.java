package dev.hypergateway.key;

import org.jspecify.annotations.Nullable;

/** A key store that cannot be read or written at the moment. The message names the remedy. */
public final class KeyStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public KeyStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
