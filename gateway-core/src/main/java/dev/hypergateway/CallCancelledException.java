package dev.hypergateway;

import org.jspecify.annotations.Nullable;

/** The caller closed the stream or interrupted its thread. Status 499. */
public final class CallCancelledException extends GatewayException {
    private static final long serialVersionUID = 1L;

    CallCancelledException(String message, Details details, @Nullable Throwable cause) {
        super(message, details, cause);
    }
}
