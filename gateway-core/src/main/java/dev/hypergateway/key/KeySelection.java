package dev.hypergateway.key;

/** Which of several usable keys a call begins with. The others follow in creation order, wrapping. */
public enum KeySelection {
    /** The selected key, which stays the same until it fails: the default. */
    SELECTED,
    /** Each call begins one key further than the one before. */
    ROUND_ROBIN,
    /** At random, in proportion to the keys' attribute {@code weight} (a whole number from 0; 1 where there is none). */
    WEIGHTED,
    /** The key that met its last rate limit the longest ago, or never. */
    LEAST_RECENTLY_LIMITED,
    /**
     * The key that the call's prompt cache key, else its end user, always leads to, so that a vendor's prompt cache stays warm; keys
     * that come and go move only the callers that they concern. Calls with neither begin with the selected key.
     */
    AFFINITY
}
