package dev.hypergateway.server;

import dev.hypergateway.key.Owner;
import java.util.Objects;

/**
 * Who sent a request.
 *
 * @param owner whose provider keys the caller may use
 */
public record Caller(Owner owner) {
    /** The one caller of servers without accounts. */
    public static final Caller LOCAL = new Caller(Owner.LOCAL);

    public Caller {
        Objects.requireNonNull(owner, "owner");
    }
}
