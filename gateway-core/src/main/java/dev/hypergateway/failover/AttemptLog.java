package dev.hypergateway.failover;

import dev.hypergateway.provider.Failure;
import dev.hypergateway.routing.Target;
import dev.hypergateway.trace.Attempt;
import dev.hypergateway.trace.CallTrace;
import dev.hypergateway.trace.KeySource;
import dev.hypergateway.trace.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happened in one call so far. For one call on one thread. */
final class AttemptLog {
    private static final Logger LOG = LoggerFactory.getLogger(FailoverExecutor.class);

    private final List<Attempt> attempts = new ArrayList<>();
    private final Map<String, Failure> failuresByKey = new HashMap<>();
    private List<String> ignoredFields = List.of();
    private Duration upstream = Duration.ZERO;
    private @Nullable Failure lastFailure;
    private @Nullable Candidate lastStored;

    /**
     * Writes down an attempt.
     *
     * @param duration until it succeeded, failed or reached its first content
     * @param verdict what follows from the failure; null when there is none
     */
    void add(
            Target target,
            Candidate candidate,
            Instant startedAt,
            Duration duration,
            @Nullable Failure failure,
            @Nullable Verdict verdict) {
        attempts.add(new Attempt(
                attempts.size() + 1,
                target.providerId(),
                target.model(),
                candidate.source(),
                candidate.keyId(),
                candidate.name(),
                startedAt,
                duration,
                failure == null ? null : failure.kind(),
                failure == null || failure.httpStatus().isEmpty()
                        ? null
                        : failure.httpStatus().getAsInt(),
                failure == null ? null : failure.message(),
                verdict));
        upstream = upstream.plus(duration);
        if (failure != null) {
            noteFailure(candidate, failure);
            LOG.info(
                    "Attempt {} at {} with key '{}' failed after {} ms: {} -> {}",
                    attempts.size(),
                    target,
                    candidate.name(),
                    duration.toMillis(),
                    failure,
                    verdict);
        }
    }

    /** Fields of the request that the vendor that answered cannot express. */
    void ignored(List<String> fields) {
        ignoredFields = List.copyOf(fields);
    }

    int size() {
        return attempts.size();
    }

    /** Why the last failed attempt failed; null when none has. */
    @Nullable
    Failure lastFailure() {
        return lastFailure;
    }

    /** The last stored key that failed; null when none has. */
    @Nullable
    Candidate lastStored() {
        return lastStored;
    }

    /** Why a stored key failed in this call; null when it has not. */
    @Nullable
    Failure failureOf(String keyId) {
        return failuresByKey.get(keyId);
    }

    /** Whether the caller's own key was tried and no other. */
    boolean callerOnly() {
        return !attempts.isEmpty() && attempts.stream().allMatch(attempt -> attempt.keySource() == KeySource.CALLER);
    }

    /**
     * The record of the call.
     *
     * @param elapsed since it began
     */
    CallTrace trace(Duration elapsed) {
        return new CallTrace(attempts, elapsed, upstream, ignoredFields);
    }

    private void noteFailure(Candidate candidate, Failure failure) {
        lastFailure = failure;
        if (candidate.source() == KeySource.STORED) {
            lastStored = candidate;
            failuresByKey.put(candidate.lease().key().id(), failure);
        }
    }
}
