package dev.hypergateway.routing;

import dev.hypergateway.provider.Capability;
import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.provider.Model;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The models that the providers know of themselves. Immutable and thread-safe. */
public final class ModelCatalog {
    private final List<Entry> entries;
    private final Map<String, Entry> byName;

    private ModelCatalog(List<Entry> entries, Map<String, Entry> byName) {
        this.entries = List.copyOf(entries);
        this.byName = Map.copyOf(byName);
    }

    /** The models of these providers; of two with the same name the first holds. */
    public static ModelCatalog of(List<? extends ChatProvider> providers) {
        List<Entry> entries = new ArrayList<>();
        Map<String, Entry> byName = new HashMap<>();
        for (ChatProvider provider : providers) {
            for (Model model : provider.models()) {
                Entry entry = new Entry(provider, model);
                entries.add(entry);
                byName.putIfAbsent(key(model.id()), entry);
                model.aliases().forEach(alias -> byName.putIfAbsent(key(alias), entry));
            }
        }
        return new ModelCatalog(entries, byName);
    }

    /** All models, by provider. */
    public List<Entry> entries() {
        return entries;
    }

    /** The model with this bare name or alias; case does not matter. */
    public Optional<Entry> find(String name) {
        return Optional.ofNullable(byName.get(key(name)));
    }

    /** The model with this bare name or alias at one provider. */
    public Optional<Entry> find(String providerId, String name) {
        return entries.stream()
                .filter(entry -> entry.provider().descriptor().id().equals(providerId))
                .filter(entry -> entry.model().id().equalsIgnoreCase(name)
                        || entry.model().aliases().stream().anyMatch(name::equalsIgnoreCase))
                .findFirst();
    }

    /** Whether a target is known to be unable to do this; nobody knows that of a model without any capability. */
    public boolean cannot(Capability capability, Target target) {
        return find(target.providerId(), target.model())
                .map(Entry::model)
                .filter(model -> !model.capabilities().isEmpty() && !model.can(capability))
                .isPresent();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /**
     * A model and who serves it.
     *
     * @param provider who serves it
     * @param model the vendor's description
     */
    public record Entry(ChatProvider provider, Model model) {
        /** What to write into a request, for example {@code x-ai/grok-4.3}. */
        public String reference() {
            return provider.descriptor().prefix() + "/" + model.id();
        }
    }
}
