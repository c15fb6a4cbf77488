package dev.hypergateway.openai;

import dev.hypergateway.image.ImageFormat;
import dev.hypergateway.image.ImageRequest;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of {@code POST /v1/images/generations}. Checks what OpenAI itself checks whatever the model; what a model or vendor
 * cannot do is for them to say. Stateless.
 */
public final class ImageRequestReader {
    private static final int MOST_IMAGES = 10;
    private static final Pattern RATIO = Pattern.compile("auto|\\d{1,4}(\\.\\d{1,4})?:\\d{1,4}(\\.\\d{1,4})?");

    private ImageRequestReader() {}

    /**
     * Reads and checks a request.
     *
     * @param body a UTF-8 JSON document
     * @throws OpenAiFormatException when it is no request for pictures; the message names the field and never repeats content
     */
    public static ImageRequest read(byte[] body) {
        Members request = new Members("", JsonInput.strictObject(body));
        List<String> models = ModelNames.take(request);
        if (Boolean.TRUE.equals(request.bool("stream"))) {
            throw FormatErrors.invalid(
                    request.path("stream"), "pictures come whole here; leave it out, and 'partial_images' too");
        }
        ImageRequest.Builder result = ImageRequest.builder()
                .model(models.get(0))
                .fallbacks(models.subList(1, models.size()))
                .prompt(request.requiredText("prompt"))
                .n(request.integer("n", 1, MOST_IMAGES))
                .size(request.string("size"))
                .aspectRatio(aspectRatio(request))
                .resolution(request.string("resolution"))
                .quality(request.string("quality"))
                .style(request.string("style"))
                .format(format(request))
                .endUser(request.string("user"));
        return result.extra(request.rest()).build();
    }

    private static @Nullable String aspectRatio(Members request) {
        String ratio = request.string("aspect_ratio");
        if (ratio != null && !RATIO.matcher(ratio).matches()) {
            throw FormatErrors.invalid(request.path("aspect_ratio"), "expected 'auto' or a ratio such as '16:9'");
        }
        return ratio;
    }

    private static @Nullable ImageFormat format(Members request) {
        String format = request.string("response_format");
        if (format == null) {
            return null;
        }
        for (ImageFormat known : ImageFormat.values()) {
            if (known.value().equals(format)) {
                return known;
            }
        }
        throw FormatErrors.invalid(request.path("response_format"), "expected 'url' or 'b64_json'");
    }
}
