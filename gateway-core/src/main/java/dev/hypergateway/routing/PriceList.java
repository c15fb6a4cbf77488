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

/** What the models cost: the prices that their providers ship, and the operator's own over them. Immutable and thread-safe. */
public final class PriceList {
    private final Map<String, Pricing> prices;

    private PriceList(Map<String, Pricing> prices) {
        this.prices = Map.copyOf(prices);
    }

    /**
     * The prices of a catalogue.
     *
     * @param overrides prices that hold instead, also for models that the catalogue does not know
     */
    public static PriceList of(ModelCatalog catalog, Map<Target, Pricing> overrides) {
        Map<String, Pricing> prices = new HashMap<>();
        for (ModelCatalog.Entry entry : catalog.entries()) {
            put(prices, entry, entry.model().pricing());
        }
        overrides.forEach((target, pricing) -> {
            prices.put(key(target.providerId(), target.model()), pricing);
            catalog.find(target.providerId(), target.model()).ifPresent(entry -> put(prices, entry, pricing));
        });
        return new PriceList(prices);
    }

    /** What a model costs at a provider; case does not matter. */
    public Optional<Pricing> find(String providerId, String model) {
        return Optional.ofNullable(prices.get(key(providerId, model)));
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

    private static void put(Map<String, Pricing> prices, ModelCatalog.Entry entry, @Nullable Pricing pricing) {
        if (pricing != null) {
            String provider = entry.provider().descriptor().id();
            prices.put(key(provider, entry.model().id()), pricing);
            entry.model().aliases().forEach(alias -> prices.put(key(provider, alias), pricing));
        }
    }

    private static String key(String providerId, String model) {
        return providerId + "/" + model.toLowerCase(Locale.ROOT);
    }
}
