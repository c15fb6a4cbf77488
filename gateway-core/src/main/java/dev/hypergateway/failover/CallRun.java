package dev.hypergateway.failover;

import dev.hypergateway.key.KeyUnreadableException;
import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.routing.Target;
import dev.hypergateway.trace.Attempt;
import dev.hypergateway.trace.CallTrace;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.trace.KeySource;
import dev.hypergateway.trace.Verdict;
import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.Timeouts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call on its way through targets and keys. Used once, by one thread. */
final class CallRun<T> {
    private static final Logger LOG = LoggerFactory.getLogger(FailoverExecutor.class);
    private static final Duration SHORTEST_RETRY_AFTER = Duration.ofSeconds(1);

    /** A vendor whose hints prove wrong this often is not asked again within the call. */
    private static final int MOST_WAITS = 3;

    private final FailoverExecutor engine;
    private final Call call;
    private final Timeouts timeouts;
    private final Attempter<T> attempter;
    private final long startNanos;
    private final List<Attempt> attempts = new ArrayList<>();
    private final Map<String, Failure> failuresByKey = new HashMap<>();
    private List<String> ignoredFields = List.of();
    private Duration upstream = Duration.ZERO;
    private Duration waited = Duration.ZERO;
    private int waits;
    private boolean sawKeys;
    private @Nullable Failure lastFailure;
    private @Nullable Candidate lastStored;
    private @Nullable Instant earliestReturn;
    private @Nullable ServedAttempt servedAttempt;

    CallRun(FailoverExecutor engine, Call call, Timeouts timeouts, Attempter<T> attempter) {
        this.engine = engine;
        this.call = call;
        this.timeouts = timeouts;
        this.attempter = attempter;
        this.startNanos = engine.nanoTime.getAsLong();
    }

    Outcome<T> run() {
        List<Target> targets = call.targets();
        for (int i = 0; i < targets.size(); i++) {
            boolean hasNext = i + 1 < targets.size();
            Target target = targets.get(i);
            CircuitBreaker breaker = engine.endpoints.breaker(target);
            boolean admitted = breaker.tryAcquire();
            if (!admitted && hasNext) {
                LOG.info("Skipping {}: its endpoint is down", target);
                continue;
            }
            Outcome<T> outcome = serve(target, breaker, hasNext);
            if (outcome != null) {
                return outcome;
            }
        }
        return exhausted();
    }

    /** Who hears what becomes of the answer. */
    ServedAttempt servedAttempt() {
        return Objects.requireNonNull(servedAttempt, "only an answered call has one");
    }

    /** Tries the keys of one target; null when the next target is due. */
    private @Nullable Outcome<T> serve(Target target, CircuitBreaker breaker, boolean hasNext) {
        CandidateWalk walk =
                new CandidateWalk(call, target, engine.storedKeys, engine.environmentKeys, engine.environment);
        sawKeys |= walk.hasKeys();
        int modelRefusals = 0;
        int keysLostToOutage = 0;
        while (true) {
            Candidate candidate = walk.next();
            if (candidate == null) {
                Boolean comesBack = waitForKey(walk);
                if (comesBack == null) {
                    breaker.released();
                    return ended(cancelled());
                }
                if (!comesBack) {
                    breaker.released();
                    noteReturn(walk.earliestReturn());
                    return null;
                }
                continue;
            }
            int retries = 0;
            int refreshes = 0;
            while (true) {
                Outcome<T> limit = limitReached();
                if (limit != null) {
                    candidate.released();
                    breaker.released();
                    return limit;
                }
                Result<T> result = attempt(target, candidate);
                report(breaker, result.failure());
                Failure failure = result.failure();
                if (failure == null) {
                    served(target, candidate, walk);
                    record(target, candidate, result, null);
                    servedAttempt = new ServedAttempt(target, candidate, breaker);
                    return new Outcome.Answered<>(Objects.requireNonNull(result.value()), trace());
                }
                Verdict verdict = VerdictRules.judge(
                        failure,
                        new VerdictRules.Situation(
                                hasNext,
                                retries,
                                call.policy().sameTargetRetries(),
                                refreshes,
                                modelRefusals,
                                keysLostToOutage,
                                breaker.isOpen()));
                record(target, candidate, result, verdict);
                if (verdict == Verdict.RETRY_SAME) {
                    refreshes += failure.kind() == FailureKind.TOKEN_EXPIRED ? 1 : 0;
                    if (failure.kind() != FailureKind.TOKEN_EXPIRED && !backOff(retries++, failure)) {
                        candidate.failed(target.model(), failure);
                        return ended(cancelled());
                    }
                    continue;
                }
                candidate.failed(target.model(), failure);
                walk.failed(candidate, failure, engine.clock.instant());
                modelRefusals += failure.kind() == FailureKind.MODEL_UNAVAILABLE ? 1 : 0;
                keysLostToOutage += failure.kind().isOutage() ? 1 : 0;
                if (verdict == Verdict.FAIL) {
                    return failed(failure);
                }
                if (verdict == Verdict.NEXT_TARGET) {
                    noteReturn(walk.earliestReturn());
                    return null;
                }
                break;
            }
        }
    }

