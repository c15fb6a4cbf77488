package dev.hypergateway.server;

import dev.hypergateway.provider.Secret;
import java.util.Optional;

/**
 * Knows callers by the token that they send as {@code Authorization: Bearer …}. Called for each request and by many threads at
 * once, so it answers from memory.
 */
@FunctionalInterface
public interface Authenticator {

    /**
     * Who has this token.
     *
     * @param token what stands after {@code Bearer}; not blank
     * @return the caller; empty when nobody has it
     */
    Optional<Caller> authenticate(String token);

    /**
     * Accepts one key, in the name of {@link Caller#LOCAL}.
     *
     * @param key the gateway key, by custom {@code sk-…}
     */
    static Authenticator gatewayKey(String key) {
        Secret expected = Secret.of(key);
        return token -> matches(expected, token) ? Optional.of(Caller.LOCAL) : Optional.empty();
    }

    private static boolean matches(Secret expected, String token) {
        try {
            return expected.equals(Secret.of(token));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
