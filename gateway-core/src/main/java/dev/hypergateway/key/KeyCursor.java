package dev.hypergateway.key;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks once over the keys that a call may use, in rotation order from the selected one, and looks at each only when asked: the
 * cost does not depend on how many keys there are. For one call on one thread.
 */
public final class KeyCursor {
    private final KeyPool pool;
    private final String model;
    private final Clock clock;
    private final int start;
    private final @Nullable String selectedAtStart;
    private final Deque<KeySlot> spared = new ArrayDeque<>(0);
    private int step;

    KeyCursor(KeyPool pool, String model, Clock clock, int start, boolean selectedLeads) {
        this.pool = pool;
        this.model = model;
        this.clock = clock;
        this.start = start;
        this.selectedAtStart = selectedLeads ? pool.selected() : null;
    }

    /** The next key that nothing stands against; null when there is none. Keys of which nothing is left, as the vendor says, come last. */
    public @Nullable KeyCandidate next() {
        int size = pool.slots().size();
        Instant now = clock.instant();
        while (step < size) {
            KeySlot slot = pool.slots().get((start + step) % size);
            step++;
            if (slot.spared(model, now)) {
                spared.add(slot);
                continue;
            }
            KeyCandidate candidate = offer(slot, now);
            if (candidate != null) {
                return candidate;
            }
        }
        while (!spared.isEmpty()) {
            KeyCandidate candidate = offer(spared.remove(), now);
            if (candidate != null) {
                return candidate;
            }
        }
        return null;
    }

    private @Nullable KeyCandidate offer(KeySlot slot, Instant now) {
        if (slot.obstacle(model, now) != null) {
            return null;
        }
        boolean probe = slot.needsProbe();
        if (probe && !slot.beginProbe()) {
            return null;
        }
        if (slot.enter(now)) {
            return new KeyCandidate(slot, probe);
        }
        if (probe) {
            slot.endProbe();
        }
        return null;
    }

    /** How many keys the owner has at the provider. */
    public int size() {
        return pool.slots().size();
    }

    /** Id of the key that was selected when the walk began, if walks begin there. */
    public Optional<String> selectedAtStart() {
        return Optional.ofNullable(selectedAtStart);
    }

    /** The record of the key that comes back first, of those that are put aside at this moment. */
    public Optional<KeyHealth> earliestReturn() {
        return earliest(null);
    }

    /**
     * The record of the rate-limited key that comes back first. Only these are worth waiting for: a quota or a rejection does not
     * end by itself within a call.
     */
    public Optional<KeyHealth> earliestCooling() {
        return earliest(KeyHealth.State.COOLING);
    }

    /** Starts a new walk over the same keys, after a wait. */
    public void restart() {
        step = 0;
        spared.clear();
    }

    private Optional<KeyHealth> earliest(KeyHealth.@Nullable State state) {
        Instant now = clock.instant();
        KeyHealth found = null;
        for (KeySlot slot : pool.slots()) {
            KeyHealth obstacle = slot.obstacle(model, now);
            if (obstacle != null
                    && (state == null || obstacle.state() == state)
                    && (found == null || obstacle.until().isBefore(found.until()))) {
                found = obstacle;
            }
        }
        return Optional.ofNullable(found);
    }
}
