package dev.hypergateway;

import dev.hypergateway.failover.FailoverPolicy;
import java.util.Locale;
import java.util.Map;

/**
 * How far the gateway goes, by the name that a call gives for its model. Immutable.
 *
 * @param gateway for names that are no routes
 * @param routes for those that are, in small letters
 */
record RoutePolicies(FailoverPolicy gateway, Map<String, FailoverPolicy> routes) {
    RoutePolicies {
        routes = Map.copyOf(routes);
    }

    FailoverPolicy of(String model) {
        return routes.isEmpty() ? gateway : routes.getOrDefault(model.toLowerCase(Locale.ROOT), gateway);
    }
}
