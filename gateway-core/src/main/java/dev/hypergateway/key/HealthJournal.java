package dev.hypergateway.key;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes of one key's health that may not be in the store yet. They are changes and not a state, so that what other nodes have
 * stored meanwhile stays; the latest one of each model counts. Guarded by the lock of {@link OwnerKeys}.
 */
final class HealthJournal {
    private static final String WHOLE_KEY = "";

    /** Callers may name any model, so the records of models that do not exist must not pile up. */
    private static final int MOST_RECORDS = 200;

    private final Map<String, Change> changes = new LinkedHashMap<>();
    private @Nullable Change clearing;

    /** What stands against the key or one of its models; of this record and one that is stored the later end holds. */
    void put(KeyHealth record) {
        changes.put(name(record.model()), new Change(record, Instant.MIN));
        if (changes.size() > MOST_RECORDS) {
            changes.keySet().stream()
                    .filter(model -> !model.equals(WHOLE_KEY))
                    .findFirst()
                    .ifPresent(changes::remove);
        }
    }

    /**
     * Nothing stands against a model, or the whole key, any more.
     *
     * @param asOf a record that lasts longer than this is a newer one and stays
     */
    void clear(@Nullable String model, Instant asOf) {
        changes.put(name(model), new Change(null, asOf));
    }

    /** Nothing at all stands against the key any more. */
    void clearAll() {
        changes.clear();
        clearing = new Change(null, Instant.MAX);
    }

    /** What is to be written. */
    Pending pending() {
        return new Pending(clearing, Map.copyOf(changes));
    }

    /**
     * Notes that changes have been written.
     *
     * @param ticket the latest read of the store that may not have seen them
     */
    void written(Pending pending, long ticket) {
        for (Change change : pending.changes.values()) {
            change.writtenBefore = ticket;
        }
        if (pending.clearing != null) {
            pending.clearing.writtenBefore = ticket;
        }
    }

    /**
     * What holds, by model: what was read from the store, and the changes that this read may not have seen on top.
     *
     * @param ticket the place of the read among all reads
     */
    Map<String, KeyHealth> over(Collection<KeyHealth> stored, long ticket) {
        changes.values().removeIf(change -> change.writtenBefore < ticket);
        if (clearing != null && clearing.writtenBefore < ticket) {
            clearing = null;
        }
        return pending().over(stored);
    }

    static String name(@Nullable String model) {
        return model == null ? WHOLE_KEY : model;
    }

    /**
     * Records by model; of too many, those of single models that end first are left out.
     *
     * @param newest models whose records stay in any case
     */
    static Map<String, KeyHealth> bounded(Map<String, KeyHealth> records, Set<String> newest) {
        if (records.size() > MOST_RECORDS) {
            records.values().stream()
                    .filter(record -> record.model() != null && !newest.contains(record.model()))
                    .sorted(Comparator.comparing(KeyHealth::until))
                    .limit(records.size() - MOST_RECORDS)
                    .toList()
                    .forEach(soonest -> records.remove(name(soonest.model())));
        }
        return Map.copyOf(records);
    }

    /** Changes at one moment. */
    static final class Pending {
        private final @Nullable Change clearing;
        private final Map<String, Change> changes;

        private Pending(@Nullable Change clearing, Map<String, Change> changes) {
            this.clearing = clearing;
            this.changes = changes;
        }

        /** The records that stand in the store, changed. */
        List<KeyHealth> changed(Collection<KeyHealth> stored) {
            return List.copyOf(over(stored).values());
        }

        private Map<String, KeyHealth> over(Collection<KeyHealth> stored) {
            Map<String, KeyHealth> records = new HashMap<>();
            if (clearing == null) {
                stored.forEach(record -> records.put(name(record.model()), record));
            }
            changes.forEach((model, change) -> records.compute(model, (unused, old) -> change.after(old)));
            return bounded(records, changes.keySet());
        }
    }

    /** The last change of one model, or of all. */
    private static final class Change {
        private final @Nullable KeyHealth record;
        private final Instant asOf;
        private long writtenBefore = Long.MAX_VALUE;

        private Change(@Nullable KeyHealth record, Instant asOf) {
            this.record = record;
            this.asOf = asOf;
        }

        @Nullable
        KeyHealth after(@Nullable KeyHealth old) {
            if (record == null) {
                return old != null && old.until().isAfter(asOf) ? old : null;
            }
            return old != null && old.until().isAfter(record.until()) ? old : record;
        }
    }
}
