package dev.hypergateway.failover;

import dev.hypergateway.provider.Failure;
import dev.hypergateway.trace.Verdict;

/** The pure step from a failure to what it means for the call. */
public final class VerdictRules {
    private VerdictRules() {}

    /**
     * Decides what follows from a failure.
     *
     * @param failure what went wrong
     * @param situation how the call stands
     */
    public static Verdict judge(Failure failure, Situation situation) {
        return switch (failure.kind()) {
            case RATE_LIMITED, QUOTA_EXHAUSTED, CREDENTIAL_REJECTED, KEY_UNREADABLE -> Verdict.NEXT_KEY;
            case TOKEN_EXPIRED -> situation.tokenRefreshes() == 0 ? Verdict.RETRY_SAME : Verdict.NEXT_KEY;
            case MODEL_UNAVAILABLE -> modelUnavailable(situation);
            case CONTEXT_TOO_LONG -> situation.hasNextTarget() ? Verdict.NEXT_TARGET : Verdict.FAIL;
            case INVALID_REQUEST -> situation.adapts() ? Verdict.RETRY_SAME : invalid(failure, situation);
            case CONTENT_REJECTED, INTERRUPTED, CANCELLED -> Verdict.FAIL;
            case UNAVAILABLE, TIMEOUT -> outage(failure, situation);
        };
    }

    /**
     * Whether a failure says what this target cannot do with the request, and nothing about others: its model is not to be had or
     * has too small a window, or its provider has refused what the vendor has no word for, before anything was sent.
     */
    static boolean concernsTargetOnly(Failure failure) {
        return switch (failure.kind()) {
            case MODEL_UNAVAILABLE, CONTEXT_TOO_LONG -> true;
            case INVALID_REQUEST -> failure.httpStatus().isEmpty();
            default -> false;
        };
    }

    /** What a provider refuses by itself, so that no status came, is often only what its vendor has no word for. */
    private static Verdict invalid(Failure failure, Situation situation) {
        return concernsTargetOnly(failure) && situation.hasNextTarget() ? Verdict.NEXT_TARGET : Verdict.FAIL;
    }

    /** Another key may have access; if that one has not either, no third one is asked. */
    private static Verdict modelUnavailable(Situation situation) {
        if (situation.modelRefusals() == 0) {
            return Verdict.NEXT_KEY;
        }
        return situation.hasNextTarget() ? Verdict.NEXT_TARGET : Verdict.FAIL;
    }

    /** A silent vendor has had its time already. Where there is no other target, one other key is worth a try, but not all of them. */
    private static Verdict outage(Failure failure, Situation situation) {
        if (!failure.silent() && !situation.endpointOpen() && situation.retriesHere() < situation.retriesAllowed()) {
            return Verdict.RETRY_SAME;
        }
        if (situation.hasNextTarget()) {
            return Verdict.NEXT_TARGET;
        }
        return failure.silent() || situation.endpointOpen() || situation.keysLostToOutage() > 0
                ? Verdict.FAIL
                : Verdict.NEXT_KEY;
    }

    /**
     * How a call stands at its present target when a failure comes in; the failure itself is not counted yet.
     *
     * @param hasNextTarget whether the route has a further target
     * @param retriesHere how often the same key was tried again already
     * @param retriesAllowed how often it may be
     * @param tokenRefreshes how often this key's token was renewed in this call
     * @param modelRefusals how many keys the model was refused to
     * @param keysLostToOutage how many keys were given up because of an outage
     * @param endpointOpen whether the endpoint's circuit breaker is open
     * @param adapts whether the next request to the target would be another one than that which was found wrong
     */
    public record Situation(
            boolean hasNextTarget,
            int retriesHere,
            int retriesAllowed,
            int tokenRefreshes,
            int modelRefusals,
            int keysLostToOutage,
            boolean endpointOpen,
            boolean adapts) {}
}
