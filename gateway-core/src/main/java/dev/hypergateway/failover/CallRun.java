package dev.hypergateway.failover;

import dev.hypergateway.provider.Failure;
import dev.hypergateway.routing.Target;
import dev.hypergateway.trace.CallTrace;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.trace.KeySource;
import dev.hypergateway.transport.Timeouts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call on its way through its targets. Used once, by one thread. */
final class CallRun<T> {
    private static final Logger LOG = LoggerFactory.getLogger(FailoverExecutor.class);
    private static final Duration SHORTEST_RETRY_AFTER = Duration.ofSeconds(1);

    final FailoverExecutor engine;
    final Call call;
    final Timeouts timeouts;
    final Attempter<T> attempter;
    final Patience patience;
    final AttemptLog attempts = new AttemptLog();
    /** Whether there was any key at all. */
    boolean sawKeys;
    /** Whether a target had keys, none of which could be used. */
    boolean passedOver;
    /** The last key that was given up where the request may yet be answered; null when there is none. */
    @Nullable
    Lost lost;

    private @Nullable Instant earliestReturn;
    private @Nullable ServedAttempt servedAttempt;

    CallRun(FailoverExecutor engine, Call call, Timeouts timeouts, Attempter<T> attempter) {
        this.engine = engine;
        this.call = call;
        this.timeouts = timeouts;
        this.attempter = attempter;
        this.patience = new Patience(call.policy(), call.cancellation(), engine.time, engine.random);
    }

    Outcome<T> run() {
        List<Target> targets = call.targets();
        List<Target> down = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            Target target = targets.get(i);
            if (!engine.endpoints.breaker(target).tryAcquire() && targets.size() > 1) {
                LOG.info("Leaving {} for last: its endpoint is down", target);
                down.add(target);
                continue;
            }
            Outcome<T> outcome = serve(target, i + 1 < targets.size() || !down.isEmpty());
            if (outcome != null) {
                return outcome;
            }
        }
        for (int i = 0; i < down.size(); i++) {
            Outcome<T> outcome = serve(down.get(i), i + 1 < down.size());
            if (outcome != null) {
                return outcome;
            }
        }
        return exhausted();
    }

    private @Nullable Outcome<T> serve(Target target, boolean hasNext) {
        return new TargetRun<>(this, target, engine.endpoints.breaker(target), hasNext).serve();
    }

    /** Who hears what becomes of the answer. */
    ServedAttempt servedAttempt() {
        return Objects.requireNonNull(servedAttempt, "only an answered call has one");
    }

    /** Remembers when a key comes back that could not be used. */
    void noteReturn(Optional<Instant> at) {
        at.filter(instant -> earliestReturn == null || instant.isBefore(earliestReturn))
                .ifPresent(instant -> earliestReturn = instant);
    }

    /** The end of a call that may make no further attempt; null as long as it may. */
    @Nullable
    Outcome<T> limitReached() {
        if (patience.cancelled() || patience.remaining().isZero()) {
            return stopped();
        }
        return attempts.size() >= call.policy().maxAttempts() ? exhausted() : null;
    }

    Outcome<T> answered(T value, ServedAttempt attempt) {
        servedAttempt = attempt;
        return new Outcome.Answered<>(value, trace());
    }

    /** The end of a call whose last failure admits no further attempt. */
    Outcome<T> failed(Failure failure) {
        if (failure.kind() == FailureKind.CANCELLED) {
            return ended(Outcome.End.CANCELLED, failure, null);
        }
        boolean answerableElsewhere = VerdictRules.concernsTargetOnly(failure) && (lost != null || passedOver);
        return failure.kind().isOutage() || answerableElsewhere
                ? exhausted()
                : ended(Outcome.End.REFUSED, failure, null);
    }

    /** The end of a call that was cancelled or has run out of time. */
    Outcome<T> stopped() {
        Outcome.End end = patience.cancelled() ? Outcome.End.CANCELLED : Outcome.End.DEADLINE;
        return ended(end, attempts.lastFailure(), null);
    }

    /** What a target cannot do as a matter of principle does not hide that another one may answer later. */
    private Outcome<T> exhausted() {
        Failure failure = attempts.lastFailure();
        Candidate lastStored = attempts.lastStored();
        if (!sawKeys) {
            return ended(Outcome.End.NO_KEY, failure, null);
        }
        if (patience.remaining().isZero()) {
            return stopped();
        }
        if (failure != null && VerdictRules.concernsTargetOnly(failure)) {
            if (lost == null && !passedOver) {
                return ended(Outcome.End.REFUSED, failure, null);
            }
            failure = lost == null ? null : lost.failure();
            lastStored = lost == null || lost.candidate().source() != KeySource.STORED ? null : lost.candidate();
        }
        boolean outage = failure != null && failure.kind().isOutage();
        if (failure != null
                && !outage
                && attempts.callerOnly()
                && failure.httpStatus().isPresent()) {
            return ended(
                    Outcome.End.CALLER_KEY_FAILED, failure, failure.retryAfter().orElse(null));
        }
        if (failure != null && !outage && lastStored != null) {
            engine.storedKeys.exhausted(lastStored.lease(), failure);
        }
        return ended(Outcome.End.EXHAUSTED, failure, retryAfter(outage));
    }

    private Outcome<T> ended(Outcome.End end, @Nullable Failure failure, @Nullable Duration retryAfter) {
        return new Outcome.Failed<>(end, failure, retryAfter, trace());
    }

    private @Nullable Duration retryAfter(boolean outage) {
        Instant now = engine.time.clock().instant();
        Optional<Instant> back = Optional.ofNullable(earliestReturn);
        if (back.isEmpty() && outage) {
            back = call.targets().stream()
                    .map(target -> engine.endpoints.breaker(target).openUntil().orElse(now))
                    .min(Instant::compareTo);
        }
        return back.map(at -> Duration.between(now, at))
                .map(wait -> wait.compareTo(SHORTEST_RETRY_AFTER) < 0 ? SHORTEST_RETRY_AFTER : wait)
                .orElse(null);
    }

    private CallTrace trace() {
        return attempts.trace(patience.elapsed());
    }

    /** A key that was given up, and why. */
    record Lost(Candidate candidate, Failure failure) {}
}
