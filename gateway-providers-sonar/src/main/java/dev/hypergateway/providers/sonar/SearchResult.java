package dev.hypergateway.providers.sonar;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A page that Perplexity has found for an answer. Immutable.
 *
 * @param url its address
 * @param title its title
 * @param snippet a piece of its text
 * @param date when it was published, as Perplexity writes it: {@code 2024-11-04}
 * @param lastUpdated when it was changed last, in the same form
 * @param source where it comes from, for example {@code web}
 */
public record SearchResult(
        String url,
        @Nullable String title,
        @Nullable String snippet,
        @Nullable String date,
        @Nullable String lastUpdated,
        @Nullable String source) {
    public SearchResult {
        Objects.requireNonNull(url, "url");
    }
}
