package dev.hypergateway.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which audit events to read; null means any. Newest come first.
 *
 * @param owner id of the owner
 * @param provider provider id
 * @param action kind of event
 * @param from earliest time, inclusive
 * @param to latest time, inclusive
 * @param limit most events to return, 1 to 1000
 */
public record AuditQuery(
        @Nullable String owner,
        @Nullable String provider,
        @Nullable AuditAction action,
        @Nullable Instant from,
        @Nullable Instant to,
        int limit) {
    public static final int MAX_LIMIT = 1000;

    public AuditQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be between 1 and " + MAX_LIMIT + ", was " + limit);
        }
    }

    /** The newest events of an owner. */
    public static AuditQuery latest(String owner, int limit) {
        return new AuditQuery(owner, null, null, null, null, limit);
    }

    /** Whether an event is asked for, the limit aside. */
    public boolean matches(AuditEvent event) {
        return (owner == null || owner.equals(event.owner()))
                && (provider == null || provider.equals(event.provider()))
                && (action == null || action == event.action())
                && (from == null || !event.at().isBefore(from))
                && (to == null || !event.at().isAfter(to));
    }
}