    private Result<T> attempt(Target target, Candidate candidate) {
        Instant startedAt = engine.clock.instant();
        long begin = engine.nanoTime.getAsLong();
        T value = null;
        Failure failure = null;
        Secret secret = null;
        try {
            Credential credential = candidate.open();
            secret = credential.secret();
            Timeouts limits = target.provider().timeouts(target.model(), timeouts);
            AttemptControl control = new AttemptControl(limits, remaining(), call.cancellation());
            ProviderCall providerCall = engine.endpoints.call(target, credential, control);
            value = attempter.attempt(target, providerCall);
            ignoredFields = providerCall.ignored().stream().sorted().toList();
        } catch (ProviderException e) {
            failure = secret == null ? e.failure() : e.failure().without(secret);
        } catch (KeyUnreadableException e) {
            failure = Failure.of(FailureKind.KEY_UNREADABLE, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("The provider {} failed in an unforeseen way", target.providerId(), e);
            failure = Failure.of(
                    FailureKind.UNAVAILABLE,
                    "the provider " + target.providerId() + " failed in an unforeseen way ("
                            + e.getClass().getSimpleName() + "); see the log");
        }
        if (failure != null && call.cancellation().isCancelled()) {
            failure = Failure.of(FailureKind.CANCELLED, "the caller cancelled the call");
        }
        Duration duration = Duration.ofNanos(engine.nanoTime.getAsLong() - begin);
        upstream = upstream.plus(duration);
        return new Result<>(value, failure, startedAt, duration);
    }

    private void served(Target target, Candidate candidate, CandidateWalk walk) {
        candidate.served(target.model());
        if (candidate.source() == KeySource.STORED) {
            walk.selectedAtStart()
                    .ifPresent(selected ->
                            engine.storedKeys.takeOver(candidate.lease(), selected, failuresByKey.get(selected)));
        }
    }

    private void record(Target target, Candidate candidate, Result<T> result, @Nullable Verdict verdict) {
        Failure failure = result.failure();
        Attempt attempt = new Attempt(
                attempts.size() + 1,
                target.providerId(),
                target.model(),
                candidate.source(),
                candidate.keyId(),
                candidate.name(),
                result.startedAt(),
                result.duration(),
                failure == null ? null : failure.kind(),
                failure == null || failure.httpStatus().isEmpty()
                        ? null
                        : failure.httpStatus().getAsInt(),
                failure == null ? null : failure.message(),
                verdict);
        attempts.add(attempt);
        if (failure != null) {
            lastFailure = failure;
            if (candidate.source() == KeySource.STORED) {
                lastStored = candidate;
                failuresByKey.put(candidate.lease().key().id(), failure);
            }
            LOG.info(
                    "Attempt {} at {} with key '{}' failed after {} ms: {} -> {}",
                    attempt.number(),
                    target,
                    candidate.name(),
                    result.duration().toMillis(),
                    failure,
                    verdict);
        }
    }

    /** An answer of any kind shows that the endpoint is up; only outages speak against it. */
    static void report(CircuitBreaker breaker, @Nullable Failure failure) {
        if (failure == null) {
            breaker.succeeded();
        } else if (failure.kind().isOutage()) {
            breaker.failed();
        } else if (failure.httpStatus().isPresent()) {
            breaker.succeeded();
        } else {
            breaker.released();
        }
    }

    private boolean cancelled() {
        return call.cancellation().isCancelled() || Thread.currentThread().isInterrupted();
    }

    private @Nullable Outcome<T> limitReached() {
        if (cancelled()) {
            return ended(true);
        }
        if (remaining().isZero()) {
            return ended(false);
        }
        return attempts.size() >= call.policy().maxAttempts() ? exhausted() : null;
    }

    /**
     * Waits for a rate-limited key if that is worth it.
     *
     * @return whether one is back; null when the wait was cut short
     */
    private @Nullable Boolean waitForKey(CandidateWalk walk) {
        Optional<Instant> back = walk.earliestCooling();
        if (back.isEmpty()) {
            return false;
        }
        Duration wait = Duration.between(engine.clock.instant(), back.get());
        if (wait.isNegative()) {
            wait = Duration.ZERO;
        }
        if (waits == MOST_WAITS
                || waited.plus(wait).compareTo(call.policy().maxWait()) > 0
                || wait.compareTo(remaining()) >= 0) {
            return false;
        }
        waits++;
        LOG.info("All keys are rate limited; waiting {} ms for the first to come back", wait.toMillis());
        waited = waited.plus(wait).plusMillis(1);
        if (!engine.pause.sleep(wait.plusMillis(1), call.cancellation())) {
            return null;
        }
        walk.restart(engine.clock.instant());
        return true;
    }

    /** Pauses before a retry; false when the pause was cut short or does not fit the deadline. */
    private boolean backOff(int retries, Failure failure) {
        FailoverPolicy policy = call.policy();
        long millis = Math.min(policy.backoffCap().toMillis(), policy.backoff().toMillis() << Math.min(retries, 20));
        Duration jittered = Duration.ofMillis((long) (millis * (0.5 + engine.random.getAsDouble() / 2)));
        Duration pause = failure.retryAfter()
                .filter(asked -> asked.compareTo(policy.maxWait()) <= 0 && asked.compareTo(jittered) > 0)
                .orElse(jittered);
        return pause.compareTo(remaining()) < 0 && engine.pause.sleep(pause, call.cancellation());
    }

    private Outcome<T> failed(Failure failure) {
        if (failure.kind() == FailureKind.CANCELLED) {
            return ended(true);
        }
        if (failure.kind().isOutage()) {
            return remaining().isZero() ? ended(false) : exhausted();
        }
        return new Outcome.Failed<>(Outcome.End.REFUSED, failure, null, trace());
    }

    private Outcome<T> ended(boolean cancelled) {
        return new Outcome.Failed<>(
                cancelled ? Outcome.End.CANCELLED : Outcome.End.DEADLINE, lastFailure, null, trace());
    }

    private Outcome<T> exhausted() {
        if (!sawKeys) {
            return new Outcome.Failed<>(Outcome.End.NO_KEY, null, null, trace());
        }
        boolean callerOnly =
                !attempts.isEmpty() && attempts.stream().allMatch(attempt -> attempt.keySource() == KeySource.CALLER);
        if (callerOnly
                && lastFailure != null
                && lastFailure.httpStatus().isPresent()
                && !lastFailure.kind().isOutage()) {
            return new Outcome.Failed<>(
                    Outcome.End.CALLER_KEY_FAILED,
                    lastFailure,
                    lastFailure.retryAfter().orElse(null),
                    trace());
        }
        if (lastStored != null && lastFailure != null && !lastFailure.kind().isOutage()) {
            engine.storedKeys.exhausted(lastStored.lease(), lastFailure);
        }
        return new Outcome.Failed<>(Outcome.End.EXHAUSTED, lastFailure, retryAfter(), trace());
    }

    private @Nullable Duration retryAfter() {
        Instant now = engine.clock.instant();
        Optional<Instant> back = Optional.ofNullable(earliestReturn);
        if (back.isEmpty() && lastFailure != null && lastFailure.kind().isOutage()) {
            back = call.targets().stream()
                    .map(target -> engine.endpoints.breaker(target).openUntil().orElse(now))
                    .min(Instant::compareTo);
        }
        return back.map(at -> Duration.between(now, at))
                .map(wait -> wait.compareTo(SHORTEST_RETRY_AFTER) < 0 ? SHORTEST_RETRY_AFTER : wait)
                .orElse(null);
    }

    private void noteReturn(Optional<Instant> candidate) {
        candidate
                .filter(at -> earliestReturn == null || at.isBefore(earliestReturn))
                .ifPresent(at -> earliestReturn = at);
    }

    private Duration remaining() {
        Duration left = call.policy().deadline().minus(elapsed());
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Duration elapsed() {
        return Duration.ofNanos(engine.nanoTime.getAsLong() - startNanos);
    }

    private CallTrace trace() {
        return new CallTrace(attempts, elapsed(), upstream, ignoredFields);
    }

    private record Result<T>(@Nullable T value, @Nullable Failure failure, Instant startedAt, Duration duration) {}
}
