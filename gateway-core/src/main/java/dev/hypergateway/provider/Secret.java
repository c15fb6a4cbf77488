package dev.hypergateway.provider;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value that must not be seen: an API key. {@code toString()} shows at most its last four characters, and only of values long
 * enough that those give nothing away. Immutable. Not serializable on purpose.
 */
public final class Secret {
    private static final int SHORTEST_WITH_HINT = 12;

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * Wraps a value; surrounding white space is dropped.
     *
     * @throws IllegalArgumentException when nothing is left, or when it holds a character that cannot stand in a header field
     */
    public static Secret of(String value) {
        String trimmed = Objects.requireNonNull(value, "value").strip();
        if (trimmed.isEmpty()) {
            throw new IllegalArgumentException("the secret is empty; paste the whole key");
        }
        for (int i = 0; i < trimmed.length(); i++) {
            char c = trimmed.charAt(i);
            if (c < 0x21 || c > 0x7e) {
                throw new IllegalArgumentException("the secret holds a character that no key has (position " + i
                        + "); paste the key without spaces or line breaks");
            }
        }
        return new Secret(trimmed);
    }

    /** The value itself, for the one place that puts it into a header. */
    public String reveal() {
        return value;
    }

    /** The last four characters for display, or an empty string when the value is too short to show any. */
    public String hint() {
        return value.length() < SHORTEST_WITH_HINT ? "" : value.substring(value.length() - 4);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret that
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8), that.value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "****" + hint();
    }
}
