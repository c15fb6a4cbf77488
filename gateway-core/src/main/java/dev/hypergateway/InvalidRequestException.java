package dev.hypergateway;

import org.jspecify.annotations.Nullable;

/** The request is wrong and would be wrong with any key: change what {@link #param()} names. Status 400, or the vendor's own 4xx. */
public final class InvalidRequestException extends GatewayException {
    private static final long serialVersionUID = 1L;

    InvalidRequestException(String message, Details details, @Nullable Throwable cause) {
        super(message, details, cause);
    }
}
