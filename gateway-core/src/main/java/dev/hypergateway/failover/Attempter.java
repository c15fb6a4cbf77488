package dev.hypergateway.failover;

import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.routing.Target;

/**
 * What one attempt does.
 *
 * @param <T> what it yields
 */
@FunctionalInterface
public interface Attempter<T> {

    /**
     * Makes one upstream request.
     *
     * @throws dev.hypergateway.provider.ProviderException when it fails
     */
    T attempt(Target target, ProviderCall call);

    /**
     * Whether the request that a vendor has found wrong was this side's own doing, and the next attempt at the target will be made
     * without it.
     */
    default boolean adapts(Target target, Failure failure) {
        return false;
    }
}
