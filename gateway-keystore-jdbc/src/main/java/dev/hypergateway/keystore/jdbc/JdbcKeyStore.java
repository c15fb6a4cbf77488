package dev.hypergateway.keystore.jdbc;

import dev.hypergateway.key.DuplicateKeyException;
import dev.hypergateway.key.KeyHealth;
import dev.hypergateway.key.KeyStore;
import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.Owner;
import dev.hypergateway.key.ProviderKey;
import dev.hypergateway.key.ProviderKeyChange;
import dev.hypergateway.provider.Secret;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Provider keys in a database, their secrets encrypted. Thread-safe; several stores in several processes may share one database.
 * A secret is decrypted each time it is asked for. The schema itself refuses a second selected key of an owner and provider.
 */
public final class JdbcKeyStore implements KeyStore {
    private final JdbcDatabase database;
    private final SecretBox box;
    private final Clock clock;
    private final boolean ownsDatabase;

    /**
     * A store on an open database, which is not closed together with the store.
     *
     * @param database where the keys are
     * @param masterKeys what encrypts their secrets
     */
    public JdbcKeyStore(JdbcDatabase database, MasterKeys masterKeys) {
        this(database, masterKeys, Clock.systemUTC(), false);
    }

    JdbcKeyStore(JdbcDatabase database, MasterKeys masterKeys, Clock clock, boolean ownsDatabase) {
        this.database = Objects.requireNonNull(database, "database");
        this.box = new SecretBox(Objects.requireNonNull(masterKeys, "masterKeys"));
        this.clock = Objects.requireNonNull(clock, "clock");
        this.ownsDatabase = ownsDatabase;
        new Reencryption(database, box).warnOfUnreadableRows();
    }

    /** A store that closes the database when it is closed. */
    static JdbcKeyStore owning(JdbcDatabase database, MasterKeys masterKeys) {
        return new JdbcKeyStore(database, masterKeys, Clock.systemUTC(), true);
    }

    @Override
    public List<ProviderKey> list(Owner owner) {
        return work(
                "list the keys",
                table -> table.list(owner).stream().map(row -> row.toKey(box)).toList());
    }

    @Override
    public Optional<ProviderKey> find(Owner owner, String id) {
        return work("find a key", table -> table.find(owner, id).map(row -> row.toKey(box)));
    }

    @Override
    public ProviderKey add(Owner owner, NewProviderKey added) {
        Instant now = Timestamps.stored(clock.instant());
        RowBinding row = new RowBinding(UUID.randomUUID().toString(), owner.id(), StoredText.of(added.provider()));
        return database.inDurableTransaction("store a key", handle -> {
            Owners.ensureAndLock(handle, owner, now);
            ProviderKeyTable table = new ProviderKeyTable(handle, box);
            refuseDuplicate(table, row, added.secret());
            table.insert(row, added, table.siblings(owner, added.provider()).isEmpty(), now);
            return table.find(owner, row.id()).orElseThrow().toKey(box);
        });
    }

    @Override
    public Optional<ProviderKey> update(Owner owner, String id, ProviderKeyChange change) {
        return database.inDurableTransaction("change a key", handle -> {
            Owners.lock(handle, owner);
            ProviderKeyTable table = new ProviderKeyTable(handle, box);
            Optional<ProviderKeyRow> found = table.find(owner, id);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            apply(table, found.get().binding(), change);
            if (change.secret() != null || change.attributes() != null) {
                table.raiseVersion(id);
                new KeyHealthTable(handle).clear(id);
            }
            return table.find(owner, id).map(row -> row.toKey(box));
        });
    }

    @Override
    public boolean delete(Owner owner, String id) {
        return locked("delete a key", owner, table -> {
            Optional<ProviderKeyRow> found = table.find(owner, id);
            if (found.isEmpty()) {
                return false;
            }
            ProviderKeyRow row = found.get();
            table.delete(id);
            if (row.selected()) {
                List<ProviderKeyRow> left = table.siblings(owner, row.binding().provider());
                left.stream()
                        .filter(other -> other.seq() > row.seq())
                        .findFirst()
                        .or(() -> left.stream().findFirst())
                        .ifPresent(next -> table.setSelected(next.id(), true));
            }
            return true;
        });
    }

    @Override
    public boolean select(Owner owner, String provider, @Nullable String expected, @Nullable String next) {
        return locked("select a key", owner, table -> {
            List<ProviderKeyRow> siblings = table.siblings(owner, provider);
            String current = siblings.stream()
                    .filter(ProviderKeyRow::selected)
                    .map(ProviderKeyRow::id)
                    .findFirst()
                    .orElse(null);
            if (!Objects.equals(current, expected)
                    || (next != null
                            && siblings.stream().noneMatch(row -> row.id().equals(next)))) {
                return false;
            }
            if (!Objects.equals(current, next)) {
                if (current != null) {
                    table.setSelected(current, false);
                }
                if (next != null) {
                    table.setSelected(next, true);
                }
            }
            return true;
        });
    }

    @Override
    public List<KeyHealth> health(Owner owner) {
        return database.inTransaction("read the health of keys", handle -> new KeyHealthTable(handle).list(owner));
    }

    @Override
    public void changeHealth(ProviderKey key, UnaryOperator<List<KeyHealth>> change) {
        database.inTransaction("save the health of a key", handle -> {
            new KeyHealthTable(handle).change(key, change);
            return null;
        });
    }

    /**
     * Encrypts everything that is under an older master key with the current one, row by row, while the store is in use. Keys
     * that cannot be decrypted are reported in the log and left as they are. May be run again at any time.
     *
     * @return how many keys were re-encrypted
     */
    public int reencrypt() {
        return new Reencryption(database, box).run();
    }

    @Override
    public void close() {
        if (ownsDatabase) {
            database.close();
        }
    }

    private void apply(ProviderKeyTable table, RowBinding row, ProviderKeyChange change) {
        if (change.name() != null) {
            table.rename(row.id(), change.name());
        }
        if (change.account() != null) {
            table.relabel(row.id(), change.account());
        }
        if (change.attributes() != null) {
            table.replaceAttributes(row.id(), change.attributes());
        }
        Secret secret = change.secret();
        if (secret != null) {
            refuseDuplicate(table, row, secret);
            table.replaceSecret(row, secret, box.fingerprint(row, secret));
        }
    }

    private void refuseDuplicate(ProviderKeyTable table, RowBinding row, Secret secret) {
        Optional<ProviderKeyRow> existing = table.withFingerprint(row, box.fingerprints(row, secret));
        if (existing.isPresent()) {
            throw new DuplicateKeyException(existing.get().toKey(box));
        }
    }

    private <T> T work(String what, TableWork<T> work) {
        return database.inTransaction(what, handle -> work.on(new ProviderKeyTable(handle, box)));
    }

    private <T> T locked(String what, Owner owner, TableWork<T> work) {
        return database.inDurableTransaction(what, handle -> {
            Owners.lock(handle, owner);
            return work.on(new ProviderKeyTable(handle, box));
        });
    }

    @FunctionalInterface
    private interface TableWork<T> {
        T on(ProviderKeyTable table);
    }
}
