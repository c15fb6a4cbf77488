package dev.hypergateway.failover;

import dev.hypergateway.failover.Patience.Wait;
import dev.hypergateway.key.KeyUnreadableException;
import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.RateLimits;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.routing.Target;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.trace.KeySource;
import dev.hypergateway.trace.Verdict;
import dev.hypergateway.transport.AttemptControl;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call at one of its targets: goes through the keys there. Used once, by one thread. */
final class TargetRun<T> {
    private static final Logger LOG = LoggerFactory.getLogger(FailoverExecutor.class);

    private final CallRun<T> run;
    private final FailoverExecutor engine;
    private final Call call;
    private final Target target;
    private final CircuitBreaker breaker;
    private final CandidateWalk walk;
    private final boolean hasNextTarget;
    private final CallRun.@Nullable Lost lostBefore;
    private boolean attempted;
    private int modelRefusals;
    private int keysLostToOutage;
    private boolean breakerTold;

    TargetRun(CallRun<T> run, Target target, CircuitBreaker breaker, boolean hasNextTarget) {
        this.run = run;
        this.engine = run.engine;
        this.call = run.call;
        this.target = target;
        this.breaker = breaker;
        this.hasNextTarget = hasNextTarget;
        this.lostBefore = run.lost;
        this.walk = new CandidateWalk(call, target, engine.storedKeys, engine.environmentKeys, engine.environment);
    }

    /** Tries the target's keys; null when the next target is due. */
    @Nullable
    Outcome<T> serve() {
        run.sawKeys |= walk.hasKeys();
        while (true) {
            Candidate candidate = walk.next();
            if (candidate == null) {
                Wait wait = run.patience.untilBack(walk.earliestCooling(), run.attempts.size(), hasNextTarget);
                if (wait != Wait.OVER) {
                    releaseBreaker();
                    run.noteReturn(walk.earliestReturn());
                    run.passedOver |= walk.hasKeys() && !attempted;
                    return wait == Wait.CUT_SHORT ? run.stopped() : null;
                }
                walk.restart(engine.time.clock().instant());
                continue;
            }
            Outcome<T> limit = run.limitReached();
            if (limit != null) {
                candidate.released();
                releaseBreaker();
                return limit;
            }
            Step<T> step = use(candidate);
            if (step.outcome() != null || step.verdict() != Verdict.NEXT_KEY) {
                return step.outcome();
            }
        }
    }

    /** Tries one key, several times if that is the verdict. */
    private Step<T> use(Candidate candidate) {
        int retries = 0;
        int refreshes = 0;
        while (true) {
            Result<T> result = attempt(candidate);
            Failure failure = result.failure();
            if (result.value() instanceof AnswerStream) {
                breaker.answering();
            } else {
                report(breaker, failure);
            }
            breakerTold = true;
            if (failure == null) {
                return new Step<>(answered(candidate, result), null);
            }
            Optional<Duration> pause = run.patience.beforeRetry(retries, failure);
            Verdict verdict = VerdictRules.judge(
                    failure,
                    new VerdictRules.Situation(
                            hasNextTarget,
                            retries,
                            pause.isPresent() ? call.policy().sameTargetRetries() : 0,
                            refreshes,
                            modelRefusals,
                            keysLostToOutage,
                            breaker.isOpen(),
                            run.attempter.adapts(target, failure)));
            log(candidate, result, verdict);
            if (verdict != Verdict.RETRY_SAME) {
                return new Step<>(leave(candidate, failure, verdict), verdict);
            }
            boolean outage = failure.kind().isOutage();
            retries += outage ? 1 : 0;
            refreshes += failure.kind() == FailureKind.TOKEN_EXPIRED ? 1 : 0;
            boolean paused = !outage || run.patience.sleep(pause.orElseThrow());
            Outcome<T> limit = paused ? run.limitReached() : run.stopped();
            if (limit != null) {
                candidate.released();
                return new Step<>(limit, null);
            }
        }
    }

