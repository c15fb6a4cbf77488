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
import java.util.Map;

/**
 * Pictures of the models {@code imagen-…}, which only draw ({@code :predict}, as Google's own client for JavaScript asks it and as
 * vercel/ai has recorded it in 2026): one to four, without a count of tokens. Stateless.
 */
final class ImagenImages {
    static final String METHOD = ":predict";

    private static final List<String> RATIOS = List.of("1:1", "3:4", "4:3", "9:16", "16:9");
    private static final int MOST = 4;

    private ImagenImages() {}

    /**
     * @throws ProviderException when the model cannot draw what is asked
     */
    static ObjectNode write(ImageRequest request, ProviderCall call) {
        int count = request.n().orElse(1);
        if (count > MOST) {
            throw Refusal.of("n", "Imagen draws at most " + MOST + " pictures at a time; ask for fewer");
        }
        ImageWish wish = ImageWish.of(request, RATIOS, call);
        ObjectNode body = GeminiJson.object();
        body.putArray("instances").addObject().put("prompt", request.prompt());
        ObjectNode parameters = body.putObject("parameters").put("sampleCount", count);
        if (wish.aspectRatio() != null) {
            parameters.put("aspectRatio", wish.aspectRatio());
        }
        if (wish.imageSize() != null) {
            parameters.put("sampleImageSize", wish.imageSize());
        }
        request.extra().forEach((field, value) -> {
            if (field.equals("google") && value instanceof Map<?, ?> google) {
                parameters.setAll((ObjectNode) GeminiJson.tree(google));
            } else {
                call.ignore(field);
            }
        });
        return body;
    }

    /**
     * @throws ProviderException when there is no picture in it
     */
    static ImageResponse read(JsonNode body, String model, Instant now) {
        List<GeneratedImage> images = new ArrayList<>();
        String withheld = null;
        for (JsonNode prediction : body.path("predictions")) {
            if (prediction.path("bytesBase64Encoded").isTextual()) {
                images.add(GeneratedImage.builder()
                        .base64(prediction.get("bytesBase64Encoded").asText())
                        .mimeType(prediction.path("mimeType").asText(null))
                        .build());
            } else {
                withheld = prediction.path("raiFilteredReason").asText(withheld);
            }
        }
        if (images.isEmpty()) {
            // Of a prompt that its filter does not like, Imagen draws nothing and says nothing.
            throw new ProviderException(Failure.builder(
                            FailureKind.CONTENT_REJECTED,
                            withheld == null ? "Imagen's filter let no picture through" : withheld)
                    .param("prompt")
                    .build());
        }
        return ImageResponse.builder().created(now).model(model).images(images).build();
    }
}
