package dev.hypergateway.routing;

import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.provider.Model;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which targets of a call have models that can do what the request asks, as far as their providers describe them. A model that no
 * provider describes can do everything until its vendor says otherwise. Immutable.
 */
public final class Screening {
    private static final int MOST_ALTERNATIVES = 3;

    private final List<Target> fit;
    private final Map<String, Need> obstacles;
    private final List<ModelCatalog.Entry> alternatives;

    private Screening(List<Target> fit, Map<String, Need> obstacles, List<ModelCatalog.Entry> alternatives) {
        this.fit = List.copyOf(fit);
        this.obstacles = Map.copyOf(obstacles);
        this.alternatives = alternatives;
    }

    /** Looks at each target's model in the catalogue. */
    public static Screening of(List<Target> targets, List<Need> needs, ModelCatalog catalog) {
        Map<String, Need> obstacles = new LinkedHashMap<>();
        for (Target target : targets) {
            Model described = catalog.find(target.providerId(), target.model())
                    .filter(ModelCatalog.Entry::shipped)
                    .map(ModelCatalog.Entry::model)
                    .orElse(null);
            unmet(needs, target.provider(), described).ifPresent(need -> obstacles.put(target.toString(), need));
        }
        if (obstacles.isEmpty()) {
            return new Screening(targets, obstacles, List.of());
        }
        List<Target> fit = targets.stream()
                .filter(target -> !obstacles.containsKey(target.toString()))
                .toList();
        return new Screening(fit, obstacles, fit.isEmpty() ? alternatives(targets.get(0), needs, catalog) : List.of());
    }

    /** The targets whose models can, or may be able to; best first. */
    public List<Target> fit() {
        return fit;
    }

    /** What the request asks of this target's model in vain; empty for targets that fit. */
    public Optional<Need> obstacle(Target target) {
        return Optional.ofNullable(obstacles.get(target.toString()));
    }

    /** Where nothing fits: some models that would, those of the first target's provider first. */
    public List<ModelCatalog.Entry> alternatives() {
        return alternatives;
    }

    private static Optional<Need> unmet(List<Need> needs, ChatProvider provider, @Nullable Model described) {
        for (Need need : needs) {
            if (need.ability().isLackedBy(provider)
                    || (described != null && need.ability().isLackedBy(described))) {
                return Optional.of(need);
            }
        }
        return Optional.empty();
    }

    private static List<ModelCatalog.Entry> alternatives(Target first, List<Need> needs, ModelCatalog catalog) {
        return catalog.entries().stream()
                .filter(entry -> entry.shipped()
                        && !entry.model().capabilities().isEmpty()
                        && entry.model().retirement() == null
                        && unmet(needs, entry.provider(), entry.model()).isEmpty())
                .sorted(Comparator.comparing(
                        entry -> !entry.provider().descriptor().id().equals(first.providerId())))
                .limit(MOST_ALTERNATIVES)
                .toList();
    }
}
