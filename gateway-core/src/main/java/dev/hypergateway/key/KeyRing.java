package dev.hypergateway.key;

import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.RateLimits;
import dev.hypergateway.trace.FailureKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Provider keys as the engine sees them: which key a call may use, answered from memory, and what its outcome means for the key,
 * written to the store behind the call. Thread-safe.
 *
 * <p>An owner's keys are read from the store at their first use and again and again in the background while calls use them, so that
 * changes made by other processes show up. People use {@link #keys()}.
 */
public final class KeyRing implements AutoCloseable {
    private final KeyMirror mirror;
    private final ProviderKeys keys;
    private final KeyAudit audit;
    private final HealthRules rules;
    private final DoubleSupplier random;
    private final Clock clock;

    /**
     * @param store where keys are kept; closed together with the ring
     * @param audit tells the story
     * @param policy how long failing keys are put aside
     * @param clock the present
     * @param random numbers from 0 to 1, for jitter
     * @param refreshInterval how often keys in use are read again from the store; zero for never
     */
    public KeyRing(
            KeyStore store,
            KeyAudit audit,
            HealthPolicy policy,
            Clock clock,
            DoubleSupplier random,
            Duration refreshInterval) {
        this.mirror = new KeyMirror(store, audit, clock, refreshInterval);
        this.keys = new ProviderKeys(mirror, audit);
        this.audit = Objects.requireNonNull(audit, "audit");
        this.rules = new HealthRules(policy, random);
        this.random = Objects.requireNonNull(random, "random");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** The same keys for people. */
    public ProviderKeys keys() {
        return keys;
    }

    /**
     * The keys that a call may use, in rotation order.
     *
     * @param selection which one to begin with
     * @param affinity what keeps a caller on one key under {@link KeySelection#AFFINITY}; null for nothing
     * @throws KeyStoreException when the owner's keys were never read and the store is out of reach
     */
    public KeyCursor candidates(
            Owner owner, String provider, String model, KeySelection selection, @Nullable String affinity) {
        KeyPool pool = mirror.used(owner).pool(provider);
        return new KeyCursor(
                pool,
                model,
                clock,
                pool.start(selection, affinity, random.getAsDouble()),
                selection == KeySelection.SELECTED);
    }

    /** As {@link #candidates(Owner, String, String, KeySelection, String)}, from the selected key on. */
    public KeyCursor candidates(Owner owner, String provider, String model) {
        return candidates(owner, provider, model, KeySelection.SELECTED, null);
    }

    /**
     * The same keys in the order in which the next call would try them, each with what stands against it. No call loses its turn by
     * it; where chance decides, the most likely key comes first.
     */
    public List<KeyOutlook> outlook(
            Owner owner, String provider, String model, KeySelection selection, @Nullable String affinity) {
        KeyPool pool = mirror.used(owner).pool(provider);
        List<KeySlot> slots = pool.slots();
        Instant now = clock.instant();
        int start = pool.outlook(selection, affinity);
        List<KeyOutlook> found = new ArrayList<>(slots.size());
        List<KeyOutlook> spared = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            KeySlot slot = slots.get((start + i) % slots.size());
            boolean selected = slot.key().id().equals(pool.selected());
            KeyOutlook outlook =
                    new KeyOutlook(slot.key().withSelected(selected), slot.obstacle(model, now), slot.learned(model));
            (slot.spared(model, now) ? spared : found).add(outlook);
        }
        found.addAll(spared);
        return found;
    }

    /** Notes what a vendor's answer said of its limits for a key and a model. */
    public void learned(KeyCandidate candidate, String model, RateLimits limits) {
        candidate.slot().learn(LearnedLimits.of(model, limits, clock.instant()));
    }

    /** Takes back a key with which nothing was learned about it. */
    public void released(KeyCandidate candidate) {
        endProbe(candidate);
        ended(candidate, 0);
    }

    /**
     * Says that an answer is complete, or given up.
     *
     * @param tokens how many it took, as far as that is known
     */
    public void ended(KeyCandidate candidate, long tokens) {
        if (candidate.endUse()) {
            candidate.slot().exit(clock.instant(), tokens);
        }
    }

    /** Says that the vendor answers with this key. */
    public void served(KeyCandidate candidate, String model) {
        endProbe(candidate);
        KeySlot slot = candidate.slot();
        if (slot.health().isEmpty()) {
            return;
        }
        OwnerKeys keys = mirror.loaded(candidate.key().owner());
        keys.lock.lock();
        try {
            if (keys.slot(candidate.key().id()) == slot && slot.clearExpired(model, clock.instant())) {
                mirror.saveHealth(keys, slot);
                // Told under the lock, because listeners hear what happens to a key in its order.
                audit.revived(candidate.key(), "by a successful call");
            }
        } finally {
            keys.lock.unlock();
        }
    }

    /** Takes back a key with which a call failed, and puts it aside if the failure speaks against it. */
    public void failed(KeyCandidate candidate, String model, Failure failure) {
        try {
            KeyHealth.State state = HealthRules.stateAfter(failure);
            if (state != null) {
                penalize(candidate, model, failure, state);
            }
        } finally {
            released(candidate);
        }
    }

    /**
     * Makes the key that served a call the selected one, if the one that was selected when the call began has failed or is put
     * aside as a whole, and is still selected. Of two calls that find out at the same time, one rotates; of two nodes, the one
     * that gets there first in the store, and only that one tells the audit trail.
     *
     * @param winner the key that served
     * @param expected id of the key that was selected when the call began
     * @param failure why that key failed in this call; null when it was skipped
     * @return whether the selection has moved
     */
    public boolean takeOver(KeyCandidate winner, String expected, @Nullable Failure failure) {
        ProviderKey next = winner.key();
        OwnerKeys keys = mirror.loaded(next.owner());
        KeyPool pool = keys.pool(next.provider());
        KeySlot from = pool.slot(expected);
        if (from == null || expected.equals(next.id()) || pool.slot(next.id()) == null) {
            return false;
        }
        KeyHealth wholeKey = from.health((String) null);
        if (failure == null && (wholeKey == null || !wholeKey.until().isAfter(clock.instant()))) {
            return false;
        }
        String reason = failure == null ? Objects.requireNonNull(wholeKey).reason() : KeyAudit.reason(failure);
        keys.lock.lock();
        try {
            pool = keys.pool(next.provider());
            if (!expected.equals(pool.selected()) || pool.slot(next.id()) == null) {
                return false;
            }
            pool.rotate(expected, next.id(), reason);
        } finally {
            keys.lock.unlock();
        }
        mirror.saveSelection(keys, next.provider());
        return true;
    }

    /** Puts a key aside whose test has failed, if the failure speaks against the key as a whole. */
    public void failedTest(ProviderKey key, Failure failure) {
        KeySlot slot = mirror.loaded(key.owner()).slot(key.id());
        KeyHealth.State state = HealthRules.stateAfter(failure);
        if (slot != null && state == KeyHealth.State.REJECTED) {
            penalize(new KeyCandidate(slot, false), "", failure, state);
        }
    }

    /** Tells the story that no key was left. */
    public void exhausted(KeyCandidate last, Failure failure) {
        audit.exhausted(last.key(), failure);
    }

    /** Writes what is waiting and closes the store. */
    @Override
    public void close() {
        mirror.close();
    }

    private static void endProbe(KeyCandidate candidate) {
        if (candidate.probe()) {
            candidate.slot().endProbe();
        }
    }

    private void penalize(KeyCandidate candidate, String model, Failure failure, KeyHealth.State state) {
        ProviderKey key = candidate.key();
        OwnerKeys keys = mirror.loaded(key.owner());
        String concerned =
                state == KeyHealth.State.REJECTED || failure.scope() != Failure.Scope.KEY_AND_MODEL ? null : model;
        List<KeyHealth> told = new ArrayList<>();
        keys.lock.lock();
        try {
            for (KeySlot slot : affected(keys.pool(key.provider()), candidate, failure)) {
                KeyHealth old = slot.health(concerned);
                KeyHealth next = rules.after(failure, state, slot.key().id(), concerned, old, clock.instant());
                slot.put(next, clock.instant());
                mirror.saveHealth(keys, slot);
                if (old == null || old.state() != state) {
                    told.add(next);
                }
            }
            if (failure.kind() == FailureKind.KEY_UNREADABLE) {
                audit.unreadable(key);
            }
            told.forEach(each -> audit.penalized(key, each));
        } finally {
            keys.lock.unlock();
        }
    }

    /** The key itself, unless it was edited or deleted meanwhile, and its siblings where the whole account is concerned. */
    private static List<KeySlot> affected(KeyPool pool, KeyCandidate candidate, Failure failure) {
        ProviderKey key = candidate.key();
        KeySlot slot = pool.slot(key.id());
        if (slot == null || slot.key().version() != key.version()) {
            return List.of();
        }
        if (failure.scope() != Failure.Scope.ACCOUNT || key.account().isEmpty()) {
            return List.of(slot);
        }
        return pool.slots().stream()
                .filter(each -> each == slot || each.key().account().equals(key.account()))
                .toList();
    }
}
