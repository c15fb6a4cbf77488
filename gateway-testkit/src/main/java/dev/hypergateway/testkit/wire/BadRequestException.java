package dev.hypergateway.testkit.wire;

import java.io.IOException;

/** What arrived is not HTTP/1.1, or more than this server takes. */
final class BadRequestException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    BadRequestException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
