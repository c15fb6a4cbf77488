package dev.hypergateway.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One upstream request with one key, or the reason why none was sent. Immutable.
 *
 * @param number position in the call, starting at 1
 * @param provider provider id, for example {@code google}
 * @param model model name as sent to the vendor
 * @param keySource where the credential came from
 * @param keyId id of the stored key; null for keys that are not stored
 * @param keyName display name of the key, never the key itself
 * @param startedAt when the request was sent
 * @param duration time until the attempt succeeded, failed or reached its first content
 * @param failure why it failed; null when it succeeded
 * @param httpStatus the vendor's HTTP status; null when no status line arrived
 * @param message the vendor's reason, shortened and without secrets; null when it succeeded
 * @param verdict what followed from the failure; null when it succeeded
 */
public record Attempt(
        int number,
        String provider,
        String model,
        KeySource keySource,
        @Nullable String keyId,
        String keyName,
        Instant startedAt,
        Duration duration,
        @Nullable FailureKind failure,
        @Nullable Integer httpStatus,
        @Nullable String message,
        @Nullable Verdict verdict) {

    public Attempt {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(keySource, "keySource");
        Objects.requireNonNull(keyName, "keyName");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(duration, "duration");
        if (number < 1) {
            throw new IllegalArgumentException("number must be at least 1, was " + number);
        }
    }

    /** The same attempt at another place of a call. */
    public Attempt numbered(int position) {
        return new Attempt(
                position,
                provider,
                model,
                keySource,
                keyId,
                keyName,
                startedAt,
                duration,
                failure,
                httpStatus,
                message,
                verdict);
    }

    /**
     * The same attempt after its answer broke off.
     *
     * @param reason why, shortened and without secrets
     * @param next what followed from it
     */
    public Attempt brokenOff(String reason, Verdict next) {
        return new Attempt(
                number,
                provider,
                model,
                keySource,
                keyId,
                keyName,
                startedAt,
                duration,
                FailureKind.INTERRUPTED,
                httpStatus,
                reason,
                next);
    }

    /** Whether the vendor answered. */
    public boolean succeeded() {
        return failure == null;
    }
}
