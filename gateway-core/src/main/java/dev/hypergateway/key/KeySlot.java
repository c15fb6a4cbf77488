package dev.hypergateway.key;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A key's place in the ring: the key as stored, and its health. Readers see a consistent picture without locking; writers hold the
 * lock of their {@link OwnerKeys}.
 */
final class KeySlot {
    private static final String WHOLE_KEY = "";

    private final AtomicBoolean probing = new AtomicBoolean();
    private volatile ProviderKey key;
    private volatile Map<String, KeyHealth> health = Map.of();

    KeySlot(ProviderKey key) {
        this.key = key;
    }

    ProviderKey key() {
        return key;
    }

    void key(ProviderKey value) {
        key = value;
    }

    List<KeyHealth> health() {
        return List.copyOf(health.values());
    }

    @Nullable
    KeyHealth health(@Nullable String model) {
        return health.get(model == null ? WHOLE_KEY : model);
    }

    void health(Collection<KeyHealth> records) {
        if (records.isEmpty()) {
            health = Map.of();
            return;
        }
        Map<String, KeyHealth> byModel = new HashMap<>();
        for (KeyHealth each : records) {
            byModel.put(each.model() == null ? WHOLE_KEY : each.model(), each);
        }
        health = Map.copyOf(byModel);
    }

    void put(KeyHealth next) {
        Map<String, KeyHealth> changed = new HashMap<>(health);
        changed.put(next.model() == null ? WHOLE_KEY : next.model(), next);
        health = Map.copyOf(changed);
    }

    /**
     * Forgets what stood against the whole key and against this model, as far as its time was over: a success says nothing about a
     * limit that another call met in the meantime.
     *
     * @return whether anything was forgotten
     */
    boolean clearExpired(String model, Instant now) {
        if (health.isEmpty()) {
            return false;
        }
        Map<String, KeyHealth> changed = new HashMap<>(health);
        changed.computeIfPresent(WHOLE_KEY, (unused, record) -> record.until().isAfter(now) ? record : null);
        changed.computeIfPresent(model, (unused, record) -> record.until().isAfter(now) ? record : null);
        if (changed.size() == health.size()) {
            return false;
        }
        health = Map.copyOf(changed);
        return true;
    }

    /** The record that keeps the key from being used for a model at the moment; the one that lasts longer of two. */
    @Nullable
    KeyHealth obstacle(String model, Instant now) {
        Map<String, KeyHealth> records = health;
        if (records.isEmpty()) {
            return null;
        }
        KeyHealth whole = records.get(WHOLE_KEY);
        KeyHealth forModel = records.get(model);
        KeyHealth longest =
                whole == null || (forModel != null && forModel.until().isAfter(whole.until())) ? forModel : whole;
        return longest != null && longest.until().isAfter(now) ? longest : null;
    }

    /** Whether the key has a rejection whose time is over, so that one live call may find out if it is accepted again. */
    boolean needsProbe() {
        KeyHealth whole = health.get(WHOLE_KEY);
        return whole != null && whole.state() == KeyHealth.State.REJECTED;
    }

    boolean beginProbe() {
        return probing.compareAndSet(false, true);
    }

    void endProbe() {
        probing.set(false);
    }
}
