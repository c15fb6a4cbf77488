package dev.hypergateway.key;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A key's place in the ring: the key as stored, and its health. Readers see a consistent picture without locking; writers hold the
 * lock of their {@link OwnerKeys}.
 */
final class KeySlot {
    private static final Logger LOG = LoggerFactory.getLogger(KeySlot.class);
    private static final String WHOLE_KEY = "";

    /** Callers may name any model, so the records of models that do not exist must not pile up. */
    private static final int MOST_RECORDS = 200;

    private final AtomicBoolean probing = new AtomicBoolean();
    private final KeyLimits limits;
    private final @Nullable KeyGauge gauge;
    private final int weight;
    private volatile ProviderKey key;
    private volatile Map<String, KeyHealth> health = Map.of();
    private volatile Instant lastLimited = Instant.MIN;

    KeySlot(ProviderKey key) {
        this.key = key;
        KeyLimits set = KeyLimits.NONE;
        int share = 1;
        try {
            set = KeyLimits.of(key.attributes());
            share = KeyLimits.weight(key.attributes());
        } catch (IllegalArgumentException e) {
            LOG.warn("The limits of key {} are ignored: {}", key.id(), e.getMessage());
        }
        this.limits = set;
        this.weight = share;
        this.gauge = set.isUnlimited() ? null : new KeyGauge(set);
    }

    /** The key's share under weighted selection. */
    int weight() {
        return weight;
    }

    /** When the key last met a rate limit of its vendor. */
    Instant lastLimited() {
        return lastLimited;
    }

    /** Counts a call against the key's own limits; false when it does not fit. */
    boolean enter(Instant now) {
        return gauge == null || gauge.tryEnter(now);
    }

    void exit(Instant now, long usedTokens) {
        if (gauge != null) {
            gauge.exit(now, usedTokens);
        }
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
        if (next.state() == KeyHealth.State.COOLING) {
            lastLimited = next.since();
        }
        Map<String, KeyHealth> changed = new HashMap<>(health);
        changed.put(next.model() == null ? WHOLE_KEY : next.model(), next);
        if (changed.size() > MOST_RECORDS) {
            changed.values().stream()
                    .filter(record -> record.model() != null && !record.equals(next))
                    .min(Comparator.comparing(KeyHealth::until))
                    .ifPresent(soonest -> changed.remove(String.valueOf(soonest.model())));
        }
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
            return ownLimit(model, now);
        }
        KeyHealth whole = records.get(WHOLE_KEY);
        KeyHealth forModel = records.get(model);
        KeyHealth longest =
                whole == null || (forModel != null && forModel.until().isAfter(whole.until())) ? forModel : whole;
        return longest != null && longest.until().isAfter(now) ? longest : ownLimit(model, now);
    }

    /** What the owner's limits say, in the form of a health record that is never stored. */
    private @Nullable KeyHealth ownLimit(String model, Instant now) {
        if (!limits.models().isEmpty() && !limits.models().contains(model)) {
            return new KeyHealth(
                    key.id(), model, KeyHealth.State.BLOCKED, Instant.MAX, 1, "not in the key's list of models", now);
        }
        Instant full = gauge == null ? null : gauge.fullUntil(now);
        return full == null
                ? null
                : new KeyHealth(
                        key.id(), null, KeyHealth.State.COOLING, full, 1, "the key's own limit is reached", now);
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
