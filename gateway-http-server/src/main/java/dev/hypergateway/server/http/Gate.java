package dev.hypergateway.server.http;

import dev.hypergateway.key.Owner;

/** Decides who may use guarded routes. Implementations are thread-safe. */
@FunctionalInterface
public interface Gate {

    /**
     * Lets a caller in.
     *
     * @return whose keys the caller may use
     * @throws Problem with status 401 when the caller is not known
     */
    Owner admit(Exchange exchange);
}
