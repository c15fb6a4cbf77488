package dev.hypergateway.key;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A stored key offered to a call. Give it back with {@link KeyRing#failed} or {@link KeyRing#released}, or with
 * {@link KeyRing#served} and, when the answer is complete, {@link KeyRing#ended}.
 */
public final class KeyCandidate {
    private final KeySlot slot;
    private final ProviderKey key;
    private final boolean probe;
    private final AtomicBoolean inUse = new AtomicBoolean(true);

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

    /** Ends the use of the key; true the first time. */
    boolean endUse() {
        return inUse.compareAndSet(true, false);
    }

    KeySlot slot() {
        return slot;
    }

    @Override
    public String toString() {
        return "KeyCandidate[" + key + (probe ? ", probe]" : "]");
    }
}
