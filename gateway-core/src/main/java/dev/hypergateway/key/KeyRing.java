package dev.hypergateway.key;

import dev.hypergateway.provider.Failure;
import dev.hypergateway.trace.FailureKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Provider keys as the engine sees them: which key a call may use, answered from memory, and what its outcome means for the key,
 * written to the store behind the call. Also the place where people list, add, change and delete keys. Thread-safe.
 *
 * <p>An owner's keys are read from the store at their first use and again in the background when they are used and older than the
 * refresh interval, so that changes made by other processes show up. Methods that people use write to the store at once and
 * throw {@link KeyStoreException} when it is out of reach.
 */
public final class KeyRing implements AutoCloseable {
    private final Map<Owner, OwnerKeys> owners = new ConcurrentHashMap<>();
    private final WriteBehind writes = new WriteBehind();
    private final KeyStore store;
    private final KeyAudit audit;
    private final HealthRules rules;
    private final DoubleSupplier random;
    private final Clock clock;
    private final Duration refreshInterval;

    /**
     * @param store where keys are kept; closed together with the ring
     * @param audit tells the story
     * @param policy how long failing keys are put aside
     * @param clock the present
     * @param random numbers from 0 to 1, for jitter
     * @param refreshInterval age at which keys in use are read again from the store
     */
    public KeyRing(
            KeyStore store,
            KeyAudit audit,
            HealthPolicy policy,
            Clock clock,
            DoubleSupplier random,
            Duration refreshInterval) {
        this.store = Objects.requireNonNull(store, "store");
        this.audit = Objects.requireNonNull(audit, "audit");
        this.rules = new HealthRules(policy, random);
        this.random = random;
        this.clock = Objects.requireNonNull(clock, "clock");
        this.refreshInterval = Objects.requireNonNull(refreshInterval, "refreshInterval");
    }

    // For people

    /** All keys of an owner with their health, oldest first. */
    public List<KeyStatus> list(Owner owner) {
        OwnerKeys keys = owners.computeIfAbsent(owner, OwnerKeys::new);
        return read(keys).stream().map(key -> status(keys, key)).toList();
    }

    /** A key of an owner with its health. */
    public Optional<KeyStatus> find(Owner owner, String id) {
        OwnerKeys keys = owners.computeIfAbsent(owner, OwnerKeys::new);
        return read(keys).stream()
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
        ProviderKey added = store.add(owner, key);
        audit.added(added);
        reload(owner);
        return added;
    }

    /** Stores many keys of one provider with one audit entry. */
    public List<ProviderKey> importAll(Owner owner, String provider, List<NewProviderKey> keys) {
        List<ProviderKey> added = new ArrayList<>();
        try {
            for (NewProviderKey key : keys) {
                added.add(store.add(owner, key));
            }
        } finally {
            audit.imported(owner, provider, added.size());
            reload(owner);
        }
        return added;
    }

    /** Changes a key; a new secret or new settings make it available again. Empty when the owner has no such key. */
    public Optional<ProviderKey> update(Owner owner, String id, ProviderKeyChange change) {
        boolean edited = change.secret() != null || change.attributes() != null;
        if (change.attributes() != null) {
            KeyLimits.of(change.attributes());
        }
        writes.flush(Duration.ofSeconds(1));
        Optional<ProviderKey> updated = store.update(owner, id, change);
        updated.ifPresent(key -> {
            if (edited) {
                store.saveHealth(id, List.of());
            }
            audit.updated(key);
            reload(owner);
        });
        return updated;
    }

    /** Makes a key the selected one of its provider. Empty when the owner has no such key. */
    public Optional<ProviderKey> select(Owner owner, String id) {
        return store.find(owner, id).map(key -> {
            moveSelection(owner, key.provider(), id);
            return key.withSelected(true);
        });
    }

    /** Takes the selection from a key, if it has it. Empty when the owner has no such key. */
    public Optional<ProviderKey> unselect(Owner owner, String id) {
        return store.find(owner, id).map(key -> {
            if (id.equals(loaded(owner).pool(key.provider()).selected())) {
                moveSelection(owner, key.provider(), null);
            }
            return key.withSelected(false);
        });
    }

    /** Deletes a key; false when the owner has no such key. */
    public boolean delete(Owner owner, String id) {
        Optional<ProviderKey> found = store.find(owner, id);
        if (found.isEmpty() || !store.delete(owner, id)) {
            return false;
        }
        audit.deleted(found.get());
        reload(owner);
        ProviderKey key = found.get();
        String promoted = loaded(owner).pool(key.provider()).selected();
        if (key.selected() && promoted != null) {
            store.find(owner, promoted).ifPresent(audit::selected);
        }
        return true;
    }

