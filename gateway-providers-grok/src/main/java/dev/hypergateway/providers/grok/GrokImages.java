package dev.hypergateway.providers.grok;

import dev.hypergateway.image.ImageRequest;
import dev.hypergateway.image.ImageSize;
import dev.hypergateway.openai.ImageRequestWriter;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.Refusal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request for pictures as xAI wants it ({@code docs.x.ai/developers/model-capabilities/images/generation}, mid-2026): one to ten
 * pictures, with {@code aspect_ratio}, {@code resolution} and {@code quality}. It refuses a {@code size} ({@code Argument not
 * supported: size}) and a {@code style}, so the size becomes the nearest shape and the style, a matter of taste, is left out.
 * Stateless.
 */
final class GrokImages {
    static final String PATH = "/images/generations";

    private static final List<String> RATIOS = List.of(
            "1:1", "3:4", "4:3", "9:16", "16:9", "2:3", "3:2", "9:19.5", "19.5:9", "9:20", "20:9", "1:2", "2:1");

    /** Between the million pixels of {@code 1k} and the four of {@code 2k}. */
    private static final long PIXELS_OF_2K = 2_500_000;

    private GrokImages() {}

    /**
     * @throws ProviderException when xAI cannot draw what is asked
     */
    static byte[] write(ImageRequest request, ProviderCall call) {
        ImageRequest.Builder adjusted = request.toBuilder().size(null).style(null);
        if (request.style().isPresent()) {
            call.ignore("style");
        }
        Optional<String> size = request.size().filter(asked -> !asked.equals("auto"));
        if (size.isPresent()) {
            shape(size.get(), request, adjusted);
        }
        request.quality().ifPresent(quality -> adjusted.quality(quality(quality)));
        return ImageRequestWriter.write(adjusted.build(), call.model());
    }

    private static void shape(String text, ImageRequest request, ImageRequest.Builder adjusted) {
        ImageSize size = ImageSize.parse(text)
                .orElseThrow(() -> Refusal.of("size", "a size is written as 1024x1024; or leave it out"));
        if (request.aspectRatio().isEmpty()) {
            adjusted.aspectRatio(size.aspectRatio(RATIOS)
                    .orElseThrow(() -> Refusal.of(
                            "size",
                            "xAI draws in the shapes " + String.join(", ", RATIOS) + ", and " + size
                                    + " is none of them; use aspect_ratio")));
        }
        if (request.resolution().isEmpty() && size.pixels() >= PIXELS_OF_2K) {
            adjusted.resolution("2k");
        }
    }

    /** OpenAI's older words, of which the first means the default. */
    private static @Nullable String quality(String quality) {
        return switch (quality) {
            case "standard" -> null;
            case "hd" -> "high";
            default -> quality;
        };
    }
}
