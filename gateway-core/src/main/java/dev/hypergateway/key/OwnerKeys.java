package dev.hypergateway.key;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private volatile Map<String, KeyPool> pools = Map.of();
    private volatile @Nullable Instant loadedAt;
    private volatile @Nullable Instant usedAt;
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

    /**
     * Says that a call uses the keys.
     *
     * @return when one did last; null when none has
     */
    @Nullable
    Instant used(Instant now) {
        Instant before = usedAt;
        usedAt = now;
        return before;
    }

    /** When a call used the keys last; null when none has. */
    @Nullable
    Instant usedAt() {
        return usedAt;
    }

    /** To be called before the store is read: gives the read its place among all reads. */
    long beginRead() {
        return reads.incrementAndGet();
    }

    /** The latest read that has begun: what is written to the store from here on it may not have seen, later ones will. */
    long latestRead() {
        return reads.get();
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
        return pool == null ? KeyPool.empty() : pool;
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

    /**
     * Takes over what the store holds. What has changed here and this read may not have seen stays as it is. A key whose version
     * has changed loses its old health.
     *
     * @param ticket the place of the read among all reads
     */
    void load(List<ProviderKey> keys, List<KeyHealth> health, long ticket, Instant now) {
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
            if (slot == null || slot.key().version() != key.version()) {
                slot = new KeySlot(key);
            } else {
                slot.key(key);
            }
            slot.load(healthByKey.getOrDefault(key.id(), List.of()), ticket);
            slots.computeIfAbsent(key.provider(), unused -> new ArrayList<>()).add(slot);
            if (key.selected()) {
                selected.put(key.provider(), key.id());
            }
        }
        Map<String, KeyPool> loaded = new LinkedHashMap<>();
        slots.forEach((provider, list) ->
                loaded.put(provider, pool(provider).reloaded(list, selected.get(provider), ticket)));
        pools = loaded;
        loadedAt = now;
    }
}
