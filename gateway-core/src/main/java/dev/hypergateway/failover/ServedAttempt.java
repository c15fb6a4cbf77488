package dev.hypergateway.failover;

import dev.hypergateway.provider.Failure;
import dev.hypergateway.routing.Target;

/** The attempt that answers: tells its key and its endpoint what becomes of the answer after the commit point. */
final class ServedAttempt {
    private final Target target;
    private final Candidate candidate;
    private final CircuitBreaker breaker;

    ServedAttempt(Target target, Candidate candidate, CircuitBreaker breaker) {
        this.target = target;
        this.candidate = candidate;
        this.breaker = breaker;
    }

    Target target() {
        return target;
    }

    /** The answer has come to its proper end. */
    void completed() {
        breaker.succeeded();
    }

    /** The answer broke off. */
    void failed(Failure failure) {
        TargetRun.report(breaker, failure);
        candidate.failed(target.model(), failure);
    }

    /**
     * The answer is complete, or given up.
     *
     * @param tokens how many it took, as far as that is known
     */
    void ended(long tokens) {
        candidate.ended(tokens);
    }
}
