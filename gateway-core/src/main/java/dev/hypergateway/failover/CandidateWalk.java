package dev.hypergateway.failover;

import dev.hypergateway.key.KeyCandidate;
import dev.hypergateway.key.KeyCursor;
import dev.hypergateway.key.KeyHealth;
import dev.hypergateway.key.KeyRing;
import dev.hypergateway.key.KeyStoreException;
import dev.hypergateway.key.Owner;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.routing.Target;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.trace.KeySource;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys for one target in the order of trying: the caller's own, the owner's stored keys from the selected one on, the keys of
 * the environment. For one call on one thread.
 */
final class CandidateWalk {
    private static final Logger LOG = LoggerFactory.getLogger(CandidateWalk.class);

    private final @Nullable Secret callerKey;
    private final KeyRing storedRing;
    private final KeyRing environmentRing;
    private final @Nullable KeyCursor stored;
    private final KeyCursor environment;
    private boolean callerTried;
    private @Nullable Instant callerReturn;

    CandidateWalk(Call call, Target target, KeyRing storedRing, KeyRing environmentRing, Owner environmentOwner) {
        this.callerKey = call.callerKeys().get(target.providerId());
        this.storedRing = storedRing;
        this.environmentRing = environmentRing;
        this.stored = storedCursor(call, target, storedRing);
        this.environment = environmentRing.candidates(
                environmentOwner,
                target.providerId(),
                target.model(),
                call.policy().selection(),
                call.affinity());
    }

    /** The next key to try; null when there is none. */
    @Nullable
    Candidate next() {
        if (callerKey != null && !callerTried) {
            callerTried = true;
            return Candidate.ofCaller(callerKey);
        }
        KeyCandidate lease = stored == null ? null : stored.next();
        if (lease != null) {
            return Candidate.ofRing(KeySource.STORED, lease, storedRing);
        }
        lease = environment.next();
        return lease == null ? null : Candidate.ofRing(KeySource.ENVIRONMENT, lease, environmentRing);
    }

    /** Remembers when the caller's key comes back; stored keys are known to their ring. */
    void failed(Candidate candidate, Failure failure, Instant now) {
        if (candidate.source() == KeySource.CALLER && failure.kind() == FailureKind.RATE_LIMITED) {
            callerReturn = failure.resetAt()
                    .or(() -> failure.retryAfter().map(now::plus))
                    .orElse(null);
        }
    }

    /** Whether there is any key at all. */
    boolean hasKeys() {
        return callerKey != null || (stored != null && stored.size() > 0) || environment.size() > 0;
    }

    /** Id of the stored key that was selected when the walk began. */
    Optional<String> selectedAtStart() {
        return stored == null ? Optional.empty() : stored.selectedAtStart();
    }

    /** When the first rate-limited key comes back. */
    Optional<Instant> earliestCooling() {
        return earliest(KeyCursor::earliestCooling);
    }

    /** When the first key that is put aside comes back, for whatever reason it is. */
    Optional<Instant> earliestReturn() {
        return earliest(KeyCursor::earliestReturn);
    }

    /** Begins anew after a wait. */
    void restart(Instant now) {
        if (callerReturn != null && !callerReturn.isAfter(now)) {
            callerTried = false;
            callerReturn = null;
        }
        if (stored != null) {
            stored.restart();
        }
        environment.restart();
    }

    private Optional<Instant> earliest(java.util.function.Function<KeyCursor, Optional<KeyHealth>> question) {
        return Stream.of(
                        Optional.ofNullable(callerReturn),
                        Optional.ofNullable(stored).flatMap(question).map(KeyHealth::until),
                        question.apply(environment).map(KeyHealth::until))
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    private static @Nullable KeyCursor storedCursor(Call call, Target target, KeyRing ring) {
        try {
            return ring.candidates(
                    call.owner(),
                    target.providerId(),
                    target.model(),
                    call.policy().selection(),
                    call.affinity());
        } catch (KeyStoreException e) {
            LOG.warn(
                    "The key store is out of reach; only the caller's and the environment's keys can be used: {}",
                    e.toString());
            return null;
        }
    }
}
