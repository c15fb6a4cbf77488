package dev.hypergateway.trace;

/** The classified reason of a failed attempt. What each kind leads to is decided by the failover policy. */
public enum FailureKind {
    /** The vendor limits requests or tokens for a short time (429 with or without a hint when to come back). */
    RATE_LIMITED,
    /** The credit, the spending limit or the daily quota of the key's account is used up. */
    QUOTA_EXHAUSTED,
    /** The vendor does not accept the credential: wrong, revoked, leaked, restricted or without permission. */
    CREDENTIAL_REJECTED,
    /**
     * The credential is good but something of short life that was made with it earlier is not: a token, an uploaded file. It has to
     * be made anew.
     */
    TOKEN_EXPIRED,
    /** The model does not exist for this key or is not open to it. */
    MODEL_UNAVAILABLE,
    /** The vendor says that the request itself is wrong; no other key would change that. */
    INVALID_REQUEST,
    /** The request has more tokens than the model takes. */
    CONTEXT_TOO_LONG,
    /** The vendor's safety filter blocked the prompt or the answer. */
    CONTENT_REJECTED,
    /** The vendor or the way to it is down: 5xx, connection refused or reset, TLS failure, an unreadable answer. */
    UNAVAILABLE,
    /** The vendor did not answer in time: no connection, no response headers, no first token or no end. */
    TIMEOUT,
    /** A stream broke off or stalled after content had been delivered. */
    INTERRUPTED,
    /** The caller closed the stream or interrupted the call. */
    CANCELLED,
    /** A stored key could not be read (for example encrypted under another master key); no request was sent. */
    KEY_UNREADABLE;

    /** Whether the fault lies with the vendor's endpoint rather than with the key or the request. */
    public boolean isOutage() {
        return this == UNAVAILABLE || this == TIMEOUT || this == INTERRUPTED;
    }

    /** Whether the fault lies with the caller's request, so that no other key could help. */
    public boolean isCallerFault() {
        return this == INVALID_REQUEST || this == CONTEXT_TOO_LONG || this == CONTENT_REJECTED;
    }
}