    /** Deletes all keys of a provider and returns how many there were. */
    public int deleteAll(Owner owner, String provider) {
        int deleted = 0;
        for (ProviderKey key : store.list(owner)) {
            if (key.provider().equals(provider) && store.delete(owner, key.id())) {
                deleted++;
            }
        }
        if (deleted > 0) {
            audit.deletedAll(owner, provider);
            reload(owner);
        }
        return deleted;
    }

    /** Makes a key available again at once. Empty when the owner has no such key. */
    public Optional<KeyStatus> revive(Owner owner, String id) {
        OwnerKeys keys = loaded(owner);
        KeySlot slot = keys.slot(id);
        if (slot == null) {
            return Optional.empty();
        }
        boolean changed;
        keys.lock.lock();
        try {
            changed = !slot.health().isEmpty();
            slot.health(List.of());
            if (changed) {
                saveHealth(keys, slot);
            }
        } finally {
            keys.lock.unlock();
        }
        if (changed) {
            audit.revived(slot.key(), "by hand");
        }
        return Optional.of(new KeyStatus(slot.key(), List.of()));
    }

    // For the engine

    /**
     * The keys that a call may use, in rotation order.
     *
     * @param selection which one to begin with
     * @param affinity what keeps a caller on one key under {@link KeySelection#AFFINITY}; null for nothing
     * @throws KeyStoreException when the owner's keys were never read and the store is out of reach
     */
    public KeyCursor candidates(
            Owner owner, String provider, String model, KeySelection selection, @Nullable String affinity) {
        OwnerKeys keys = loaded(owner);
        Instant loadedAt = keys.loadedAt();
        if (loadedAt != null && !clock.instant().isBefore(loadedAt.plus(refreshInterval))) {
            writes.submit(owner, () -> read(keys));
        }
        KeyPool pool = keys.pool(provider);
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

    /** The same keys in the same order, each with what stands against it. */
    public List<KeyOutlook> outlook(Owner owner, String provider, String model) {
        KeyPool pool = loaded(owner).pool(provider);
        List<KeySlot> slots = pool.slots();
        Instant now = clock.instant();
        List<KeyOutlook> found = new ArrayList<>(slots.size());
        for (int i = 0; i < slots.size(); i++) {
            KeySlot slot = slots.get((pool.start() + i) % slots.size());
            boolean selected = slot.key().id().equals(pool.selected());
            found.add(new KeyOutlook(slot.key().withSelected(selected), slot.obstacle(model, now)));
        }
        return found;
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
        OwnerKeys keys = loaded(candidate.key().owner());
        boolean cleared;
        keys.lock.lock();
        try {
            cleared = keys.slot(candidate.key().id()) == slot && slot.clearExpired(model, clock.instant());
            if (cleared) {
                saveHealth(keys, slot);
            }
        } finally {
            keys.lock.unlock();
        }
        if (cleared) {
            audit.revived(candidate.key(), "by a successful call");
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
     * aside as a whole, and is still selected. Of two calls that find out at the same time, one rotates.
     *
     * @param winner the key that served
     * @param expected id of the key that was selected when the call began
     * @param failure why that key failed in this call; null when it was skipped
     * @return whether the selection has moved
     */
    public boolean takeOver(KeyCandidate winner, String expected, @Nullable Failure failure) {
        ProviderKey next = winner.key();
        OwnerKeys keys = loaded(next.owner());
        KeyPool pool = keys.pool(next.provider());
        KeySlot from = pool.slot(expected);
        if (from == null || expected.equals(next.id()) || pool.slot(next.id()) == null) {
            return false;
        }
        KeyHealth wholeKey = from.health((String) null);
        if (failure == null && (wholeKey == null || !wholeKey.until().isAfter(clock.instant()))) {
            return false;
        }
        keys.lock.lock();
        try {
            pool = keys.pool(next.provider());
            if (!expected.equals(pool.selected()) || pool.slot(next.id()) == null) {
                return false;
            }
            pool.select(next.id());
        } finally {
            keys.lock.unlock();
        }
        String reason = failure == null ? Objects.requireNonNull(wholeKey).reason() : KeyAudit.reason(failure);
        audit.tookOver(from.key(), next, reason);
        writes.submit(List.of(next.owner(), next.provider()), () -> saveSelection(keys, next.provider()));
        return true;
    }

    /** Puts a key aside whose test has failed, if the failure speaks against the key as a whole. */
    public void failedTest(ProviderKey key, Failure failure) {
        KeySlot slot = loaded(key.owner()).slot(key.id());
        KeyHealth.State state = HealthRules.stateAfter(failure);
        if (slot != null && state == KeyHealth.State.REJECTED) {
            penalize(new KeyCandidate(slot, false), "", failure, state);
        }
    }

    /** Tells the story that no key was left. */
    public void exhausted(KeyCandidate last, Failure failure) {
        audit.exhausted(last.key(), failure);
    }

    /** Waits until all changes are in the store; false when the time was too short. */
    public boolean flush(Duration patience) {
        return writes.flush(patience);
    }

    /** Writes what is waiting and closes the store. */
    @Override
    public void close() {
        writes.close();
        store.close();
    }

    private static void endProbe(KeyCandidate candidate) {
        if (candidate.probe()) {
            candidate.slot().endProbe();
        }
    }

    private void penalize(KeyCandidate candidate, String model, Failure failure, KeyHealth.State state) {
        ProviderKey key = candidate.key();
        OwnerKeys keys = loaded(key.owner());
        String concerned =
                state == KeyHealth.State.REJECTED || failure.scope() != Failure.Scope.KEY_AND_MODEL ? null : model;
        List<KeyHealth> told = new ArrayList<>();
        keys.lock.lock();
        try {
            for (KeySlot slot : affected(keys.pool(key.provider()), candidate, failure)) {
                KeyHealth old = slot.health(concerned);
                KeyHealth next = rules.after(failure, state, slot.key().id(), concerned, old, clock.instant());
                slot.put(next);
                saveHealth(keys, slot);
                if (old == null || old.state() != state) {
                    told.add(next);
                }
            }
        } finally {
            keys.lock.unlock();
        }
        if (failure.kind() == FailureKind.KEY_UNREADABLE) {
            audit.unreadable(key);
        }
        told.forEach(each -> audit.penalized(key, each));
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

    private void saveHealth(OwnerKeys keys, KeySlot slot) {
        String id = slot.key().id();
        keys.markUnsaved(id);
        writes.submit(id, () -> {
            List<KeyHealth> written = slot.health();
            store.saveHealth(id, written);
            keys.lock.lock();
            try {
                if (slot.health().equals(written)) {
                    keys.markSaved(id);
                }
            } finally {
                keys.lock.unlock();
            }
        });
    }

    /** Runs on the writer's thread. When somebody else has moved the selection in the store, theirs holds. */
    private void saveSelection(OwnerKeys keys, String provider) {
        KeyPool pool = keys.pool(provider);
        String selected = pool.selected();
        String expected = pool.selectedInStore();
        if (Objects.equals(selected, expected)) {
            return;
        }
        if (store.select(keys.owner(), provider, expected, selected)) {
            keys.lock.lock();
            try {
                keys.pool(provider).selectedInStore(selected);
            } finally {
                keys.lock.unlock();
            }
        } else {
            keys.lock.lock();
            try {
                keys.pool(provider).select(expected);
            } finally {
                keys.lock.unlock();
            }
            read(keys);
        }
    }

    private void moveSelection(Owner owner, String provider, @Nullable String next) {
        writes.flush(Duration.ofSeconds(1));
        for (int attempt = 0; attempt < 10; attempt++) {
            String expected = store.list(owner).stream()
                    .filter(key -> key.provider().equals(provider) && key.selected())
                    .map(ProviderKey::id)
                    .findFirst()
                    .orElse(null);
            if (Objects.equals(expected, next)) {
                reload(owner);
                return;
            }
            if (store.select(owner, provider, expected, next)) {
                if (expected != null) {
                    store.find(owner, expected).ifPresent(audit::unselected);
                }
                if (next != null) {
                    store.find(owner, next).ifPresent(audit::selected);
                }
                reload(owner);
                return;
            }
        }
        throw new KeyStoreException("the selection kept changing while it was being moved; try again", null);
    }

    private OwnerKeys loaded(Owner owner) {
        OwnerKeys keys = owners.computeIfAbsent(owner, OwnerKeys::new);
        if (keys.loadedAt() == null) {
            read(keys);
        }
        return keys;
    }

    private void reload(Owner owner) {
        read(owners.computeIfAbsent(owner, OwnerKeys::new));
    }

    /** Reads the owner's keys from the store; returns them as they stand there, oldest first. */
    private List<ProviderKey> read(OwnerKeys keys) {
        long ticket = keys.beginRead();
        List<ProviderKey> stored = store.list(keys.owner());
        List<KeyHealth> health = store.health(keys.owner());
        keys.lock.lock();
        try {
            if (keys.isNewest(ticket)) {
                keys.load(stored, health, clock.instant());
            }
        } finally {
            keys.lock.unlock();
        }
        return stored;
    }

    private static KeyStatus status(OwnerKeys keys, ProviderKey key) {
        KeySlot slot = keys.slot(key.id());
        boolean selected = key.id().equals(keys.pool(key.provider()).selected());
        return new KeyStatus(key.withSelected(selected), slot == null ? List.of() : slot.health());
    }
}
