package dev.hypergateway.testkit;

/** The rows of the vendors' error tables; each vendor has its own status and body for them. */
enum VendorError {
    INVALID_KEY,
    MISSING_KEY,
    LEAKED_KEY,
    FORBIDDEN,
    SERVICE_DISABLED,
    LOCATION_NOT_SUPPORTED,
    RATE_LIMITED,
    OVER_CAPACITY,
    DAILY_QUOTA,
    OUT_OF_CREDIT,
    NO_CREDIT_YET,
    MODEL_NOT_FOUND,
    CONTEXT_TOO_LONG,
    BAD_REQUEST,
    CONTENT_FILTERED,
    SERVER_ERROR,
    OVERLOADED
}