    private Outcome<T> answered(Candidate candidate, Result<T> result) {
        candidate.served(target.model());
        if (candidate.source() == KeySource.STORED) {
            walk.selectedAtStart()
                    .ifPresent(selected ->
                            engine.storedKeys.takeOver(candidate.lease(), selected, run.attempts.failureOf(selected)));
        }
        log(candidate, result, null);
        run.attempts.ignored(result.ignoredFields());
        return run.answered(Objects.requireNonNull(result.value()), new ServedAttempt(target, candidate, breaker));
    }

    private @Nullable Outcome<T> leave(Candidate candidate, Failure failure, Verdict verdict) {
        candidate.failed(target.model(), failure);
        noteLost(candidate, failure);
        walk.failed(candidate, failure, engine.time.clock().instant());
        modelRefusals += failure.kind() == FailureKind.MODEL_UNAVAILABLE ? 1 : 0;
        keysLostToOutage += failure.kind().isOutage() ? 1 : 0;
        if (verdict == Verdict.NEXT_TARGET) {
            run.noteReturn(walk.earliestReturn());
        }
        return verdict == Verdict.FAIL ? run.failed(failure) : null;
    }

    /** A request that this target has judged needs none of its other keys. */
    private void noteLost(Candidate candidate, Failure failure) {
        if (!VerdictRules.concernsTargetOnly(failure)) {
            run.lost = new CallRun.Lost(candidate, failure);
        } else if (failure.kind() != FailureKind.MODEL_UNAVAILABLE) {
            run.lost = lostBefore;
        }
    }

    private Result<T> attempt(Candidate candidate) {
        attempted = true;
        Instant startedAt = engine.time.clock().instant();
        long begin = engine.time.nanoTime().getAsLong();
        T value = null;
        Failure failure = null;
        Secret secret = null;
        List<String> ignoredFields = List.of();
        AttemptControl control = new AttemptControl(
                target.provider().timeouts(target.model(), run.timeouts),
                run.patience.remaining(),
                call.cancellation());
        try {
            Credential credential = candidate.open();
            secret = credential.secret();
            ProviderCall providerCall = engine.endpoints.call(target, credential, control);
            value = run.attempter.attempt(target, providerCall);
            ignoredFields = providerCall.ignored().isEmpty()
                    ? List.of()
                    : providerCall.ignored().stream().sorted().toList();
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
        RateLimits limits = RateLimits.of(control.answerHeaders()).orElse(null);
        if (limits != null) {
            candidate.learned(target.model(), limits);
            failure = failure == null ? null : withReset(failure, limits);
        }
        Duration duration = Duration.ofNanos(engine.time.nanoTime().getAsLong() - begin);
        return new Result<>(value, failure, ignoredFields, startedAt, duration);
    }

    /** A vendor that refuses without a hint may say in its limits when they end. */
    private static Failure withReset(Failure failure, RateLimits limits) {
        boolean hinted = failure.retryAfter().isPresent() || failure.resetAt().isPresent();
        return failure.kind() != FailureKind.RATE_LIMITED || hinted
                ? failure
                : limits.untilReset()
                        .map(reset -> failure.toBuilder().retryAfter(reset).build())
                        .orElse(failure);
    }

    /** Makes room for another call that finds out whether the endpoint is back, if this one was to and has not. */
    private void releaseBreaker() {
        if (!breakerTold) {
            breaker.released();
        }
    }

    private void log(Candidate candidate, Result<T> result, @Nullable Verdict verdict) {
        run.attempts.add(target, candidate, result.startedAt(), result.duration(), result.failure(), verdict);
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

    private record Result<T>(
            @Nullable T value,
            @Nullable Failure failure,
            List<String> ignoredFields,
            Instant startedAt,
            Duration duration) {}

    /** What follows from using a key: the end of the call, or where to go on. */
    private record Step<T>(
            @Nullable Outcome<T> outcome, @Nullable Verdict verdict) {}
}
