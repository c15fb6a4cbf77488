package dev.hypergateway.keystore.jdbc;

import dev.hypergateway.key.KeyStoreException;
import dev.hypergateway.key.Owner;
import dev.hypergateway.provider.Secret;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that clients send to the gateway. Only their SHA-256 is stored. Thread-safe. All methods throw
 * {@link KeyStoreException} when the database is out of reach, except {@link #markUsed} and {@link #close}.
 */
public final class JdbcGatewayKeys implements AutoCloseable {
    private static final String SELECT =
            "SELECT id, owner, name, prefix, active, created_at, last_used_at FROM gateway_keys ";

    private final JdbcDatabase database;
    private final Clock clock;
    private final LastUse lastUse;

    /**
     * @param database where the keys are; it is not closed together with this object
     */
    public JdbcGatewayKeys(JdbcDatabase database) {
        this(database, Clock.systemUTC());
    }

    JdbcGatewayKeys(JdbcDatabase database, Clock clock) {
        this.database = Objects.requireNonNull(database, "database");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.lastUse = new LastUse(database);
    }

    /**
     * Creates a key with a random token of 256 bits.
     *
     * @param name the owner's name for it; null for none
     */
    public CreatedGatewayKey create(Owner owner, @Nullable String name) {
        String token = GatewayTokens.generate();
        GatewayKey key =
                database.inDurableTransaction("create a gateway key", handle -> insert(handle, owner, token, name));
        return new CreatedGatewayKey(key, Secret.of(token));
    }

    /**
     * Stores a token that exists already, for example one of the original service ({@code hp_…}). A token that this owner has
     * stored before is left as it is, also when it was deactivated.
     *
     * @param token 16 to 1000 visible ASCII characters; it should be random, as its hash is a fast one
     * @param name the owner's name for it; null for none
     * @return the stored key
     * @throws IllegalArgumentException when the token is too short or has other characters, or belongs to another owner
     */
    public GatewayKey importToken(Owner owner, String token, @Nullable String name) {
        GatewayTokens.check(token);
        return database.inDurableTransaction("import a gateway key", handle -> {
            Owners.ensureAndLock(handle, owner, clock.instant());
            Optional<GatewayKey> existing = find(handle, token);
            if (existing.isPresent() && !existing.get().owner().equals(owner)) {
                throw new IllegalArgumentException("this gateway key is stored for another owner; use another one");
            }
            return existing.orElseGet(() -> insert(handle, owner, token, name));
        });
    }

    /** The keys of an owner, oldest first. */
    public List<GatewayKey> list(Owner owner) {
        lastUse.write();
        return database.inTransaction(
                "list gateway keys",
                handle -> handle.createQuery(SELECT + "WHERE owner = :owner ORDER BY seq")
                        .bind("owner", owner.id())
                        .map((row, context) -> key(row))
                        .list());
    }

    /** A key of an owner. */
    public Optional<GatewayKey> find(Owner owner, String id) {
        lastUse.write();
        return database.inTransaction("find a gateway key", handle -> find(handle, owner, id));
    }

    /** The key of a token, active or not. One look-up by the hash of the token; callers on the way of a call keep the answer. */
    public Optional<GatewayKey> findByToken(String token) {
        return database.inTransaction("look up a gateway key", handle -> find(handle, token));
    }

    /** Notes that a key was used at this moment. Only in memory; written within half a minute and at the end. */
    public void markUsed(String id) {
        lastUse.record(id, clock.instant());
    }

    /** Accepts a key or stops accepting it. Empty when the owner has no such key. */
    public Optional<GatewayKey> setActive(Owner owner, String id, boolean active) {
        return database.inDurableTransaction("change a gateway key", handle -> {
            handle.createUpdate("UPDATE gateway_keys SET active = :active WHERE id = :id AND owner = :owner")
                    .bind("active", active)
                    .bind("id", StoredText.of(id))
                    .bind("owner", owner.id())
                    .execute();
            return find(handle, owner, id);
        });
    }

    /** Deletes a key; false when the owner has no such key. */
    public boolean delete(Owner owner, String id) {
        return database.inDurableTransaction(
                "delete a gateway key",
                handle -> handle.createUpdate("DELETE FROM gateway_keys WHERE id = :id AND owner = :owner")
                                .bind("id", StoredText.of(id))
                                .bind("owner", owner.id())
                                .execute()
                        == 1);
    }

    /** Writes when keys were last used. */
    @Override
    public void close() {
        lastUse.close();
    }

    private GatewayKey insert(Handle handle, Owner owner, String token, @Nullable String name) {
        Instant now = Timestamps.stored(clock.instant());
        Owners.ensureAndLock(handle, owner, now);
        String id = UUID.randomUUID().toString();
        handle.createUpdate("INSERT INTO gateway_keys (id, owner, name, prefix, token_hash, active, created_at)"
                        + " VALUES (:id, :owner, :name, :prefix, :hash, TRUE, :now)")
                .bind("id", id)
                .bind("owner", owner.id())
                .bind("name", StoredText.ofNullable(name))
                .bind("prefix", GatewayTokens.prefix(token))
                .bind("hash", GatewayTokens.hash(token))
                .bind("now", Timestamps.argument(now))
                .execute();
        return find(handle, owner, id).orElseThrow();
    }

    private static Optional<GatewayKey> find(Handle handle, Owner owner, String id) {
        return handle.createQuery(SELECT + "WHERE id = :id AND owner = :owner")
                .bind("id", StoredText.of(id))
                .bind("owner", owner.id())
                .map((row, context) -> key(row))
                .findOne();
    }

    private static Optional<GatewayKey> find(Handle handle, String token) {
        return handle.createQuery(SELECT + "WHERE token_hash = :hash")
                .bind("hash", GatewayTokens.hash(token))
                .map((row, context) -> key(row))
                .findOne();
    }

    private static GatewayKey key(ResultSet row) throws SQLException {
        return new GatewayKey(
                row.getString("id"),
                new Owner(row.getString("owner")),
                row.getString("name"),
                row.getString("prefix"),
                row.getBoolean("active"),
                Timestamps.read(row, "created_at"),
                Timestamps.readNullable(row, "last_used_at"));
    }
}
