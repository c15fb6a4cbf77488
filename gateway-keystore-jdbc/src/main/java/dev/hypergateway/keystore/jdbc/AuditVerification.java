package dev.hypergateway.keystore.jdbc;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * Whether the audit trail is as it was written. Immutable.
 *
 * @param rows how many rows were found to be good, from the beginning
 * @param brokenAt position of the first row that was changed, removed or put in; empty when the trail is intact
 * @param head hash of the last good row in hexadecimal. The chain protects against changes by those who cannot write the whole
 *     table anew; keep this value elsewhere to be safe against the others as well
 */
public record AuditVerification(long rows, OptionalLong brokenAt, String head) {
    public AuditVerification {
        Objects.requireNonNull(brokenAt, "brokenAt");
        Objects.requireNonNull(head, "head");
    }

    /** Whether no row was changed, removed or put in. */
    public boolean intact() {
        return brokenAt.isEmpty();
    }
}
