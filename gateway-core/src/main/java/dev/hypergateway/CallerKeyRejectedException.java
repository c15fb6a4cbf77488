package dev.hypergateway;

import org.jspecify.annotations.Nullable;

/** The vendor refused the key that the caller handed over with the call, and no other was tried: correct that key. The status is the vendor's. */
public final class CallerKeyRejectedException extends GatewayException {
    private static final long serialVersionUID = 1L;

    CallerKeyRejectedException(String message, Details details, @Nullable Throwable cause) {
        super(message, details, cause);
    }
}
