package dev.hypergateway.keystore.jdbc;

import dev.hypergateway.key.KeyHealth;
import dev.hypergateway.key.Owner;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
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

    /** Replaces the records of a key; does nothing when there is no such key. */
    void replace(String keyId, Collection<KeyHealth> records) {
        boolean known = handle.createQuery("SELECT id FROM provider_keys WHERE id = :id FOR UPDATE")
                .bind("id", StoredText.of(keyId))
                .mapTo(String.class)
                .findOne()
                .isPresent();
        if (!known) {
            return;
        }
        handle.createUpdate("DELETE FROM key_health WHERE key_id = :id")
                .bind("id", keyId)
                .execute();
        if (!records.isEmpty()) {
            insert(keyId, records);
        }
    }

    private void insert(String keyId, Collection<KeyHealth> records) {
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
