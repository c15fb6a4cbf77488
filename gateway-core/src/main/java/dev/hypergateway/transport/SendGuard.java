package dev.hypergateway.transport;

import dev.hypergateway.transport.TransportException.Reason;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets other threads end a blocking {@code HttpClient.send} by interrupting its thread, and keeps that interrupt from leaking: it is
 * given only between construction and {@link #disarm}, and taken back there. Made and disarmed on the sending thread; thread-safe
 * otherwise.
 */
final class SendGuard {
    private final ReentrantLock lock = new ReentrantLock();
    private final Thread sender = Thread.currentThread();
    private boolean armed = true;
    private @Nullable Reason fired;

    /** Interrupts the sender; only the first call while armed does something. */
    void fire(Reason reason) {
        lock.lock();
        try {
            if (armed && fired == null) {
                fired = reason;
                sender.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends the guarded section. Afterwards the thread's interrupt flag is as the rest of the world set it: an interrupt of this
     * guard is gone, one from elsewhere is still (or again) visible.
     *
     * @param interrupted whether the section ended with an {@link InterruptedException}, which takes one interrupt with it
     * @return why the guard fired; null when it did not
     */
    @Nullable
    Reason disarm(boolean interrupted) {
        lock.lock();
        try {
            armed = false;
            if (fired == null) {
                if (interrupted) {
                    sender.interrupt();
                }
                return null;
            }
            boolean stillSet = Thread.interrupted();
            if (interrupted && stillSet) {
                // Two interrupts have come, and only one of them was ours.
                sender.interrupt();
            }
            return fired;
        } finally {
            lock.unlock();
        }
    }
}
