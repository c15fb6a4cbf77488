package dev.hypergateway.failover;

import dev.hypergateway.provider.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a vendor says to a key when it is asked for its list of models, which costs nothing.
 *
 * @param failure why the key or the vendor failed; null when the vendor accepts the key
 * @param models how many models the key may use; 0 when it failed
 * @param duration how long the vendor took
 */
public record KeyTest(@Nullable Failure failure, int models, Duration duration) {

    /** Whether the vendor accepts the key. */
    public boolean accepted() {
        return failure == null;
    }
}
