package dev.hypergateway.key;

import org.jspecify.annotations.Nullable;

/** A stored key that cannot be decrypted, for example because it was stored under another master key. */
public final class KeyUnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public KeyUnreadableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
