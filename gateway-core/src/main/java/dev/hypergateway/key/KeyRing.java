package dev.hypergateway.key;

import java.util.List;
import java.util.Optional;

/** Provider keys as the engine sees them. Thread-safe. */
public final class KeyRing {
    private KeyRing() {}

    /** All keys of an owner with their health, oldest first. */
    public List<KeyStatus> list(Owner owner) {
        throw new UnsupportedOperationException();
    }

    /** A key of an owner with its health. */
    public Optional<KeyStatus> find(Owner owner, String id) {
        throw new UnsupportedOperationException();
    }

    /** Stores a key; the first one of its provider becomes the selected one. */
    public ProviderKey add(Owner owner, NewProviderKey key) {
        throw new UnsupportedOperationException();
    }

    /** Stores many keys with one audit entry. */
    public List<ProviderKey> importAll(Owner owner, String provider, List<NewProviderKey> keys) {
        throw new UnsupportedOperationException();
    }

    /** Changes a key; a new secret makes it available again. Empty when the owner has no such key. */
    public Optional<ProviderKey> update(Owner owner, String id, ProviderKeyChange change) {
        throw new UnsupportedOperationException();
    }

    /** Makes a key the selected one of its provider. Empty when the owner has no such key. */
    public Optional<ProviderKey> select(Owner owner, String id) {
        throw new UnsupportedOperationException();
    }

    /** Takes the selection from a key, if it has it. Empty when the owner has no such key. */
    public Optional<ProviderKey> unselect(Owner owner, String id) {
        throw new UnsupportedOperationException();
    }

    /** Deletes a key; false when the owner has no such key. */
    public boolean delete(Owner owner, String id) {
        throw new UnsupportedOperationException();
    }

    /** Deletes all keys of a provider and returns how many there were. */
    public int deleteAll(Owner owner, String provider) {
        throw new UnsupportedOperationException();
    }

    /** Makes a key available again at once. Empty when the owner has no such key. */
    public Optional<KeyStatus> revive(Owner owner, String id) {
        throw new UnsupportedOperationException();
    }
}
