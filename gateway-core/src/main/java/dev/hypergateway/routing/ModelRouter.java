package dev.hypergateway.routing;

import dev.hypergateway.provider.ChatProvider;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Turns the name in a request into targets, by the first rule that fits: the name of a route; a known prefix
 * ({@code google/…}); a bare name in the catalogue; a bare name that holds a vendor's word ({@code gemini}, {@code grok}). Case
 * matters in none of them, and the vendor gets the rest of the name as written. Immutable and thread-safe.
 */
public final class ModelRouter {
    /** Google's own form of a bare name, {@code models/gemini-2.5-flash}, is not a prefix. */
    private static final String BARE_FORM = "models/";

    private final List<ChatProvider> providers;
    private final ModelCatalog catalog;
    private final Map<String, ChatProvider> byPrefix = new HashMap<>();
    private final Map<String, List<Target>> routes = new LinkedHashMap<>();

    /**
     * @throws IllegalArgumentException when two providers share an id or prefix, or a route names an unknown model
     */
    public ModelRouter(List<? extends ChatProvider> providers, ModelCatalog catalog, List<Route> routes) {
        this.providers = List.copyOf(providers);
        this.catalog = catalog;
        Map<String, ChatProvider> byId = new HashMap<>();
        for (ChatProvider provider : this.providers) {
            String id = provider.descriptor().id();
            if (byId.putIfAbsent(id, provider) != null) {
                throw new IllegalArgumentException("two providers have the id " + id + "; remove one of them");
            }
            for (String prefix : provider.descriptor().prefixes()) {
                ChatProvider other = byPrefix.putIfAbsent(prefix.toLowerCase(Locale.ROOT), provider);
                if (other != null && !other.descriptor().id().equals(id)) {
                    throw new IllegalArgumentException("the providers "
                            + other.descriptor().id() + " and " + id + " both claim the prefix " + prefix + "/");
                }
            }
        }
        for (Route route : routes) {
            Map<String, Target> targets = new LinkedHashMap<>();
            for (String model : route.models()) {
                Target target = single(model)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "route " + route.name() + " names the model " + model + ", which no provider serves"));
                targets.putIfAbsent(target.toString(), target);
            }
            if (this.routes.putIfAbsent(route.name().toLowerCase(Locale.ROOT), List.copyOf(targets.values())) != null) {
                throw new IllegalArgumentException("two routes have the name " + route.name());
            }
        }
    }

    /** Where a request for this name can be served, best first; empty when nowhere. */
    public List<Target> resolve(String name) {
        List<Target> route = routes.isEmpty() ? null : routes.get(name.toLowerCase(Locale.ROOT));
        return route != null ? route : single(name).map(List::of).orElse(List.of());
    }

    /** Why a name could not be resolved, and what to do about it. */
    public String explainUnknown(String name) {
        String known = providers.stream()
                .map(provider -> provider.descriptor().prefix() + "/…")
                .collect(Collectors.joining(", "));
        return "The model '" + shortened(name) + "' does not exist here. "
                + (known.isEmpty()
                        ? "No provider is installed: add a gateway-providers-… module."
                        : "Use a name that begins with " + known + " or ask GET /v1/models for the list.");
    }

    private Optional<Target> single(String name) {
        int slash = name.indexOf('/');
        if (slash >= 0 && !name.startsWith(BARE_FORM)) {
            ChatProvider provider = byPrefix.get(name.substring(0, slash).toLowerCase(Locale.ROOT));
            String model = name.substring(slash + 1);
            return provider == null || model.isBlank()
                    ? Optional.empty()
                    : Optional.of(new Target(provider, model, name));
        }
        Optional<ModelCatalog.Entry> listed = catalog.find(name);
        if (listed.isPresent()) {
            String id = listed.get().model().id();
            return Optional.of(new Target(listed.get().provider(), id.equalsIgnoreCase(name) ? id : name, name));
        }
        String lower = name.toLowerCase(Locale.ROOT);
        return providers.stream()
                .filter(provider -> provider.descriptor().nameHints().stream().anyMatch(lower::contains))
                .findFirst()
                .map(provider -> new Target(provider, name, name));
    }

    private static String shortened(String name) {
        return name.length() <= 100 ? name : name.substring(0, 100) + "…";
    }
}
