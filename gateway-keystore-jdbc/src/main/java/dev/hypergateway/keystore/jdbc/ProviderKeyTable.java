package dev.hypergateway.keystore.jdbc;

import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.Owner;
import dev.hypergateway.provider.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The statements on {@code provider_keys}, inside the caller's transaction. */
final class ProviderKeyTable {
    private static final String SELECT = "SELECT " + ProviderKeyRow.COLUMNS + " FROM provider_keys ";

    private final Handle handle;
    private final SecretBox box;

    ProviderKeyTable(Handle handle, SecretBox box) {
        this.handle = handle;
        this.box = box;
    }

    List<ProviderKeyRow> list(Owner owner) {
        return handle.createQuery(SELECT + "WHERE owner = :owner ORDER BY seq")
                .bind("owner", owner.id())
                .map((row, context) -> new ProviderKeyRow(row))
                .list();
    }

    Optional<ProviderKeyRow> find(Owner owner, String id) {
        return handle.createQuery(SELECT + "WHERE id = :id AND owner = :owner")
                .bind("id", StoredText.of(id))
                .bind("owner", owner.id())
                .map((row, context) -> new ProviderKeyRow(row))
                .findOne();
    }

    /** The keys of one provider, oldest first. */
    List<ProviderKeyRow> siblings(Owner owner, String provider) {
        return handle.createQuery(SELECT + "WHERE owner = :owner AND provider = :provider ORDER BY seq")
                .bind("owner", owner.id())
                .bind("provider", StoredText.of(provider))
                .map((row, context) -> new ProviderKeyRow(row))
                .list();
    }

    /** The key that holds one of these fingerprints. */
    Optional<ProviderKeyRow> withFingerprint(RowBinding row, List<byte[]> fingerprints) {
        for (byte[] fingerprint : fingerprints) {
            Optional<ProviderKeyRow> found = handle.createQuery(
                            SELECT
                                    + "WHERE owner = :owner AND provider = :provider AND fingerprint = :fingerprint AND id <> :id")
                    .bind("owner", row.owner())
                    .bind("provider", row.provider())
                    .bind("fingerprint", fingerprint)
                    .bind("id", row.id())
                    .map((result, context) -> new ProviderKeyRow(result))
                    .findOne();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    void insert(RowBinding row, NewProviderKey key, boolean selected, Instant createdAt) {
        handle.createUpdate(
                        "INSERT INTO provider_keys (id, owner, provider, name, account, attributes, selected, version,"
                                + " created_at, master_key_id, secret, fingerprint) VALUES (:id, :owner, :provider, :name, :account,"
                                + " :attributes, :selected, 1, :createdAt, :masterKeyId, :secret, :fingerprint)")
                .bind("id", row.id())
                .bind("owner", row.owner())
                .bind("provider", row.provider())
                .bind("name", StoredText.ofNullable(key.name()))
                .bind("account", StoredText.ofNullable(key.account()))
                .bind("attributes", Attributes.encode(key.attributes()))
                .bind("selected", selected)
                .bind("createdAt", Timestamps.argument(createdAt))
                .bind("masterKeyId", box.keys().currentId())
                .bind("secret", box.seal(row, key.secret()))
                .bind("fingerprint", box.fingerprint(row, key.secret()))
                .execute();
    }

    void rename(String id, String name) {
        set(id, "name", name);
    }

    void relabel(String id, String account) {
        set(id, "account", account);
    }

    void replaceAttributes(String id, Map<String, String> attributes) {
        set(id, "attributes", Attributes.encode(attributes));
    }

    /**
     * Stores a secret under the current master key.
     *
     * @param fingerprint null when another row has it
     */
    void replaceSecret(RowBinding row, Secret secret, byte @Nullable [] fingerprint) {
        handle.createUpdate("UPDATE provider_keys SET master_key_id = :masterKeyId, secret = :secret,"
                        + " fingerprint = :fingerprint WHERE id = :id")
                .bind("masterKeyId", box.keys().currentId())
                .bind("secret", box.seal(row, secret))
                .bind("fingerprint", fingerprint)
                .bind("id", row.id())
                .execute();
    }

    void raiseVersion(String id) {
        handle.createUpdate("UPDATE provider_keys SET version = version + 1 WHERE id = :id")
                .bind("id", id)
                .execute();
    }

    void setSelected(String id, boolean selected) {
        handle.createUpdate("UPDATE provider_keys SET selected = :selected WHERE id = :id")
                .bind("selected", selected)
                .bind("id", id)
                .execute();
    }

    void delete(String id) {
        handle.createUpdate("DELETE FROM provider_keys WHERE id = :id")
                .bind("id", id)
                .execute();
    }

    /** Column names come from this class only. */
    private void set(String id, String column, String value) {
        String stored = StoredText.of(value);
        handle.createUpdate("UPDATE provider_keys SET " + column + " = :value WHERE id = :id")
                .bind("value", stored.isEmpty() && !column.equals("attributes") ? null : stored)
                .bind("id", id)
                .execute();
    }
}
