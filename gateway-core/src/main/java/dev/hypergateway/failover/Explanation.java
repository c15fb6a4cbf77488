package dev.hypergateway.failover;

import dev.hypergateway.key.KeyHealth;
import dev.hypergateway.key.KeyOutlook;
import dev.hypergateway.key.LearnedLimits;
import dev.hypergateway.trace.KeySource;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which key and target would serve a call at this moment, and why each other would not. Immutable.
 *
 * @param targets where the call could go, best first
 */
public record Explanation(List<TargetOutlook> targets) {
    public Explanation {
        targets = List.copyOf(targets);
    }

    /** The target that would serve; empty when none has a usable key. */
    public Optional<TargetOutlook> servingTarget() {
        Optional<TargetOutlook> closed = targets.stream()
                .filter(target -> target.endpointDownUntil() == null
                        && target.firstUsable().isPresent())
                .findFirst();
        return closed.isPresent()
                ? closed
                : targets.stream()
                        .filter(target -> target.firstUsable().isPresent())
                        .findFirst();
    }

    /** The key that would serve. */
    public Optional<Candidate> servingKey() {
        return servingTarget().flatMap(TargetOutlook::firstUsable);
    }

    /**
     * One target.
     *
     * @param provider provider id
     * @param model the vendor's name of the model
     * @param unable what the model is known not to be able to do although the request asks for it; null when nothing is. Such a target
     *     is never tried
     * @param endpointDownUntil when the endpoint, which is down, is tried again; null while it is up. Until then the target is
     *     tried only if no other answers
     * @param candidates the keys in the order of trying
     */
    public record TargetOutlook(
            String provider,
            String model,
            @Nullable String unable,
            @Nullable Instant endpointDownUntil,
            List<Candidate> candidates) {
        public TargetOutlook {
            Objects.requireNonNull(provider, "provider");
            Objects.requireNonNull(model, "model");
            candidates = List.copyOf(candidates);
        }

        /** The first key that nothing stands against; none when the model is not able. */
        public Optional<Candidate> firstUsable() {
            return unable == null
                    ? candidates.stream().filter(Candidate::usable).findFirst()
                    : Optional.empty();
        }
    }

    /**
     * One key.
     *
     * @param source where it comes from
     * @param keyId id of the stored key; null for others
     * @param name display name
     * @param selected whether it is the selected one
     * @param obstacle what stands against it; null when nothing does
     * @param limits what the vendor's last answer for this model said of its limits; null when it said nothing
     */
    public record Candidate(
            KeySource source,
            @Nullable String keyId,
            String name,
            boolean selected,
            @Nullable KeyHealth obstacle,
            @Nullable LearnedLimits limits) {
        public Candidate {
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(name, "name");
        }

        static Candidate of(KeySource source, KeyOutlook outlook) {
            return new Candidate(
                    source,
                    source == KeySource.STORED ? outlook.key().id() : null,
                    outlook.key().displayName(),
                    outlook.key().selected(),
                    outlook.obstacle(),
                    outlook.limits());
        }

        /** Whether the key can be tried. */
        public boolean usable() {
            return obstacle == null;
        }
    }
}
