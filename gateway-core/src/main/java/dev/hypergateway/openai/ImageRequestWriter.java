package dev.hypergateway.openai;

import dev.hypergateway.image.ImageFormat;
import dev.hypergateway.image.ImageRequest;
import java.util.Map;

/** Writes a request for pictures for a vendor that speaks OpenAI's dialect. Stateless. */
public final class ImageRequestWriter {
    private ImageRequestWriter() {}

    /**
     * The body for {@code POST …/images/generations}. A typed field wins over an {@code extra} one of the same name.
     *
     * @param request what to ask; its model is not used
     * @param model the vendor's name of the model
     * @return a UTF-8 JSON document
     */
    public static byte[] write(ImageRequest request, String model) {
        Map<String, Object> members = new ObjectWriter()
                .put("model", model)
                .put("prompt", request.prompt())
                .optional("n", request.n().orElse(null))
                .optional("size", request.size().orElse(null))
                .optional("aspect_ratio", request.aspectRatio().orElse(null))
                .optional("resolution", request.resolution().orElse(null))
                .optional("quality", request.quality().orElse(null))
                .optional("style", request.style().orElse(null))
                .optional(
                        "response_format",
                        request.format().map(ImageFormat::value).orElse(null))
                .optional("user", request.endUser().orElse(null))
                .extra(request.extra())
                .members();
        members.remove("stream");
        return JsonOutput.toBytes(members);
    }
}
