package dev.hypergateway.testkit.wire;

import java.io.IOException;

/** Answers requests; called on the connection's own thread, concurrently for different connections. */
@FunctionalInterface
public interface WireHandler {
    /**
     * Answers one request completely, or breaks the connection.
     *
     * @throws ClientGoneException when the client hung up first
     * @throws IOException when the connection failed otherwise
     */
    void handle(WireExchange exchange) throws IOException;
}
