package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.image.GeneratedImage;
import dev.hypergateway.image.ImageRequest;
import dev.hypergateway.image.ImageResponse;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.Refusal;
import dev.hypergateway.trace.FailureKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Pictures of the models {@code gemini-…-image} ({@code ai.google.dev/gemini-api/docs/image-generation}), which chat and draw: a
 * prompt in {@code generateContent} that asks for text and pictures. One answer, with as many pictures as the model likes. Stateless.
 */
final class GeminiImages {
    static final String METHOD = ":generateContent";

    private static final List<String> RATIOS =
            List.of("1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9");

    private static final Set<String> HEEDED = Set.of("google", "extra_body");

    private GeminiImages() {}

    /**
     * @throws ProviderException when the model cannot draw what is asked
     */
    static ObjectNode write(ImageRequest request, ProviderCall call) {
        if (request.n().orElse(1) != 1) {
            throw Refusal.of(
                    "n", "a Gemini model draws one answer at a time; leave n out, or use an imagen model for up to 4");
        }
        ImageWish wish = ImageWish.of(request, RATIOS, call);
        request.extra().keySet().stream()
                .filter(field -> !HEEDED.contains(field))
                .forEach(call::ignore);
        ObjectNode body = GeminiJson.object();
        body.putArray("contents")
                .addObject()
                .put("role", "user")
                .putArray("parts")
                .addObject()
                .put("text", request.prompt());
        ObjectNode config = body.putObject("generationConfig");
        config.putArray("responseModalities").add("TEXT").add("IMAGE");
        if (wish.aspectRatio() != null) {
            config.withObject("/imageConfig").put("aspectRatio", wish.aspectRatio());
        }
        if (wish.imageSize() != null) {
            config.withObject("/imageConfig").put("imageSize", wish.imageSize());
        }
        GeminiVendorOptions.write(request.extra(), body);
        return body;
    }

    /**
     * @throws ProviderException when there is no picture in it
     */
    static ImageResponse read(JsonNode body, String model, Instant now) {
        Blocked.check(body);
        List<GeneratedImage> images = new ArrayList<>();
        String reason = "";
        for (JsonNode candidate : body.path("candidates")) {
            reason = candidate.path("finishReason").asText(reason);
            for (JsonNode part : candidate.path("content").path("parts")) {
                JsonNode data = part.path("inlineData");
                // Larger models draw sketches while they think.
                if (data.path("data").isTextual() && !part.path("thought").asBoolean()) {
                    images.add(GeneratedImage.builder()
                            .base64(data.get("data").asText())
                            .mimeType(data.path("mimeType").asText(null))
                            .build());
                }
            }
        }
        if (images.isEmpty()) {
            throw nothingDrawn(reason);
        }
        return ImageResponse.builder()
                .created(now)
                .model(model)
                .images(images)
                .usage(GeminiUsage.of(body.path("usageMetadata")))
                .build();
    }

    private static ProviderException nothingDrawn(String reason) {
        boolean filtered = FinishReasons.isFiltered(reason);
        return new ProviderException(Failure.builder(
                        filtered ? FailureKind.CONTENT_REJECTED : FailureKind.INVALID_REQUEST,
                        filtered
                                ? "Gemini blocked the picture: " + reason
                                : "Gemini drew nothing for this prompt"
                                        + (reason.isEmpty() || reason.equals("STOP") ? "" : " (" + reason + ")"))
                .code(reason.isEmpty() ? null : reason)
                .param("prompt")
                .build());
    }
}
