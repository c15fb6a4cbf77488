package dev.hypergateway;

import org.jspecify.annotations.Nullable;

/** The vendor's safety filter blocked the prompt or the answer: change the content. Status 400. */
public final class ContentRejectedException extends GatewayException {
    private static final long serialVersionUID = 1L;

    ContentRejectedException(String message, Details details, @Nullable Throwable cause) {
        super(message, details, cause);
    }
}
