package dev.hypergateway.providers.sonar;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A picture that Perplexity has found, for requests with {@code return_images}. Immutable.
 *
 * @param url address of the picture
 * @param originUrl address of the page that shows it
 * @param title its title
 * @param width in pixels
 * @param height in pixels
 */
public record FoundImage(
        String url,
        @Nullable String originUrl,
        @Nullable String title,
        @Nullable Integer width,
        @Nullable Integer height) {
    public FoundImage {
        Objects.requireNonNull(url, "url");
    }
}
