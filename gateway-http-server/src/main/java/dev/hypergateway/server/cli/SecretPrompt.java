package dev.hypergateway.server.cli;

import dev.hypergateway.provider.Secret;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gets a vendor key from its owner without showing it. Stateless. */
final class SecretPrompt {
    private SecretPrompt() {}

    /** The key that a setting holds. */
    static Secret fromSetting(Map<String, String> settings, String name) {
        String value = settings.get(name);
        if (value == null || value.isBlank()) {
            throw new CommandFailure("there is nothing in " + name + "; set it in the environment or in .env");
        }
        return secret(value);
    }

    /** The key typed at a terminal, where it is not shown, or the first line of the input. */
    static Secret ask(@Nullable Console console, InputStream in, String what) {
        char[] typed =
                console == null || !isTerminal(console) ? null : console.readPassword("Key for %s (not shown): ", what);
        if (typed != null) {
            return secret(new String(typed));
        }
        try {
            String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
            return secret(line == null ? "" : line);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the key from standard input: " + e.getMessage(), e);
        }
    }

    /** Before JDK 22 only terminals have a console; from then on, {@code isTerminal()} tells. */
    private static boolean isTerminal(Console console) {
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    private static Secret secret(String text) {
        try {
            return Secret.of(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }
}
