package dev.hypergateway.keystore.jdbc;

import dev.hypergateway.key.KeyHealth;
import dev.hypergateway.key.Owner;
import dev.hypergateway.key.ProviderKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The statements on {@code key_health}, inside the caller's transaction. */
final class KeyHealthTable {
    private final Handle handle;

    KeyHealthTable(Handle handle) {
        this.handle = handle;
    }

    List<KeyHealth> list(Owner owner) {
        return handle.createQuery("SELECT h.key_id, h.model, h.state, h.until_at, h.strikes, h.reason, h.since_at"
                        + " FROM key_health h JOIN provider_keys k ON k.id = h.key_id"
                        + " WHERE k.owner = :owner ORDER BY k.seq, h.position")
                .bind("owner", owner.id())
                .map((row, context) -> health(row))
                .list();
    }

    /** Changes the records of a key, which stays locked; does nothing when it is gone or has another version. */
    void change(ProviderKey key, UnaryOperator<List<KeyHealth>> change) {
        boolean same = handle.createQuery(
                        "SELECT id FROM provider_keys WHERE id = :id AND version = :version FOR UPDATE")
                .bind("id", StoredText.of(key.id()))
                .bind("version", key.version())
                .mapTo(String.class)
                .findOne()
                .isPresent();
        if (!same) {
            return;
        }
        List<KeyHealth> stored = list(key.id());
        List<KeyHealth> changed = change.apply(stored);
        if (!changed.equals(stored)) {
            clear(key.id());
            insert(key.id(), changed);
        }
    }

    /** Forgets the records of a key. */
    void clear(String keyId) {
        handle.createUpdate("DELETE FROM key_health WHERE key_id = :id")
                .bind("id", keyId)
                .execute();
    }

    private List<KeyHealth> list(String keyId) {
        return handle.createQuery("SELECT key_id, model, state, until_at, strikes, reason, since_at FROM key_health"
                        + " WHERE key_id = :id ORDER BY position")
                .bind("id", keyId)
                .map((row, context) -> health(row))
                .list();
    }

    private void insert(String keyId, List<KeyHealth> records) {
        if (records.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(
                "INSERT INTO key_health (key_id, position, model, state, until_at, strikes,"
                        + " reason, since_at) VALUES (:keyId, :position, :model, :state, :until, :strikes, :reason, :since)");
        int position = 0;
        for (KeyHealth health : records) {
            batch.bind("keyId", keyId)
                    .bind("position", position++)
                    .bind("model", StoredText.ofNullable(health.model()))
                    .bind("state", health.state().name())
                    .bind("until", Timestamps.argument(health.until()))
                    .bind("strikes", health.strikes())
                    .bind("reason", StoredText.of(health.reason()))
                    .bind("since", Timestamps.argument(health.since()))
                    .add();
        }
        batch.execute();
    }

    private static KeyHealth health(ResultSet row) throws SQLException {
        return new KeyHealth(
                row.getString("key_id"),
                row.getString("model"),
                KeyHealth.State.valueOf(row.getString("state")),
                Timestamps.read(row, "until_at"),
                row.getInt("strikes"),
                row.getString("reason"),
                Timestamps.read(row, "since_at"));
    }
}
