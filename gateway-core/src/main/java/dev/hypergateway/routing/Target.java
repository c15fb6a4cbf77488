package dev.hypergateway.routing;

import dev.hypergateway.provider.ChatProvider;
import java.util.Objects;

/**
 * A model at a provider.
 *
 * @param provider who serves it
 * @param model the vendor's name, without a prefix
 * @param reference the name under which the target was asked for, in the request or in a route
 */
public record Target(ChatProvider provider, String model, String reference) {
    public Target {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(reference, "reference");
    }

    /** The provider's id. */
    public String providerId() {
        return provider.descriptor().id();
    }

    @Override
    public String toString() {
        return provider.descriptor().prefix() + "/" + model;
    }
}
