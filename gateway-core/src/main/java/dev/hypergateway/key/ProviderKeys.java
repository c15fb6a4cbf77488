package dev.hypergateway.key;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stored provider keys, for people: to list, add, change, select and delete. Thread-safe. Every method reads or writes the
 * store at once and throws {@link KeyStoreException} when it is out of reach; calls notice the change at once.
 */
public final class ProviderKeys {
    /** How long changes that calls have made may take to get into the store before a person's change goes there. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final KeyMirror mirror;
    private final KeyAudit audit;

    ProviderKeys(KeyMirror mirror, KeyAudit audit) {
        this.mirror = mirror;
        this.audit = audit;
    }

    /** All keys of an owner with their health, oldest first. */
    public List<KeyStatus> list(Owner owner) {
        OwnerKeys keys = mirror.keys(owner);
        return mirror.read(owner).stream().map(key -> status(keys, key)).toList();
    }

    /** A key of an owner with its health. */
    public Optional<KeyStatus> find(Owner owner, String id) {
        OwnerKeys keys = mirror.keys(owner);
        return mirror.read(owner).stream()
                .filter(key -> key.id().equals(id))
                .findFirst()
                .map(key -> status(keys, key));
    }

    /**
     * Stores a key; the first one of its provider becomes the selected one.
     *
     * @throws IllegalArgumentException when a limit in its attributes makes no sense; see {@link KeyLimits}
     */
    public ProviderKey add(Owner owner, NewProviderKey key) {
        KeyLimits.of(key.attributes());
        ProviderKey added = mirror.store().add(owner, key);
        audit.added(added);
        mirror.read(owner);
        return added;
    }

    /**
     * Stores many keys of one provider with one audit entry.
     *
     * @throws IllegalArgumentException as {@link #add}; then nothing is stored
     */
    public List<ProviderKey> importAll(Owner owner, String provider, List<NewProviderKey> keys) {
        keys.forEach(key -> KeyLimits.of(key.attributes()));
        List<ProviderKey> added = new ArrayList<>();
        try {
            for (NewProviderKey key : keys) {
                added.add(mirror.store().add(owner, key));
            }
        } finally {
            audit.imported(owner, provider, added.size());
            mirror.read(owner);
        }
        return added;
    }

    /** Changes a key; a new secret or new settings make it available again. Empty when the owner has no such key. */
    public Optional<ProviderKey> update(Owner owner, String id, ProviderKeyChange change) {
        if (change.attributes() != null) {
            KeyLimits.of(change.attributes());
        }
        mirror.flush(PATIENCE);
        Optional<ProviderKey> updated = mirror.store().update(owner, id, change);
        updated.ifPresent(key -> {
            audit.updated(key);
            mirror.read(owner);
        });
        return updated;
    }

    /** Makes a key the selected one of its provider. Empty when the owner has no such key. */
    public Optional<ProviderKey> select(Owner owner, String id) {
        return mirror.store().find(owner, id).map(key -> {
            moveSelection(owner, key.provider(), id);
            return key.withSelected(true);
        });
    }

    /** Takes the selection from a key, if it has it. Empty when the owner has no such key. */
    public Optional<ProviderKey> unselect(Owner owner, String id) {
        return mirror.store().find(owner, id).map(key -> {
            if (id.equals(mirror.loaded(owner).pool(key.provider()).selected())) {
                moveSelection(owner, key.provider(), null);
            }
            return key.withSelected(false);
        });
    }

    /** Deletes a key; false when the owner has no such key. */
    public boolean delete(Owner owner, String id) {
        Optional<ProviderKey> found = mirror.store().find(owner, id);
        if (found.isEmpty() || !mirror.store().delete(owner, id)) {
            return false;
        }
        audit.deleted(found.get());
        mirror.read(owner);
        ProviderKey key = found.get();
        String promoted = mirror.loaded(owner).pool(key.provider()).selected();
        if (key.selected() && promoted != null) {
            mirror.store().find(owner, promoted).ifPresent(audit::selected);
        }
        return true;
    }

    /** Deletes all keys of a provider and returns how many there were. */
    public int deleteAll(Owner owner, String provider) {
        int deleted = 0;
        for (ProviderKey key : mirror.store().list(owner)) {
            if (key.provider().equals(provider) && mirror.store().delete(owner, key.id())) {
                deleted++;
            }
        }
        if (deleted > 0) {
            audit.deletedAll(owner, provider);
            mirror.read(owner);
        }
        return deleted;
    }

    /** Makes a key available again at once. Empty when the owner has no such key. */
    public Optional<KeyStatus> revive(Owner owner, String id) {
        mirror.read(owner);
        OwnerKeys keys = mirror.keys(owner);
        KeySlot slot = keys.slot(id);
        if (slot == null) {
            return Optional.empty();
        }
        keys.lock.lock();
        try {
            if (slot.clear()) {
                mirror.saveHealth(keys, slot);
                audit.revived(slot.key(), "by hand");
            }
        } finally {
            keys.lock.unlock();
        }
        return Optional.of(new KeyStatus(slot.key(), List.of(), slot.learned()));
    }

    /** Waits until what calls have changed is in the store; false when the time was too short. */
    public boolean flush(Duration patience) {
        return mirror.flush(patience);
    }

    private void moveSelection(Owner owner, String provider, @Nullable String next) {
        mirror.flush(PATIENCE);
        for (int attempt = 0; attempt < 10; attempt++) {
            String expected = mirror.store().list(owner).stream()
                    .filter(key -> key.provider().equals(provider) && key.selected())
                    .map(ProviderKey::id)
                    .findFirst()
                    .orElse(null);
            if (Objects.equals(expected, next)) {
                mirror.read(owner);
                return;
            }
            if (mirror.store().select(owner, provider, expected, next)) {
                if (expected != null) {
                    mirror.store().find(owner, expected).ifPresent(audit::unselected);
                }
                if (next != null) {
                    mirror.store().find(owner, next).ifPresent(audit::selected);
                }
                mirror.read(owner);
                return;
            }
        }
        throw new KeyStoreException("the selection kept changing while it was being moved; try again", null);
    }

    private static KeyStatus status(OwnerKeys keys, ProviderKey key) {
        KeySlot slot = keys.slot(key.id());
        boolean selected = key.id().equals(keys.pool(key.provider()).selected());
        return slot == null
                ? new KeyStatus(key.withSelected(selected), List.of(), List.of())
                : new KeyStatus(key.withSelected(selected), slot.health(), slot.learned());
    }
}
