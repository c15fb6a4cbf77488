package dev.hypergateway;

import org.jspecify.annotations.Nullable;

/** The conversation has more tokens than the model takes: shorten it, or use a model with a larger window. Status 400. */
public final class ContextTooLongException extends GatewayException {
    private static final long serialVersionUID = 1L;

    ContextTooLongException(String message, Details details, @Nullable Throwable cause) {
        super(message, details, cause);
    }
}
