package dev.hypergateway.keystore.jdbc;

import dev.hypergateway.key.Owner;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** Rows of owners. Whoever changes keys locks the owner's row first, so changes of one owner happen one after another. */
final class Owners {
    private Owners() {}

    /** Makes the owner's row unless it is there, and locks it. */
    static void ensureAndLock(Handle handle, Owner owner, Instant now) {
        if (!exists(handle, owner)) {
            insert(handle, owner, now);
        }
        lock(handle, owner);
    }

    /** Waits until no other transaction changes keys of this owner. */
    static void lock(Handle handle, Owner owner) {
        handle.createQuery("SELECT id FROM users WHERE id = :id FOR UPDATE")
                .bind("id", owner.id())
                .mapTo(String.class)
                .findOne();
    }

    private static boolean exists(Handle handle, Owner owner) {
        return handle.createQuery("SELECT 1 FROM users WHERE id = :id")
                .bind("id", owner.id())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private static void insert(Handle handle, Owner owner, Instant now) {
        handle.savepoint("owner");
        try {
            handle.createUpdate("INSERT INTO users (id, created_at) VALUES (:id, :now)")
                    .bind("id", owner.id())
                    .bind("now", Timestamps.argument(now))
                    .execute();
        } catch (JdbiException e) {
            if (!SqlStates.isUniqueViolation(e)) {
                throw e;
            }
            // Somebody else was faster. PostgreSQL would refuse to go on in this transaction.
            handle.rollbackToSavepoint("owner");
        }
    }
}
