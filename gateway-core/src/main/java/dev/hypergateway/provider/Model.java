package dev.hypergateway.provider;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
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
 */
public record Model(
        String id,
        String ownedBy,
        @Nullable Instant created,
        @Nullable Integer contextWindow,
        @Nullable Integer outputLimit,
        List<String> aliases) {
    public Model {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(ownedBy, "ownedBy");
        aliases = List.copyOf(aliases);
    }

    public Model(String id, String ownedBy, @Nullable Instant created, @Nullable Integer contextWindow) {
        this(id, ownedBy, created, contextWindow, null, List.of());
    }
}
