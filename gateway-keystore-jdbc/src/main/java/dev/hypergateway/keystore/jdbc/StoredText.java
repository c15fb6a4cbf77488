package dev.hypergateway.keystore.jdbc;

import org.jspecify.annotations.Nullable;

/** Text as both databases take it. */
final class StoredText {
    private StoredText() {}

    /** The text without the character U+0000, which PostgreSQL cannot store; each becomes U+FFFD. */
    static String of(String text) {
        return text.replace('\0', '\uFFFD');
    }

    static @Nullable String ofNullable(@Nullable String text) {
        return text == null ? null : of(text);
    }
}
