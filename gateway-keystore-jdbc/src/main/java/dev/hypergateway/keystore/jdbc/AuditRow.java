package dev.hypergateway.keystore.jdbc;

import dev.hypergateway.audit.AuditAction;
import dev.hypergateway.audit.AuditEvent;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an audit row that its hash covers, as they read back from the database.
 *
 * @param seq position in the chain, starting at 1
 */
record AuditRow(
        long seq,
        String id,
        Instant at,
        String owner,
        String action,
        String provider,
        @Nullable String keyId,
        String description) {

    static AuditRow of(long seq, AuditEvent event) {
        return new AuditRow(
                seq,
                event.id().toString(),
                Timestamps.stored(event.at()),
                StoredText.of(event.owner()),
                event.action().name(),
                StoredText.of(event.provider()),
                StoredText.ofNullable(event.keyId()),
                StoredText.of(event.description()));
    }

    static AuditRow read(ResultSet row) throws SQLException {
        return new AuditRow(
                row.getLong("seq"),
                row.getString("id"),
                Timestamps.read(row, "happened_at"),
                row.getString("owner"),
                row.getString("action"),
                row.getString("provider"),
                row.getString("key_id"),
                row.getString("description"));
    }

    AuditEvent toEvent() {
        return new AuditEvent(
                UUID.fromString(id), at, owner, AuditAction.valueOf(action), provider, keyId, description);
    }

    /** SHA-256 over the hash of the row before and all fields. */
    byte[] hash(byte[] previous) {
        byte[] fields =
                Hashes.fields(Long.toString(seq), id, at.toString(), owner, action, provider, keyId, description);
        return Hashes.sha256(ByteBuffer.allocate(previous.length + fields.length)
                .put(previous)
                .put(fields)
                .array());
    }
}
