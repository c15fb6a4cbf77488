package dev.hypergateway.audit;

/**
 * Hears of audit events. Called on the thread of the call that caused the event, or, when calls have moved the selection, on the
 * one that writes it to the key store; in order for one key, concurrently for different calls: implementations are thread-safe
 * and return quickly. One that throws is logged and never fails a call.
 */
@FunctionalInterface
public interface AuditListener {
    void onEvent(AuditEvent event);
}
