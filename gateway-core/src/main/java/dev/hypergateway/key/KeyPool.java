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
    private final KeyOrder order;
    private volatile @Nullable String selected;
    private @Nullable String selectedInStore;
    private long selectionWrittenBefore;
    /** By id: why the selection was taken from a key, as long as the store does not know. */
    private final Map<String, String> leftBecause = new HashMap<>();

    private final AtomicInteger turn;

    /** A pool without keys. */
    static KeyPool empty() {
        return new KeyPool(KeyOrder.NONE, null, new AtomicInteger());
    }

    private KeyPool(KeyOrder order, @Nullable String selected, AtomicInteger turn) {
        this.order = order;
        this.selected = selected;
        this.selectedInStore = selected;
        this.turn = turn;
    }

    List<KeySlot> slots() {
        return order.slots();
    }

    @Nullable
    KeySlot slot(@Nullable String id) {
        Integer position = order.position(id);
        return position == null ? null : slots().get(position);
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
        // As a rule nothing has changed, and what is known of many keys need not be found out again.
        KeyPool fresh = new KeyPool(list.equals(slots()) ? order : new KeyOrder(list), inStore, turn);
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
        int size = slots().size();
        if (size < 2) {
            return 0;
        }
        return switch (selection) {
            case ROUND_ROBIN -> Math.floorMod(turn.getAndIncrement(), size);
            case WEIGHTED -> order.weighted(random, start());
            case SELECTED, LEAST_RECENTLY_LIMITED, AFFINITY -> outlook(selection, affinity);
        };
    }

    /** Where the next call would begin; where chance decides, the most likely place. */
    int outlook(KeySelection selection, @Nullable String affinity) {
        int size = slots().size();
        if (size < 2) {
            return 0;
        }
        return switch (selection) {
            case SELECTED -> start();
            case ROUND_ROBIN -> Math.floorMod(turn.get(), size);
            case WEIGHTED -> order.heaviest();
            case LEAST_RECENTLY_LIMITED -> order.leastRecentlyLimited();
            case AFFINITY -> affinity == null ? start() : order.nearest(affinity);
        };
    }

    /** Where rotation begins: at the selected key, else at the oldest. */
    int start() {
        Integer position = order.position(selected);
        return position == null ? 0 : position;
    }
}
