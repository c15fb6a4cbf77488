package dev.hypergateway.provider;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model as its vendor describes it. Immutable.
 *
 * @param id the vendor's name without a prefix, for example {@code gemini-2.5-flash}
 * @param ownedBy who made it, for example {@code google}
 * @param created when it appeared; null when not known
 * @param contextWindow most tokens of prompt; null when not known
 * @param outputLimit most tokens of answer; null when not known
 * @param aliases other names of the same model
 * @param inputs what it reads; empty when not known
 * @param outputs what it makes; empty when not known
 * @param capabilities what it can do; empty when not known
 * @param pricing what it costs; null when not known
 * @param retirement the day on which the vendor turns it off, or has; null when none is known
 */
public record Model(
        String id,
        String ownedBy,
        @Nullable Instant created,
        @Nullable Integer contextWindow,
        @Nullable Integer outputLimit,
        List<String> aliases,
        Set<Modality> inputs,
        Set<Modality> outputs,
        Set<Capability> capabilities,
        @Nullable Pricing pricing,
        @Nullable LocalDate retirement) {
    public Model {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(ownedBy, "ownedBy");
        aliases = List.copyOf(aliases);
        inputs = inOrder(Modality.class, inputs);
        outputs = inOrder(Modality.class, outputs);
        capabilities = inOrder(Capability.class, capabilities);
    }

    public Model(
            String id,
            String ownedBy,
            @Nullable Instant created,
            @Nullable Integer contextWindow,
            @Nullable Integer outputLimit,
            List<String> aliases) {
        this(id, ownedBy, created, contextWindow, outputLimit, aliases, Set.of(), Set.of(), Set.of(), null, null);
    }

    public Model(String id, String ownedBy, @Nullable Instant created, @Nullable Integer contextWindow) {
        this(id, ownedBy, created, contextWindow, null, List.of());
    }

    /** The same model that reads and makes these. */
    public Model withModalities(Set<Modality> reads, Set<Modality> makes) {
        return new Model(
                id,
                ownedBy,
                created,
                contextWindow,
                outputLimit,
                aliases,
                reads,
                makes,
                capabilities,
                pricing,
                retirement);
    }

    /** The same model that can do these. */
    public Model withCapabilities(Set<Capability> abilities) {
        return new Model(
                id,
                ownedBy,
                created,
                contextWindow,
                outputLimit,
                aliases,
                inputs,
                outputs,
                abilities,
                pricing,
                retirement);
    }

    /** The same model at other prices. */
    public Model withPricing(@Nullable Pricing prices) {
        return new Model(
                id,
                ownedBy,
                created,
                contextWindow,
                outputLimit,
                aliases,
                inputs,
                outputs,
                capabilities,
                prices,
                retirement);
    }

    /** The same model, to be turned off on that day. */
    public Model withRetirement(@Nullable LocalDate day) {
        return new Model(
                id, ownedBy, created, contextWindow, outputLimit, aliases, inputs, outputs, capabilities, pricing, day);
    }

    /** Whether the model is known to be able to do this. */
    public boolean can(Capability capability) {
        return capabilities.contains(capability);
    }

    private static <E extends Enum<E>> Set<E> inOrder(Class<E> type, Collection<E> values) {
        Set<E> ordered = EnumSet.noneOf(type);
        ordered.addAll(values);
        return Collections.unmodifiableSet(ordered);
    }
}
