package dev.hypergateway.routing;

import dev.hypergateway.chat.Cost;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.openai.StatedCost;
import dev.hypergateway.provider.Pricing;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the models cost: the prices of the catalogue as it stands, and the operator's own over them. Thread-safe. */
public final class PriceList {
    private final ModelCatalog catalog;
    private final Map<String, Pricing> overrides;

    private PriceList(ModelCatalog catalog, Map<String, Pricing> overrides) {
        this.catalog = catalog;
        this.overrides = Map.copyOf(overrides);
    }

    /**
     * The prices of a catalogue.
     *
     * @param overrides prices that hold instead, also for models that the catalogue does not know
     */
    public static PriceList of(ModelCatalog catalog, Map<Target, Pricing> overrides) {
        Map<String, Pricing> prices = new HashMap<>();
        overrides.forEach((target, pricing) -> {
            prices.put(key(target.providerId(), target.model()), pricing);
            catalog.find(target.providerId(), target.model())
                    .ifPresent(entry ->
                            prices.put(key(target.providerId(), entry.model().id()), pricing));
        });
        return new PriceList(catalog, prices);
    }

    /** What a model costs at a provider, by its name or an alias; case does not matter. */
    public Optional<Pricing> find(String providerId, String model) {
        return own(providerId, model)
                .or(() -> catalog.find(providerId, model)
                        .map(ModelCatalog.Entry::model)
                        .flatMap(listed ->
                                own(providerId, listed.id()).or(() -> Optional.ofNullable(listed.pricing()))));
    }

    /** The usage with its cost: the vendor's own figure, else computed, else none. */
    public Usage priced(Usage usage, Target target) {
        if (usage.cost().isPresent()) {
            return usage;
        }
        Optional<Cost> cost = StatedCost.of(usage)
                .or(() -> find(target.providerId(), target.model()).map(pricing -> pricing.cost(usage)));
        return cost.map(value -> usage.toBuilder().cost(value).build()).orElse(usage);
    }

    /**
     * The usage of a call that made pictures, with its cost as {@link #priced(Usage, Target)} finds it.
     *
     * @param usage the vendor's figures; null when it has none, so that only the price of a picture counts
     * @param images how many there are
     * @return null when neither figures nor cost are known
     */
    public @Nullable Usage priced(@Nullable Usage usage, Target target, int images) {
        Pricing pricing = find(target.providerId(), target.model()).orElse(null);
        if (pricing == null || pricing.image() == null) {
            return usage == null ? null : priced(usage, target);
        }
        Usage figures = usage == null ? Usage.builder().build() : usage;
        if (figures.cost().isPresent()) {
            return figures;
        }
        Cost cost = StatedCost.of(figures).orElseGet(() -> pricing.cost(figures, images));
        return figures.toBuilder().cost(cost).build();
    }

    private Optional<Pricing> own(String providerId, String model) {
        return Optional.ofNullable(overrides.get(key(providerId, model)));
    }

    private static String key(String providerId, String model) {
        return providerId + "/" + model.toLowerCase(Locale.ROOT);
    }
}
