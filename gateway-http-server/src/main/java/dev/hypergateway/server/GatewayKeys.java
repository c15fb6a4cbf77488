package dev.hypergateway.server;

import java.security.SecureRandom;

/** Makes gateway keys: {@code sk-} and 40 letters and digits, about 238 bits of chance. Stateless. */
final class GatewayKeys {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 40;

    private GatewayKeys() {}

    static String generate() {
        SecureRandom random = new SecureRandom();
        StringBuilder key = new StringBuilder("sk-");
        for (int i = 0; i < LENGTH; i++) {
            key.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return key.toString();
    }
}
