package dev.hypergateway.key;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one owner at one provider in creation order, and which of them is selected. The list does not change; a change of
 * keys makes a new pool. The selection changes under the lock of {@link OwnerKeys}.
 */
final class KeyPool {
    private final List<KeySlot> slots;
    private final Map<String, Integer> positions;
    private volatile @Nullable String selected;
    private @Nullable String selectedInStore;
    private long selectionWrittenBefore;
    /** By id: why the selection was taken from a key, as long as the store does not know. */
    private final Map<String, String> leftBecause = new HashMap<>();

    private final AtomicInteger turn;

    KeyPool(List<KeySlot> slots, @Nullable String selected) {
        this(slots, selected, new AtomicInteger());
    }

    private KeyPool(List<KeySlot> slots, @Nullable String selected, AtomicInteger turn) {
        this.slots = List.copyOf(slots);
        this.selected = selected;
        this.selectedInStore = selected;
        this.turn = turn;
        this.positions = new HashMap<>();
        for (int i = 0; i < slots.size(); i++) {
            positions.put(slots.get(i).key().id(), i);
        }
    }

    List<KeySlot> slots() {
        return slots;
    }

    @Nullable
    KeySlot slot(@Nullable String id) {
        Integer position = id == null ? null : positions.get(id);
        return position == null ? null : slots.get(position);
    }

    @Nullable
    String selected() {
        return selected;
    }

    void select(@Nullable String id) {
        selected = id;
        leftBecause.clear();
    }

    /**
     * Moves the selection from the key that has it to another one.
     *
     * @param reason why the key loses it
     */
    void rotate(String from, String to, String reason) {
        leftBecause.put(from, reason);
        selected = to;
    }

    /** Why a key has lost the selection that it still has in the store; null when a call had no part in it. */
    @Nullable
    String leftBecause(@Nullable String id) {
        return id == null ? null : leftBecause.get(id);
    }

    /** The selection as the store knows it. */
    @Nullable
    String selectedInStore() {
        return selectedInStore;
    }

    /**
     * Notes that a selection has been written.
     *
     * @param ticket the latest read of the store that may not have seen it
     */
    void selectionWritten(@Nullable String id, long ticket) {
        leftBecause.remove(selectedInStore);
        selectedInStore = id;
        selectionWrittenBefore = ticket;
    }

    /**
     * This pool as it was read from the store anew. A selection that was made here and that the read cannot have seen stays, unless
     * somebody else has moved the selection meanwhile.
     *
     * @param ticket the place of the read among all reads
     */
    KeyPool reloaded(List<KeySlot> list, @Nullable String selectedInRead, long ticket) {
        boolean unseen = ticket <= selectionWrittenBefore;
        boolean unsaved = !Objects.equals(selected, selectedInStore);
        String inStore = unseen ? selectedInStore : selectedInRead;
        KeyPool fresh = new KeyPool(list, inStore, turn);
        fresh.selectionWrittenBefore = selectionWrittenBefore;
        if (unsaved && Objects.equals(selectedInStore, inStore) && fresh.slot(selected) != null) {
            fresh.selected = selected;
            fresh.leftBecause.putAll(leftBecause);
        }
        return fresh;
    }

    /**
     * Where the next call begins, which takes its turn.
     *
     * @param affinity what keeps a caller on one key; null for nothing
     * @param random a number from 0 to 1
     */
    int start(KeySelection selection, @Nullable String affinity, double random) {
        if (slots.size() < 2) {
            return 0;
        }
        return switch (selection) {
            case ROUND_ROBIN -> Math.floorMod(turn.getAndIncrement(), slots.size());
            case WEIGHTED -> weighted(random);
            case SELECTED, LEAST_RECENTLY_LIMITED, AFFINITY -> outlook(selection, affinity);
        };
    }

    /** Where the next call would begin; where chance decides, the most likely place. */
    int outlook(KeySelection selection, @Nullable String affinity) {
        if (slots.size() < 2) {
            return 0;
        }
        return switch (selection) {
            case SELECTED -> start();
            case ROUND_ROBIN -> Math.floorMod(turn.get(), slots.size());
            case WEIGHTED -> heaviest();
            case LEAST_RECENTLY_LIMITED -> leastRecentlyLimited();
            case AFFINITY -> affinity == null ? start() : nearest(affinity);
        };
    }

    private int heaviest() {
        int found = 0;
        for (int i = 1; i < slots.size(); i++) {
            if (slots.get(i).weight() > slots.get(found).weight()) {
                found = i;
            }
        }
        return found;
    }

    private int weighted(double random) {
        long total = 0;
        for (KeySlot slot : slots) {
            total += slot.weight();
        }
        long rest = (long) (random * total);
        for (int i = 0; i < slots.size(); i++) {
            rest -= slots.get(i).weight();
            if (rest < 0) {
                return i;
            }
        }
        return start();
    }

    private int leastRecentlyLimited() {
        int found = 0;
        for (int i = 1; i < slots.size(); i++) {
            if (slots.get(i).lastLimited().isBefore(slots.get(found).lastLimited())) {
                found = i;
            }
        }
        return found;
    }

    /** Rendezvous hashing: every key bids for the caller, the highest bid wins. */
    private int nearest(String affinity) {
        int found = 0;
        long highest = Long.MIN_VALUE;
        for (int i = 0; i < slots.size(); i++) {
            long bid = mix(affinity.hashCode() * 0x9E3779B97F4A7C15L
                    ^ slots.get(i).key().id().hashCode());
            if (bid > highest) {
                highest = bid;
                found = i;
            }
        }
        return found;
    }

    /** The finalizer of MurmurHash3, which spreads neighbouring numbers over the whole range. */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }

    /** Where rotation begins: at the selected key, else at the oldest. */
    int start() {
        String id = selected;
        Integer position = id == null ? null : positions.get(id);
        return position == null ? 0 : position;
    }
}
