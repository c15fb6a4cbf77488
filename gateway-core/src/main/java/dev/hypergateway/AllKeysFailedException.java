package dev.hypergateway;

import org.jspecify.annotations.Nullable;

/** Every key and target that could be tried has failed, or there is none: wait for {@link #retryAfter()}, or add a key. Status 503. */
public final class AllKeysFailedException extends GatewayException {
    private static final long serialVersionUID = 1L;

    AllKeysFailedException(String message, Details details, @Nullable Throwable cause) {
        super(message, details, cause);
    }
}
