package dev.hypergateway.failover;

import dev.hypergateway.key.Owner;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.routing.Target;
import dev.hypergateway.transport.Cancellation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a request is to be answered, on whose behalf and how persistently. What is asked stands beside it.
 *
 * @param model the model as the caller wrote it
 * @param affinity calls with the same value go to the same key where the policy says so; null for no preference
 * @param targets where it can be served, best first, at least one
 * @param owner whose stored keys may be used
 * @param callerKeys the caller's own keys, by provider id
 * @param policy how far to go
 * @param cancellation ends the call
 * @param choice whether there were several targets to choose from when the call began
 */
public record Call(
        String model,
        @Nullable String affinity,
        List<Target> targets,
        Owner owner,
        Map<String, Secret> callerKeys,
        FailoverPolicy policy,
        Cancellation cancellation,
        boolean choice) {
    public Call {
        Objects.requireNonNull(model, "model");
        targets = List.copyOf(targets);
        Objects.requireNonNull(owner, "owner");
        callerKeys = Map.copyOf(callerKeys);
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(cancellation, "cancellation");
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("a call needs at least one target");
        }
    }

    /** A call at its beginning. */
    public Call(
            String model,
            @Nullable String affinity,
            List<Target> targets,
            Owner owner,
            Map<String, Secret> callerKeys,
            FailoverPolicy policy,
            Cancellation cancellation) {
        this(model, affinity, targets, owner, callerKeys, policy, cancellation, targets.size() > 1);
    }

    /** The same call for other targets, with a switch of its own and another policy. */
    Call at(List<Target> others, Cancellation own, FailoverPolicy other) {
        return new Call(model, affinity, others, owner, callerKeys, other, own, choice);
    }

    /**
     * How an answer of this target names its model: as the caller did, unless there were several to choose from.
     *
     * @param target one of the targets
     */
    String modelName(Target target) {
        return choice ? target.reference() : model;
    }
}
