package dev.hypergateway.audit;

import java.util.List;

/** An audit trail that can be read back. Thread-safe. */
public interface AuditLog extends AuditListener {

    /** The events that match, newest first. Events reported before this call by the same thread are included. */
    List<AuditEvent> read(AuditQuery query);
}
