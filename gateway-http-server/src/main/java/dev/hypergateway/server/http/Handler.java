package dev.hypergateway.server.http;

import java.io.IOException;

/** Answers requests. Implementations are thread-safe. */
@FunctionalInterface
public interface Handler {

    /**
     * Answers one request.
     *
     * @throws Problem to answer with an error in the form of the surface
     * @throws IOException when the connection is broken or shall be cut, so that nobody takes a part for the whole
     */
    void handle(Exchange exchange) throws IOException;
}
