package dev.hypergateway.audit;

/** What happened. The names are stored and shown; the first eight are those of the original service. */
public enum AuditAction {
    /** A key was added. */
    ADD,
    /** A key was deleted. */
    DELETE,
    /** A key became the selected one of its provider. */
    SELECT,
    /** A key stopped being the selected one. */
    UNSELECT,
    /** Keys were imported from a file. */
    IMPORT,
    /** No key was left to try. */
    FAILOVER_EXHAUSTED,
    /** A retry of the same key failed. */
    RETRY_FAILED,
    /** Something went wrong that needs a person. */
    ERROR,
    /** A key's name, secret or settings were changed. */
    UPDATE,
    /** A key was put aside: cooling down, out of quota, rejected or blocked for a model. */
    PENALIZE,
    /** A key that was put aside came back. */
    REVIVE
}
