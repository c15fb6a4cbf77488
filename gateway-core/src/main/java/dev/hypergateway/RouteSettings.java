package dev.hypergateway;

import dev.hypergateway.failover.FailoverPolicy;
import dev.hypergateway.routing.Route;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The settings that name routes, {@code HYPER_ROUTES}, and those of single routes: {@code HYPER_ROUTE_}, the route's name in capitals
 * with an underscore for everything that is neither letter nor digit, and the rest of the name of one of the
 * {@link PolicySettings}.
 */
final class RouteSettings {
    private static final String LIST = "HYPER_ROUTES";
    private static final String PREFIX = LIST.substring(0, LIST.length() - 1) + "_";

    private final Map<String, String> settings;

    RouteSettings(Map<String, String> settings) {
        this.settings = settings;
    }

    /**
     * The routes of {@code HYPER_ROUTES}: {@code smart = google/gemini-2.5-pro, x-ai/grok-4; quick = …}.
     *
     * @throws IllegalArgumentException when the list makes no sense
     */
    List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        for (String part : settings.getOrDefault(LIST, "").split(";", -1)) {
            if (part.isBlank()) {
                continue;
            }
            int equals = part.indexOf('=');
            List<String> models = Arrays.stream(part.substring(equals + 1).split(",", -1))
                    .map(String::strip)
                    .filter(model -> !model.isEmpty())
                    .toList();
            if (equals < 1 || models.isEmpty()) {
                throw new IllegalArgumentException(
                        LIST + " must be written name = model, model; name = model, …; it has '" + part.strip() + "'");
            }
            routes.add(new Route(part.substring(0, equals).strip(), models));
        }
        return routes;
    }

    /**
     * The policies of the gateway and of its routes.
     *
     * @param routes all routes
     * @param changes what code changes for single routes, by name in small letters
     * @param gateway the policy of calls that go to no route
     * @throws IllegalArgumentException when a setting makes no sense or is none of any route; the message names it
     */
    RoutePolicies policies(
            List<Route> routes, Map<String, Consumer<FailoverPolicy.Builder>> changes, FailoverPolicy gateway) {
        refuseStrangers(routes);
        Map<String, FailoverPolicy> policies = new HashMap<>();
        for (Route route : routes) {
            String name = route.name().toLowerCase(Locale.ROOT);
            FailoverPolicy.Builder policy = gateway.toBuilder();
            changes.getOrDefault(name, unused -> {}).accept(policy);
            policies.put(name, PolicySettings.of(settings, prefix(route)).over(policy.build()));
        }
        return new RoutePolicies(gateway, policies);
    }

    private void refuseStrangers(List<Route> routes) {
        Map<String, List<Route>> owners = new HashMap<>();
        for (Route route : routes) {
            for (String ending : PolicySettings.endings()) {
                owners.computeIfAbsent(prefix(route) + ending, unused -> new ArrayList<>())
                        .add(route);
            }
        }
        for (String name : new TreeSet<>(settings.keySet())) {
            if (!name.startsWith(PREFIX)) {
                continue;
            }
            List<Route> named = owners.getOrDefault(name, List.of());
            if (named.isEmpty()) {
                throw new IllegalArgumentException(name + " is not a setting of any route. There are "
                        + (routes.isEmpty() ? "no routes" : "settings that begin with " + prefixes(routes))
                        + "; they end with " + String.join(", ", PolicySettings.endings()) + ".");
            }
            if (named.size() > 1) {
                throw new IllegalArgumentException(name + " could mean "
                        + named.stream().map(Route::name).collect(Collectors.joining(" or ")) + "; rename a route.");
            }
        }
    }

    private static String prefixes(List<Route> routes) {
        return routes.stream().map(RouteSettings::prefix).distinct().collect(Collectors.joining(", "));
    }

    private static String prefix(Route route) {
        return PREFIX
                + route.name()
                        .codePoints()
                        .map(c -> Character.isLetterOrDigit(c) ? Character.toUpperCase(c) : '_')
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                + "_";
    }
}
