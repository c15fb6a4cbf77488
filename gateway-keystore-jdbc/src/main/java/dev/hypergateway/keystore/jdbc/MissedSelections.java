package dev.hypergateway.keystore.jdbc;

import dev.hypergateway.audit.AuditAction;
import dev.hypergateway.audit.AuditEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Selections of keys of which the trail has another picture than the store: a process was killed after it had written one and before
 * it had written the other. Inside the caller's transaction.
 */
final class MissedSelections {
    private final Handle handle;

    MissedSelections(Handle handle) {
        this.handle = handle;
    }

    /**
     * A difference.
     *
     * @param selected id of the key that is selected; null for none
     * @param told id of the key that the trail says is selected; null for none
     * @param toldAt position of the row that says so; 0 without one
     */
    record Missed(
            String owner,
            String provider,
            @Nullable String selected,
            @Nullable String told,
            long toldAt) {}

    /** All differences. A running node causes them for a moment, with each change; those that last have been missed. */
    Set<Missed> find() {
        Set<Missed> found = new LinkedHashSet<>();
        List<Pool> pools = handle.createQuery(
                        "SELECT owner, provider, MAX(CASE WHEN selected THEN id END) AS current_id"
                                + " FROM provider_keys GROUP BY owner, provider ORDER BY owner, provider")
                .map((row, context) ->
                        new Pool(row.getString("owner"), row.getString("provider"), row.getString("current_id")))
                .list();
        for (Pool pool : pools) {
            Told told = told(pool);
            boolean deletedSince = told.key != null && name(told.key).isEmpty();
            String known = deletedSince && pool.selected == null ? null : told.key;
            if (pool.selected == null ? known != null : !pool.selected.equals(known)) {
                found.add(new Missed(pool.owner, pool.provider, pool.selected, told.key, told.seq));
            }
        }
        return found;
    }

    /** The rows that the trail lacks. */
    List<AuditEvent> story(Set<Missed> missed, Instant now) {
        List<AuditEvent> story = new ArrayList<>();
        for (Missed each : missed) {
            tell(story, now, each, AuditAction.UNSELECT, each.told, " is no longer selected");
            tell(story, now, each, AuditAction.SELECT, each.selected, " is selected");
        }
        return story;
    }

    private void tell(
            List<AuditEvent> story, Instant now, Missed each, AuditAction action, @Nullable String key, String what) {
        Optional<String> name = key == null ? Optional.empty() : name(key);
        name.ifPresent(known -> story.add(new AuditEvent(
                UUID.randomUUID(),
                now,
                each.owner,
                action,
                each.provider,
                key,
                "Key '" + known + "'" + what + "; the process that changed it ended before it could say why")));
    }

    private Told told(Pool pool) {
        Told last = handle.createQuery("SELECT seq, key_id FROM audit_log WHERE owner = :owner AND provider = :provider"
                        + " AND action = 'SELECT' ORDER BY seq DESC LIMIT 1")
                .bind("owner", pool.owner)
                .bind("provider", pool.provider)
                .map((row, context) -> new Told(row.getLong("seq"), row.getString("key_id")))
                .findOne()
                .orElse(new Told(0, null));
        if (last.key == null) {
            return last;
        }
        return handle.createQuery("SELECT seq FROM audit_log WHERE owner = :owner AND provider = :provider"
                        + " AND action = 'UNSELECT' AND key_id = :key AND seq > :seq ORDER BY seq LIMIT 1")
                .bind("owner", pool.owner)
                .bind("provider", pool.provider)
                .bind("key", last.key)
                .bind("seq", last.seq)
                .mapTo(Long.class)
                .findOne()
                .map(seq -> new Told(seq, null))
                .orElse(last);
    }

    /** What people call a key; empty when there is no such key. */
    private Optional<String> name(String key) {
        return handle.createQuery("SELECT COALESCE(name, id) FROM provider_keys WHERE id = :id")
                .bind("id", key)
                .mapTo(String.class)
                .findOne();
    }

    private record Pool(
            String owner, String provider, @Nullable String selected) {}

    private record Told(long seq, @Nullable String key) {}
}
