package dev.hypergateway.server.cli;

import dev.hypergateway.key.Owner;
import dev.hypergateway.keystore.jdbc.JdbcGatewayKeys;
import dev.hypergateway.server.Authenticator;
import java.io.PrintStream;
import java.util.Map;

/**
 * The first gateway key of an installation. One from {@code HYPER_GATEWAY_KEY} is accepted as long as it is set and never stored,
 * so that changing the setting changes the key; without it and without any stored key, one is created and shown once. Stateless.
 */
final class GatewayKeySetup {
    static final String SETTING = "HYPER_GATEWAY_KEY";

    private static final int SHORTEST = 16;

    private GatewayKeySetup() {}

    /**
     * Who may call.
     *
     * @param out where a created key is shown
     * @throws IllegalArgumentException when the setting holds no usable key
     */
    static Authenticator authenticator(JdbcGatewayKeys keys, Map<String, String> settings, PrintStream out) {
        Authenticator stored = new StoredGatewayKeys(keys);
        String given = settings.getOrDefault(SETTING, "").strip();
        if (given.isEmpty()) {
            if (keys.list(Owner.LOCAL).isEmpty()) {
                String token = keys.create(Owner.LOCAL, "first key").token().reveal();
                out.println("Gateway key, shown only this once: " + token);
            }
            return stored;
        }
        if (given.length() < SHORTEST) {
            throw new IllegalArgumentException(SETTING + " needs at least " + SHORTEST
                    + " characters; take a random one, for example sk- and the output of: openssl rand -hex 32");
        }
        Authenticator fixed;
        try {
            fixed = Authenticator.gatewayKey(given);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(SETTING + ": " + e.getMessage(), e);
        }
        return token -> fixed.authenticate(token).or(() -> stored.authenticate(token));
    }
}
