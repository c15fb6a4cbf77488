package dev.hypergateway.key;

import java.util.Objects;

/** A stored key offered to a call. Give it back with exactly one of the ring's verdicts: served, failed or released. */
public final class KeyCandidate {
    private final KeySlot slot;
    private final ProviderKey key;
    private final boolean probe;

    KeyCandidate(KeySlot slot, boolean probe) {
        this.slot = Objects.requireNonNull(slot, "slot");
        this.key = slot.key();
        this.probe = probe;
    }

    /** The key as it was when it was offered. */
    public ProviderKey key() {
        return key;
    }

    /** Whether the key was rejected before and this call finds out if it is accepted again. */
    public boolean probe() {
        return probe;
    }

    KeySlot slot() {
        return slot;
    }

    @Override
    public String toString() {
        return "KeyCandidate[" + key + (probe ? ", probe]" : "]");
    }
}
