package dev.hypergateway.server.cli;

import dev.hypergateway.key.KeyHealth;
import dev.hypergateway.key.KeyStore;
import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.Owner;
import dev.hypergateway.key.ProviderKey;
import dev.hypergateway.key.ProviderKeyChange;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The key store of a database that may still be being opened: who asks earlier waits. Thread-safe. */
final class OpeningKeyStore implements KeyStore {
    private final OpeningDatabase database;

    OpeningKeyStore(OpeningDatabase database) {
        this.database = database;
    }

    @Override
    public List<ProviderKey> list(Owner owner) {
        return keys().list(owner);
    }

    @Override
    public Optional<ProviderKey> find(Owner owner, String id) {
        return keys().find(owner, id);
    }

    @Override
    public ProviderKey add(Owner owner, NewProviderKey key) {
        return keys().add(owner, key);
    }

    @Override
    public Optional<ProviderKey> update(Owner owner, String id, ProviderKeyChange change) {
        return keys().update(owner, id, change);
    }

    @Override
    public boolean delete(Owner owner, String id) {
        return keys().delete(owner, id);
    }

    @Override
    public boolean select(Owner owner, String provider, @Nullable String expected, @Nullable String next) {
        return keys().select(owner, provider, expected, next);
    }

    @Override
    public List<KeyHealth> health(Owner owner) {
        return keys().health(owner);
    }

    @Override
    public void changeHealth(ProviderKey key, UnaryOperator<List<KeyHealth>> change) {
        keys().changeHealth(key, change);
    }

    private KeyStore keys() {
        return database.await().keys();
    }
}
