package dev.hypergateway;

import org.jspecify.annotations.Nullable;

/** The call's deadline passed before an answer came: allow more time, or use a faster model. Status 504. */
public final class DeadlineExceededException extends GatewayException {
    private static final long serialVersionUID = 1L;

    DeadlineExceededException(String message, Details details, @Nullable Throwable cause) {
        super(message, details, cause);
    }
}
