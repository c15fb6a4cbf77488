package dev.hypergateway.failover;

import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.provider.ProviderCall;

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
    T attempt(ChatProvider provider, ProviderCall call);
}
