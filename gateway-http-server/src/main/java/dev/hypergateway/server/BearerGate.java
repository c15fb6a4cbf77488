package dev.hypergateway.server;

import dev.hypergateway.key.Owner;
import dev.hypergateway.server.http.Exchange;
import dev.hypergateway.server.http.Gate;
import dev.hypergateway.server.http.Problem;

/** Lets in who sends a known token as {@code Authorization: Bearer …} (RFC 6750). */
final class BearerGate implements Gate {
    private static final String SCHEME = "bearer";

    private final Authenticator authenticator;

    BearerGate(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    @Override
    public Owner admit(Exchange exchange) {
        String header = exchange.header("Authorization").orElse("").strip();
        if (header.isEmpty()) {
            throw refused("Authentication is missing; send the gateway key as \"Authorization: Bearer sk-…\".");
        }
        int space = header.indexOf(' ');
        String token = space < 0 ? "" : header.substring(space).strip();
        if (token.isEmpty() || !header.substring(0, space).equalsIgnoreCase(SCHEME)) {
            throw refused("The Authorization header is not \"Bearer\" and a key; send \"Authorization: Bearer sk-…\".");
        }
        return authenticator
                .authenticate(token)
                .map(Caller::owner)
                .orElseThrow(() -> refused("The gateway key is not known here; check it, or ask for another one."));
    }

    private static Problem refused(String message) {
        return new Problem(401, "invalid_api_key", message).header("WWW-Authenticate", "Bearer");
    }
}
