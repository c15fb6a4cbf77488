package dev.hypergateway.keystore.jdbc;

import dev.hypergateway.audit.AuditEvent;
import dev.hypergateway.audit.AuditQuery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/** The statements on the audit chain, inside the caller's transaction. */
final class AuditTable {
    private static final String COLUMNS = "seq, id, happened_at, owner, action, provider, key_id, description, hash";

    private final Handle handle;

    AuditTable(Handle handle) {
        this.handle = handle;
    }

    /** The end of the chain, locked until the transaction ends, so that all nodes extend one chain. */
    Tail lockTail() {
        return handle.createQuery("SELECT seq, hash FROM audit_tail WHERE id = 1 FOR UPDATE")
                .map((row, context) -> new Tail(row.getLong("seq"), row.getBytes("hash")))
                .one();
    }

    /** Extends the chain. */
    void append(Tail tail, List<AuditEvent> events) {
        PreparedBatch batch = handle.prepareBatch("INSERT INTO audit_log (" + COLUMNS
                + ") VALUES (:seq, :id, :at, :owner, :action, :provider, :keyId, :description, :hash)");
        long seq = tail.seq();
        byte[] hash = tail.hash();
        for (AuditEvent event : events) {
            AuditRow row = AuditRow.of(++seq, event);
            hash = row.hash(hash);
            batch.bind("seq", row.seq())
                    .bind("id", row.id())
                    .bind("at", Timestamps.argument(row.at()))
                    .bind("owner", row.owner())
                    .bind("action", row.action())
                    .bind("provider", row.provider())
                    .bind("keyId", row.keyId())
                    .bind("description", row.description())
                    .bind("hash", hash)
                    .add();
        }
        batch.execute();
        handle.createUpdate("UPDATE audit_tail SET seq = :seq, hash = :hash WHERE id = 1")
                .bind("seq", seq)
                .bind("hash", hash)
                .execute();
    }

    /** Those of the events that are not in the chain yet. */
    List<AuditEvent> missing(List<AuditEvent> events) {
        Map<String, AuditEvent> byId = new LinkedHashMap<>();
        events.forEach(event -> byId.putIfAbsent(event.id().toString(), event));
        Set<String> known = new HashSet<>(handle.createQuery("SELECT id FROM audit_log WHERE id IN (<ids>)")
                .bindList("ids", new ArrayList<>(byId.keySet()))
                .mapTo(String.class)
                .list());
        byId.keySet().removeAll(known);
        return List.copyOf(byId.values());
    }

    /** Newest first. */
    List<AuditEvent> read(AuditQuery asked) {
        List<String> conditions = new ArrayList<>();
        conditions.add("TRUE");
        if (asked.owner() != null) {
            conditions.add("owner = :owner");
        }
        if (asked.provider() != null) {
            conditions.add("provider = :provider");
        }
        if (asked.action() != null) {
            conditions.add("action = :action");
        }
        if (asked.from() != null) {
            conditions.add("happened_at >= :from");
        }
        if (asked.to() != null) {
            conditions.add("happened_at <= :to");
        }
        Query query = handle.createQuery("SELECT " + COLUMNS + " FROM audit_log WHERE "
                + String.join(" AND ", conditions) + " ORDER BY seq DESC LIMIT :limit");
        query.bind("limit", asked.limit());
        if (asked.owner() != null) {
            query.bind("owner", StoredText.of(asked.owner()));
        }
        if (asked.provider() != null) {
            query.bind("provider", StoredText.of(asked.provider()));
        }
        if (asked.action() != null) {
            query.bind("action", asked.action().name());
        }
        if (asked.from() != null) {
            query.bind("from", Timestamps.argument(asked.from()));
        }
        if (asked.to() != null) {
            query.bind("to", Timestamps.argument(asked.to()));
        }
        return query.map((row, context) -> AuditRow.read(row).toEvent()).list();
    }

    /** The rows after a position, in the order of the chain. */
    List<Link> links(long after, long upTo, int limit) {
        return handle.createQuery("SELECT " + COLUMNS
                        + " FROM audit_log WHERE seq > :after AND seq <= :upTo ORDER BY seq LIMIT :limit")
                .bind("after", after)
                .bind("upTo", upTo)
                .bind("limit", limit)
                .map((row, context) -> new Link(AuditRow.read(row), row.getBytes("hash")))
                .list();
    }

    /** The last position of the chain and its hash. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Tail(long seq, byte[] hash) {}

    /** A row and the hash stored with it. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Link(AuditRow row, byte[] hash) {}
}
