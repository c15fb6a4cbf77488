package dev.hypergateway.audit;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the audit trail. Immutable. It names keys by id and name and never holds a secret.
 *
 * @param id unique id
 * @param at when it happened
 * @param owner id of the owner whose key it concerns
 * @param action what happened
 * @param provider provider id
 * @param keyId id of the stored key; null when it concerns none or several
 * @param description the story in one sentence
 */
public record AuditEvent(
        UUID id,
        Instant at,
        String owner,
        AuditAction action,
        String provider,
        @Nullable String keyId,
        String description) {
    public AuditEvent {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(description, "description");
    }
}
