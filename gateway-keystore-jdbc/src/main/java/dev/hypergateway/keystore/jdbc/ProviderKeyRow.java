package dev.hypergateway.keystore.jdbc;

import dev.hypergateway.key.Owner;
import dev.hypergateway.key.ProviderKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A row of {@code provider_keys}. */
final class ProviderKeyRow {
    static final String COLUMNS =
            "id, seq, owner, provider, name, account, attributes, selected, version, created_at, master_key_id, secret";

    private final RowBinding binding;
    private final long seq;
    private final @Nullable String name;
    private final @Nullable String account;
    private final String attributes;
    private final boolean selected;
    private final long version;
    private final Instant createdAt;
    private final String masterKeyId;
    private final byte[] secret;

    ProviderKeyRow(ResultSet row) throws SQLException {
        this.binding = new RowBinding(row.getString("id"), row.getString("owner"), row.getString("provider"));
        this.seq = row.getLong("seq");
        this.name = row.getString("name");
        this.account = row.getString("account");
        this.attributes = row.getString("attributes");
        this.selected = row.getBoolean("selected");
        this.version = row.getLong("version");
        this.createdAt = Timestamps.read(row, "created_at");
        this.masterKeyId = row.getString("master_key_id");
        this.secret = row.getBytes("secret");
    }

    RowBinding binding() {
        return binding;
    }

    String id() {
        return binding.id();
    }

    /** Position in the order of creation. */
    long seq() {
        return seq;
    }

    boolean selected() {
        return selected;
    }

    String masterKeyId() {
        return masterKeyId;
    }

    byte[] secret() {
        return Arrays.copyOf(secret, secret.length);
    }

    String displayName() {
        return name == null ? id() : name;
    }

    /** The key, whose secret is decrypted each time it is asked for. */
    ProviderKey toKey(SecretBox box) {
        return new ProviderKey(
                id(),
                new Owner(binding.owner()),
                binding.provider(),
                name,
                selected,
                createdAt,
                version,
                account,
                Attributes.decode(attributes),
                () -> box.open(binding, masterKeyId, secret, displayName()));
    }
}
