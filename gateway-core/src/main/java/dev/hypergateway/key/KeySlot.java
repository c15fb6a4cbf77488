package dev.hypergateway.key;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
    private static final String WHOLE_KEY = HealthJournal.name(null);

    /** Callers may name any model, so what is learned about models that do not exist must not pile up. */
    private static final int MOST_LEARNED = 200;

    private final AtomicBoolean probing = new AtomicBoolean();
    private final KeyLimits limits;
    private final @Nullable KeyGauge gauge;
    private final int weight;
    private final HealthJournal journal = new HealthJournal();
    private final Map<String, LearnedLimits> learned = new ConcurrentHashMap<>();
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
        return health.get(HealthJournal.name(model));
    }

    /** Changes of the health that may not be in the store yet; under the lock of the owner's keys. */
    HealthJournal journal() {
        return journal;
    }

    /**
     * Takes over what the store holds.
     *
     * @param ticket the place of this read among all reads
     */
    void load(Collection<KeyHealth> stored, long ticket) {
        health = journal.over(stored, ticket);
        for (KeyHealth record : stored) {
            if (record.state() == KeyHealth.State.COOLING && record.since().isAfter(lastLimited)) {
                lastLimited = record.since();
            }
        }
    }

    /**
     * Notes what stands against the key, or one of its models.
     *
     * @param now when that came to light
     */
    void put(KeyHealth next, Instant now) {
        if (next.state() == KeyHealth.State.COOLING) {
            lastLimited = now;
        }
        Map<String, KeyHealth> changed = new HashMap<>(health);
        changed.put(HealthJournal.name(next.model()), next);
        health = HealthJournal.bounded(changed, Set.of(HealthJournal.name(next.model())));
        journal.put(next);
    }

    /**
     * Forgets all that stood against the key.
     *
     * @return whether there was anything
     */
    boolean clear() {
        if (health.isEmpty()) {
            return false;
        }
        health = Map.of();
        journal.clearAll();
        return true;
    }

    /**
     * Forgets what stood against the whole key and against this model, as far as its time was over: a success says nothing about a
     * limit that another call met in the meantime.
     *
     * @return whether anything was forgotten
     */
    boolean clearExpired(String model, Instant now) {
        Map<String, KeyHealth> changed = new HashMap<>(health);
        boolean cleared = false;
        for (String name : List.of(WHOLE_KEY, model)) {
            KeyHealth record = changed.get(name);
            if (record != null && !record.until().isAfter(now)) {
                changed.remove(name);
                journal.clear(record.model(), now);
                cleared = true;
            }
        }
        if (cleared) {
            health = Map.copyOf(changed);
        }
        return cleared;
    }

    /** Notes what an answer said about the vendor's limits. */
    void learn(LearnedLimits limits) {
        if (learned.size() >= MOST_LEARNED && !learned.containsKey(limits.model())) {
            learned.values().stream()
                    .min(Comparator.comparing(LearnedLimits::seenAt))
                    .ifPresent(oldest -> learned.remove(oldest.model(), oldest));
        }
        learned.put(limits.model(), limits);
    }

    /** What the last answer for this model said about the vendor's limits; null when none did. */
    @Nullable
    LearnedLimits learned(String model) {
        return learned.get(model);
    }

    /** What the last answers said about the vendor's limits, by name of the model. */
    List<LearnedLimits> learned() {
        return learned.values().stream()
                .sorted(Comparator.comparing(LearnedLimits::model))
                .toList();
    }

    /** Whether other keys go first for this model, because the vendor says that nothing is left. */
    boolean spared(String model, Instant now) {
        LearnedLimits limits = learned.get(model);
        return limits != null && limits.spared(now);
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
