package dev.hypergateway.failover;

import dev.hypergateway.provider.Failure;
import dev.hypergateway.routing.Target;
import dev.hypergateway.trace.CallTrace;
import dev.hypergateway.trace.FailureKind;
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
            return ended(Outcome.End.CANCELLED, null);
        }
        return failure.kind().isOutage() ? exhausted() : ended(Outcome.End.REFUSED, null);
    }

    /** The end of a call that was cancelled or has run out of time. */
    Outcome<T> stopped() {
        return ended(patience.cancelled() ? Outcome.End.CANCELLED : Outcome.End.DEADLINE, null);
    }

    private Outcome<T> exhausted() {
        Failure failure = attempts.lastFailure();
        if (!sawKeys) {
            return ended(Outcome.End.NO_KEY, null);
        }
        if (patience.remaining().isZero()) {
            return stopped();
        }
        boolean outage = failure != null && failure.kind().isOutage();
        if (failure != null
                && !outage
                && attempts.callerOnly()
                && failure.httpStatus().isPresent()) {
            return ended(Outcome.End.CALLER_KEY_FAILED, failure.retryAfter().orElse(null));
        }
        Candidate lastStored = attempts.lastStored();
        if (failure != null && !outage && lastStored != null) {
            engine.storedKeys.exhausted(lastStored.lease(), failure);
        }
        return ended(Outcome.End.EXHAUSTED, retryAfter(outage));
    }

    private Outcome<T> ended(Outcome.End end, @Nullable Duration retryAfter) {
        return new Outcome.Failed<>(end, attempts.lastFailure(), retryAfter, trace());
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
}
