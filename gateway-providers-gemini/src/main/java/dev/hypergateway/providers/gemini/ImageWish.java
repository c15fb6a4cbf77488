package dev.hypergateway.providers.gemini;

import dev.hypergateway.image.ImageFormat;
import dev.hypergateway.image.ImageRequest;
import dev.hypergateway.image.ImageSize;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Google's models for pictures are told of shape and fineness; they know no size in pixels. Immutable.
 *
 * @param aspectRatio for example {@code 16:9}; null for Google's choice
 * @param imageSize {@code 1K}, {@code 2K} or {@code 4K}; null for Google's choice
 */
record ImageWish(@Nullable String aspectRatio, @Nullable String imageSize) {
    /** Between the million pixels of 1K, the four of 2K and the sixteen of 4K. */
    private static final long PIXELS_OF_2K = 2_500_000;

    private static final long PIXELS_OF_4K = 9_000_000;

    /**
     * @param ratios the shapes that the model draws
     * @throws ProviderException when it cannot draw what is asked
     */
    static ImageWish of(ImageRequest request, List<String> ratios, ProviderCall call) {
        if (request.format().equals(Optional.of(ImageFormat.URL))) {
            throw Refusal.of(
                    "response_format", "Google hands pictures over as data, without an address; ask for b64_json");
        }
        request.quality().ifPresent(unused -> call.ignore("quality"));
        request.style().ifPresent(unused -> call.ignore("style"));
        request.endUser().ifPresent(unused -> call.ignore("user"));
        Optional<ImageSize> size = request.size()
                .filter(text -> !text.equals("auto"))
                .map(text -> ImageSize.parse(text)
                        .orElseThrow(() -> Refusal.of("size", "a size is written as 1024x1024; or leave it out")));
        String ratio = request.aspectRatio()
                .filter(asked -> !asked.equals("auto"))
                .orElseGet(() -> size.map(asked -> shape(asked, ratios)).orElse(null));
        String fineness = request.resolution()
                .map(text -> text.toUpperCase(Locale.ROOT))
                .orElseGet(() -> size.map(ImageWish::fineness).orElse(null));
        return new ImageWish(ratio, fineness);
    }

    private static String shape(ImageSize size, List<String> ratios) {
        return size.aspectRatio(ratios)
                .orElseThrow(() -> Refusal.of(
                        "size",
                        "the model draws in the shapes " + String.join(", ", ratios) + ", and " + size
                                + " is none of them; use aspect_ratio"));
    }

    private static @Nullable String fineness(ImageSize size) {
        if (size.pixels() >= PIXELS_OF_4K) {
            return "4K";
        }
        return size.pixels() >= PIXELS_OF_2K ? "2K" : null;
    }
}
