package dev.hypergateway.trace;

/** What a failed attempt means for the rest of the call. */
public enum Verdict {
    /** Try the same key at the same target again, after a short pause. */
    RETRY_SAME,
    /** Go on with the next usable key of the same target. */
    NEXT_KEY,
    /** Leave this target and go on with the next one of the route; with none left, the next key. */
    NEXT_TARGET,
    /** End the call with this failure. */
    FAIL
}
