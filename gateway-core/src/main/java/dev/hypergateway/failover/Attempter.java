package dev.hypergateway.failover;

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
}
