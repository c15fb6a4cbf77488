package dev.hypergateway.trace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The honest record of one call: every attempt in order and the time spent. Immutable.
 *
 * @param attempts all attempts, oldest first; empty only for answers that did not come through a gateway
 * @param elapsed wall time of the whole call, or until the first content of a stream
 * @param upstream the part of {@code elapsed} that was spent inside attempts
 * @param ignoredFields fields of the request that the vendor that answered cannot express and that were left out
 */
public record CallTrace(List<Attempt> attempts, Duration elapsed, Duration upstream, List<String> ignoredFields) {

    private static final CallTrace EMPTY = new CallTrace(List.of(), Duration.ZERO, Duration.ZERO);

    public CallTrace {
        attempts = List.copyOf(attempts);
        ignoredFields = List.copyOf(ignoredFields);
    }

    /** The trace of a call of which nothing was left out. */
    public CallTrace(List<Attempt> attempts, Duration elapsed, Duration upstream) {
        this(attempts, elapsed, upstream, List.of());
    }

    /** The trace of an answer that did not come through a gateway. */
    public static CallTrace empty() {
        return EMPTY;
    }

    /**
     * This trace after the answer broke off, so that the attempt which served it has failed after all.
     *
     * @param reason why, shortened and without secrets
     * @param next what followed from it
     */
    public CallTrace brokenOff(String reason, Verdict next) {
        if (served().isEmpty()) {
            return this;
        }
        List<Attempt> all = new ArrayList<>(attempts);
        all.add(all.remove(all.size() - 1).brokenOff(reason, next));
        return new CallTrace(all, elapsed, upstream, ignoredFields);
    }

    /** This trace with the attempts that were made to rescue a stream, renumbered. */
    public CallTrace with(List<Attempt> later) {
        if (later.isEmpty()) {
            return this;
        }
        List<Attempt> all = new ArrayList<>(attempts);
        later.forEach(attempt -> all.add(attempt.numbered(all.size() + 1)));
        return new CallTrace(all, elapsed, upstream, ignoredFields);
    }

    /** This trace and that of a later call as one: all attempts, renumbered, and both times together. */
    public CallTrace then(CallTrace later) {
        CallTrace both = with(later.attempts);
        return new CallTrace(both.attempts, elapsed.plus(later.elapsed), upstream.plus(later.upstream));
    }

    /** The attempt that answered; empty when all failed. */
    public Optional<Attempt> served() {
        return attempts.isEmpty() || !attempts.get(attempts.size() - 1).succeeded()
                ? Optional.empty()
                : Optional.of(attempts.get(attempts.size() - 1));
    }

    /** What the gateway itself added: time outside of attempts, waiting for a key to return included. */
    public Duration overhead() {
        return elapsed.minus(upstream).isNegative() ? Duration.ZERO : elapsed.minus(upstream);
    }
}
