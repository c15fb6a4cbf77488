package dev.hypergateway.providers.gigachat;

import dev.hypergateway.provider.Secret;
import java.time.Duration;
import java.time.Instant;

/**
 * A token that stands for a key for half an hour.
 *
 * @param secret the token
 * @param expiresAt when GigaChat stops to accept it
 */
record AccessToken(Secret secret, Instant expiresAt) {
    /** As early as the vendor's own client renews it. */
    private static final Duration MARGIN = Duration.ofSeconds(60);

    boolean isFresh(Instant now) {
        return now.isBefore(expiresAt.minus(MARGIN));
    }
}
