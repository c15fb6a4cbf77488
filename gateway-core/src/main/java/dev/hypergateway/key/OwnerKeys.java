package dev.hypergateway.key;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one owner in memory. Readers take the {@link KeyPool} of a provider without locking; whoever changes something holds
 * {@link #lock}.
 */
final class OwnerKeys {
    final ReentrantLock lock = new ReentrantLock();
    private final Owner owner;
    private final AtomicLong reads = new AtomicLong();
    private final Set<String> unsavedHealth = new HashSet<>();
    private volatile Map<String, KeyPool> pools = Map.of();
    private volatile @Nullable Instant loadedAt;
    private long newestRead;

    OwnerKeys(Owner owner) {
        this.owner = owner;
    }

    Owner owner() {
        return owner;
    }

    /** When the store was last read; null when it never was. */
    @Nullable
    Instant loadedAt() {
        return loadedAt;
    }

    /** To be called before the store is read: gives the read its place in time. */
    long beginRead() {
        return reads.incrementAndGet();
    }

    /** Whether nobody who began to read later has loaded what they read already. */
    boolean isNewest(long read) {
        if (read < newestRead) {
            return false;
        }
        newestRead = read;
        return true;
    }

    KeyPool pool(String provider) {
        KeyPool pool = pools.get(provider);
        return pool == null ? new KeyPool(List.of(), null) : pool;
    }

    @Nullable
    KeySlot slot(String keyId) {
        for (KeyPool pool : pools.values()) {
            KeySlot slot = pool.slot(keyId);
            if (slot != null) {
                return slot;
            }
        }
        return null;
    }

    void markUnsaved(String keyId) {
        unsavedHealth.add(keyId);
    }

    void markSaved(String keyId) {
        unsavedHealth.remove(keyId);
    }

    /**
     * Takes over what the store holds. What has changed here and is not written yet stays as it is. A key whose version has
     * changed loses its old health.
     */
    void load(List<ProviderKey> keys, List<KeyHealth> health, Instant now) {
        Map<String, List<KeyHealth>> healthByKey = new HashMap<>();
        for (KeyHealth each : health) {
            healthByKey
                    .computeIfAbsent(each.keyId(), unused -> new ArrayList<>())
                    .add(each);
        }
        Map<String, List<KeySlot>> slots = new LinkedHashMap<>();
        Map<String, String> selected = new HashMap<>();
        for (ProviderKey key : keys) {
            KeySlot slot = slot(key.id());
            boolean edited = slot != null && slot.key().version() != key.version();
            if (slot == null || edited) {
                slot = new KeySlot(key);
                unsavedHealth.remove(key.id());
            } else {
                slot.key(key);
            }
            if (!unsavedHealth.contains(key.id())) {
                slot.health(healthByKey.getOrDefault(key.id(), List.of()));
            }
            slots.computeIfAbsent(key.provider(), unused -> new ArrayList<>()).add(slot);
            if (key.selected()) {
                selected.put(key.provider(), key.id());
            }
        }
        Map<String, KeyPool> loaded = new LinkedHashMap<>();
        slots.forEach((provider, list) -> loaded.put(provider, pool(provider, list, selected.get(provider))));
        pools = loaded;
        loadedAt = now;
    }

    private KeyPool pool(String provider, List<KeySlot> slots, @Nullable String selectedInStore) {
        KeyPool old = pools.get(provider);
        KeyPool fresh = new KeyPool(slots, selectedInStore);
        boolean unsavedSelection = old != null && !Objects.equals(old.selected(), old.selectedInStore());
        if (old != null && unsavedSelection && Objects.equals(old.selectedInStore(), selectedInStore)) {
            fresh.select(fresh.slot(old.selected()) == null ? selectedInStore : old.selected());
        }
        return fresh;
    }
}
