package dev.hypergateway.keystore.jdbc;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** The form of gateway tokens. */
final class GatewayTokens {
    /** Ours, and that of the original service. */
    private static final List<String> SCHEMES = List.of("sk-", "hp_");

    private static final int RANDOM_BYTES = 32;
    private static final int SHORTEST = 16;
    private static final int LONGEST = 1000;
    private static final int PREFIX_LENGTH = 6;

    /** Of a token that somebody thought up, no larger part than this is shown. */
    private static final int SHOWN_PART = 6;

    private static final SecureRandom RANDOM = new SecureRandom();

    private GatewayTokens() {}

    /** A token with 256 random bits. */
    static String generate() {
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return "sk-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * @throws IllegalArgumentException when a token is too short, or cannot stand in a header; the message does not repeat it
     */
    static void check(String token) {
        if (token.length() < SHORTEST || token.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a gateway key needs " + SHORTEST + " to " + LONGEST + " characters, this one has " + token.length()
                            + "; take a random one, for example from: openssl rand -hex 32");
        }
        if (token.chars().anyMatch(c -> c < 0x21 || c > 0x7e)) {
            throw new IllegalArgumentException(
                    "a gateway key holds only visible ASCII characters without spaces; take a random one, for example from:"
                            + " openssl rand -hex 32");
        }
    }

    /**
     * What is stored and looked up. Tokens have enough randomness that a slow hash would add nothing; and as the look-up compares
     * hashes, its time says nothing about the token.
     */
    static byte[] hash(String token) {
        return Hashes.sha256(token.getBytes(StandardCharsets.UTF_8));
    }

    /** What people recognise a token by. */
    static String prefix(String token) {
        String body = SCHEMES.stream()
                .filter(token::startsWith)
                .findFirst()
                .map(scheme -> token.substring(scheme.length()))
                .orElse(token);
        return body.substring(0, Math.min(PREFIX_LENGTH, body.length() / SHOWN_PART));
    }
}
