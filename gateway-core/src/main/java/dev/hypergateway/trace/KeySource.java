package dev.hypergateway.trace;

/** Where the credential of an attempt came from. Only stored keys are ever marked, rotated or disabled. */
public enum KeySource {
    /** Given by the caller together with the call. */
    CALLER,
    /** Taken from the key store. */
    STORED,
    /** Taken from the configuration of the process. */
    ENVIRONMENT
}
