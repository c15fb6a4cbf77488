package dev.hypergateway.routing;

import java.util.List;
import java.util.Objects;

/**
 * A name of the user's own for an ordered list of model references: the first is preferred, the others step in.
 *
 * @param name what callers write into the field model
 * @param models model references, at least one
 */
public record Route(String name, List<String> models) {
    public Route {
        Objects.requireNonNull(name, "name");
        models = List.copyOf(models);
        if (name.isBlank()) {
            throw new IllegalArgumentException("a route needs a name");
        }
        if (models.isEmpty()) {
            throw new IllegalArgumentException("route " + name + " needs at least one model");
        }
    }
}
