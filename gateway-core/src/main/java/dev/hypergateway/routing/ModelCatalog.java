package dev.hypergateway.routing;

import dev.hypergateway.provider.Capability;
import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.provider.Model;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The models that can be named: those that the providers know of themselves, and what their vendors' own lists add. Thread-safe;
 * readers see one state or the next, and never wait.
 */
public final class ModelCatalog {
    private final List<ChatProvider> providers;
    private final ReentrantLock learning = new ReentrantLock();
    private volatile State state;

    private ModelCatalog(List<? extends ChatProvider> providers) {
        this.providers = List.copyOf(providers);
        this.state = State.of(this.providers, Map.of());
    }

    /** The models of these providers; of two with the same name the first holds. */
    public static ModelCatalog of(List<? extends ChatProvider> providers) {
        return new ModelCatalog(providers);
    }

    /**
     * Takes in a vendor's list, in place of the one before. What it says about a known model goes before what the provider ships,
     * except for abilities, which vendors tell in part only: those are added. Models that it leaves out stay.
     *
     * @param providerId whose vendor sent it
     * @param listed the vendor's models
     */
    public void learn(String providerId, List<Model> listed) {
        learning.lock();
        try {
            Map<String, List<Model>> learned = new HashMap<>(state.learned());
            learned.put(providerId, List.copyOf(listed));
            state = State.of(providers, learned);
        } finally {
            learning.unlock();
        }
    }

    /** All models, by provider. */
    public List<Entry> entries() {
        return state.entries();
    }

    /** The model with this bare name or alias; case does not matter. */
    public Optional<Entry> find(String name) {
        return Optional.ofNullable(state.byName().get(key(name)));
    }

    /** The model with this bare name or alias at one provider; case does not matter. */
    public Optional<Entry> find(String providerId, String name) {
        return Optional.ofNullable(state.byProviderAndName().get(key(providerId, name)));
    }

    /** Whether a target is known to be able to do this. */
    public boolean can(Capability capability, Target target) {
        return find(target.providerId(), target.model())
                .filter(entry -> entry.model().can(capability))
                .isPresent();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static String key(String providerId, String name) {
        return providerId + "/" + key(name);
    }

    /**
     * A model and who serves it.
     *
     * @param provider who serves it
     * @param model what is known about it
     * @param shipped whether the provider knows it of itself; only then are its capabilities and modalities all that it has
     */
    public record Entry(ChatProvider provider, Model model, boolean shipped) {
        /** What to write into a request, for example {@code x-ai/grok-4.3}. */
        public String reference() {
            return provider.descriptor().prefix() + "/" + model.id();
        }
    }

    private record State(
            Map<String, List<Model>> learned,
            List<Entry> entries,
            Map<String, Entry> byName,
            Map<String, Entry> byProviderAndName) {

        static State of(List<ChatProvider> providers, Map<String, List<Model>> learned) {
            List<Entry> entries = new ArrayList<>();
            for (ChatProvider provider : providers) {
                entries.addAll(entries(
                        provider, learned.getOrDefault(provider.descriptor().id(), List.of())));
            }
            Map<String, Entry> byName = new HashMap<>();
            Map<String, Entry> byProviderAndName = new HashMap<>();
            // A name that is one model's own and another's alias means the first.
            for (Entry entry : entries) {
                byName.putIfAbsent(key(entry.model().id()), entry);
                byProviderAndName.putIfAbsent(key(id(entry), entry.model().id()), entry);
            }
            for (Entry entry : entries) {
                for (String alias : entry.model().aliases()) {
                    byName.putIfAbsent(key(alias), entry);
                    byProviderAndName.putIfAbsent(key(id(entry), alias), entry);
                }
            }
            return new State(
                    Map.copyOf(learned), List.copyOf(entries), Map.copyOf(byName), Map.copyOf(byProviderAndName));
        }

        private static List<Entry> entries(ChatProvider provider, List<Model> listed) {
            Map<String, Entry> entries = new LinkedHashMap<>();
            Map<String, Model> unknown = new LinkedHashMap<>();
            listed.forEach(model -> unknown.putIfAbsent(key(model.id()), model));
            Map<String, Model> byAlias = new HashMap<>();
            listed.forEach(model -> model.aliases().forEach(alias -> byAlias.putIfAbsent(key(alias), model)));
            for (Model shipped : provider.models()) {
                String name = key(shipped.id());
                Model told = unknown.remove(name);
                Model merged =
                        told != null ? ModelMerge.of(shipped, told) : ModelMerge.ofAlias(shipped, byAlias.get(name));
                entries.putIfAbsent(name, new Entry(provider, merged, true));
            }
            unknown.forEach((name, model) -> entries.putIfAbsent(name, new Entry(provider, model, false)));
            return List.copyOf(entries.values());
        }

        private static String id(Entry entry) {
            return entry.provider().descriptor().id();
        }
    }
}
