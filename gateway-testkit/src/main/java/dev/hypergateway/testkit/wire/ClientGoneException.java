package dev.hypergateway.testkit.wire;

import java.io.IOException;

/** The client hung up before the response was complete. */
public final class ClientGoneException extends IOException {
    private static final long serialVersionUID = 1L;

    ClientGoneException(String message) {
        super(message);
    }

    ClientGoneException(IOException cause) {
        super("the client hung up", cause);
    }
}
