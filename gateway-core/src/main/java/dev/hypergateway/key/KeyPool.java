package dev.hypergateway.key;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    KeyPool(List<KeySlot> slots, @Nullable String selected) {
        this.slots = List.copyOf(slots);
        this.selected = selected;
        this.selectedInStore = selected;
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
    }

    /** The selection as the store knows it. */
    @Nullable
    String selectedInStore() {
        return selectedInStore;
    }

    void selectedInStore(@Nullable String id) {
        selectedInStore = id;
    }

    /** Where rotation begins: at the selected key, else at the oldest. */
    int start() {
        String id = selected;
        Integer position = id == null ? null : positions.get(id);
        return position == null ? 0 : position;
    }
}
