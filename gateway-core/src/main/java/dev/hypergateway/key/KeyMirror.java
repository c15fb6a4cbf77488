package dev.hypergateway.key;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The store's picture in memory: each owner's keys as they were last read, with the changes on top that are still on their way to
 * the store. Thread-safe.
 */
final class KeyMirror implements AutoCloseable {
    private final Map<Owner, OwnerKeys> owners = new ConcurrentHashMap<>();
    private final WriteBehind writes = new WriteBehind();
    private final KeyStore store;
    private final KeyAudit audit;
    private final Clock clock;
    private final KeyRefresh refresh;

    /**
     * @param store closed together with the mirror
     * @param audit hears of the selections that calls have moved
     * @param clock the present
     * @param refreshInterval how often keys in use are read again from the store; zero for never
     */
    KeyMirror(KeyStore store, KeyAudit audit, Clock clock, Duration refreshInterval) {
        this.store = Objects.requireNonNull(store, "store");
        this.audit = Objects.requireNonNull(audit, "audit");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.refresh = new KeyRefresh(this::read, clock, Objects.requireNonNull(refreshInterval, "refreshInterval"));
    }

    /** For what goes to the store at once. */
    KeyStore store() {
        return store;
    }

    /** An owner's keys, which are read if they never were. */
    OwnerKeys loaded(Owner owner) {
        OwnerKeys keys = keys(owner);
        if (keys.loadedAt() == null) {
            read(keys);
        }
        return keys;
    }

    /** An owner's keys for a call: from here on they are read again and again, until no call has used them for a while. */
    OwnerKeys used(Owner owner) {
        OwnerKeys keys = loaded(owner);
        refresh.used(keys);
        return keys;
    }

    /** An owner's keys as far as they have been read. */
    OwnerKeys keys(Owner owner) {
        return owners.computeIfAbsent(owner, OwnerKeys::new);
    }

    /** Reads an owner's keys from the store; returns them as they stand there, oldest first. */
    List<ProviderKey> read(Owner owner) {
        return read(keys(owner));
    }

    /** Writes what has changed in a key's health behind the call. */
    void saveHealth(OwnerKeys keys, KeySlot slot) {
        writes.submit(slot.key().id(), () -> {
            HealthJournal.Pending pending;
            keys.lock.lock();
            try {
                pending = slot.journal().pending();
            } finally {
                keys.lock.unlock();
            }
            store.changeHealth(slot.key(), pending::changed);
            keys.lock.lock();
            try {
                slot.journal().written(pending, keys.latestRead());
            } finally {
                keys.lock.unlock();
            }
        });
    }

    /**
     * Writes the selection at a provider behind the call, ahead of the health of what may be thousands of keys, as it is what the
     * next call after a crash needs; and then tells the audit trail: of nodes that move it at the same time one has moved it. When
     * somebody else has, theirs holds.
     */
    void saveSelection(OwnerKeys keys, String provider) {
        writes.submitUrgent(List.of(keys.owner(), provider), () -> {
            String selected;
            String expected;
            Rotation rotation;
            keys.lock.lock();
            try {
                KeyPool pool = keys.pool(provider);
                selected = pool.selected();
                expected = pool.selectedInStore();
                rotation = Rotation.of(pool);
            } finally {
                keys.lock.unlock();
            }
            if (Objects.equals(selected, expected)) {
                return;
            }
            boolean moved = store.select(keys.owner(), provider, expected, selected);
            keys.lock.lock();
            try {
                KeyPool pool = keys.pool(provider);
                if (moved) {
                    pool.selectionWritten(selected, keys.latestRead());
                } else {
                    // What others made of it may have been read meanwhile.
                    pool.select(pool.selectedInStore());
                }
            } finally {
                keys.lock.unlock();
            }
            if (!moved) {
                read(keys);
            } else if (rotation != null) {
                audit.tookOver(rotation.from(), rotation.to(), rotation.reason());
            }
        });
    }

    /** Waits until all changes are in the store; false when the time was too short. */
    boolean flush(Duration patience) {
        return writes.flush(patience);
    }

    /** Writes what is waiting and closes the store. */
    @Override
    public void close() {
        refresh.close();
        writes.close();
        store.close();
    }

    private List<ProviderKey> read(OwnerKeys keys) {
        long ticket = keys.beginRead();
        List<ProviderKey> stored = store.list(keys.owner());
        List<KeyHealth> health = store.health(keys.owner());
        keys.lock.lock();
        try {
            if (keys.isNewest(ticket)) {
                keys.load(stored, health, ticket, clock.instant());
            }
        } finally {
            keys.lock.unlock();
        }
        return stored;
    }

    /** What the store does not know yet: a key that has lost the selection, the one that has it, and why. */
    private record Rotation(ProviderKey from, ProviderKey to, String reason) {
        static @Nullable Rotation of(KeyPool pool) {
            KeySlot from = pool.slot(pool.selectedInStore());
            KeySlot to = pool.slot(pool.selected());
            String reason = pool.leftBecause(pool.selectedInStore());
            return from == null || to == null || reason == null ? null : new Rotation(from.key(), to.key(), reason);
        }
    }
}
