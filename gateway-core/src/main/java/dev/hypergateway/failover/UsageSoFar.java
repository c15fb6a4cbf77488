package dev.hypergateway.failover;

import dev.hypergateway.chat.Usage;
import java.util.Objects;

/**
 * The tokens that a stream has taken, with their cost. Immutable.
 *
 * @param usage the vendor's figures as far as it has given them
 * @param estimated whether some of them are estimates, because the stream ended before the vendor gave its own
 */
public record UsageSoFar(Usage usage, boolean estimated) {
    public UsageSoFar {
        Objects.requireNonNull(usage, "usage");
    }

    /** This and what another stream of the same call has taken. */
    UsageSoFar plus(UsageSoFar other) {
        return new UsageSoFar(usage.plus(other.usage), estimated || other.estimated);
    }
}
