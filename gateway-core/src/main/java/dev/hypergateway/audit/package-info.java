/**
 * The audit trail: what happened to keys, by whose hand, in words for people. {@link dev.hypergateway.audit.AuditEvent Events}
 * go to {@link dev.hypergateway.audit.AuditListener listeners}; an {@link dev.hypergateway.audit.AuditLog} is a listener that can
 * be read back.
 */
@NullMarked
package dev.hypergateway.audit;

import org.jspecify.annotations.NullMarked;
