package dev.hypergateway;

import org.jspecify.annotations.Nullable;

/** No provider serves the model: correct its name. Status 404. */
public final class UnknownModelException extends GatewayException {
    private static final long serialVersionUID = 1L;

    UnknownModelException(String message, Details details, @Nullable Throwable cause) {
        super(message, details, cause);
    }
}
