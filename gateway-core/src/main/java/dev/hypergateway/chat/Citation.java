package dev.hypergateway.chat;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A source that an answer refers to. Immutable.
 *
 * @param url address of the source
 * @param title its title
 * @param startIndex first character of the answer that the source supports; null when the vendor does not say
 * @param endIndex character after the last one; null when the vendor does not say
 */
public record Citation(
        String url,
        @Nullable String title,
        @Nullable Integer startIndex,
        @Nullable Integer endIndex) {
    public Citation {
        Objects.requireNonNull(url, "url");
    }
}
