package dev.hypergateway.openai;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One model of a list as clients see it. Immutable.
 *
 * @param id the name to put into requests, for example {@code google/gemini-2.5-flash}
 * @param created when it appeared; null (written as 0) when not known
 * @param ownedBy who made it
 * @param contextWindow most tokens of prompt; null (written as null) when not known
 * @param extra further fields, written as they are
 */
public record ModelEntry(
        String id,
        @Nullable Instant created,
        String ownedBy,
        @Nullable Integer contextWindow,
        Map<String, Object> extra) {
    public ModelEntry {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(ownedBy, "ownedBy");
        extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
    }
}
