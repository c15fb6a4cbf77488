package dev.hypergateway.routing;

import dev.hypergateway.provider.Model;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts together what a provider ships about a model and what its vendor tells. Stateless. */
final class ModelMerge {
    private ModelMerge() {}

    /** A shipped model with the vendor's figures. */
    static Model of(Model shipped, Model told) {
        List<String> aliases = new ArrayList<>(shipped.aliases());
        told.aliases().stream()
                .filter(alias -> aliases.stream().noneMatch(alias::equalsIgnoreCase))
                .forEach(aliases::add);
        return merged(shipped, told, aliases);
    }

    /**
     * A shipped model that the vendor lists under another name, whose other names are not this one's.
     *
     * @param told the model behind the name; null when the vendor does not list it
     */
    static Model ofAlias(Model shipped, @Nullable Model told) {
        return told == null ? shipped : merged(shipped, told, shipped.aliases());
    }

    private static Model merged(Model shipped, Model told, List<String> aliases) {
        return new Model(
                shipped.id(),
                shipped.ownedBy(),
                shipped.created() == null ? told.created() : shipped.created(),
                told.contextWindow() == null ? shipped.contextWindow() : told.contextWindow(),
                told.outputLimit() == null ? shipped.outputLimit() : told.outputLimit(),
                aliases,
                union(shipped.inputs(), told.inputs()),
                union(shipped.outputs(), told.outputs()),
                union(shipped.capabilities(), told.capabilities()),
                told.pricing() == null ? shipped.pricing() : told.pricing(),
                shipped.retirement());
    }

    /** Nothing shipped means that nothing is known, and what is told would look like all there is. */
    private static <E> Set<E> union(Set<E> shipped, Set<E> told) {
        if (shipped.isEmpty()) {
            return shipped;
        }
        Set<E> union = new HashSet<>(shipped);
        union.addAll(told);
        return union;
    }
}
