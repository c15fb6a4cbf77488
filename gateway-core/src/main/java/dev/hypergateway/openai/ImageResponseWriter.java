package dev.hypergateway.openai;

import dev.hypergateway.chat.Usage;
import dev.hypergateway.image.GeneratedImage;
import dev.hypergateway.image.ImageResponse;
import java.util.Map;

/** Writes pictures as OpenAI's images response. Stateless. */
public final class ImageResponseWriter {
    private static final String INPUT_DETAILS = "input_tokens_details";
    private static final String OUTPUT_DETAILS = "output_tokens_details";

    private ImageResponseWriter() {}

    /** The answer as a UTF-8 JSON document. */
    public static byte[] write(ImageResponse response) {
        return JsonOutput.toBytes(new ObjectWriter()
                .put("created", response.created().getEpochSecond())
                .put(
                        "data",
                        response.images().stream()
                                .map(ImageResponseWriter::data)
                                .toList())
                .optional(
                        "usage",
                        response.usage().map(ImageResponseWriter::usage).orElse(null))
                .extra(response.extra())
                .members());
    }

    private static Map<String, Object> data(GeneratedImage image) {
        return new ObjectWriter()
                .optional("url", image.url().orElse(null))
                .optional("b64_json", image.base64().orElse(null))
                .optional("mime_type", image.mimeType().orElse(null))
                .optional("revised_prompt", image.revisedPrompt().orElse(null))
                .extra(image.extra())
                .members();
    }

    private static Map<String, Object> usage(Usage usage) {
        ObjectWriter out = new ObjectWriter()
                .put("input_tokens", usage.promptTokens())
                .put("output_tokens", usage.completionTokens())
                .put("total_tokens", usage.totalTokens());
        if (!usage.extra().containsKey(INPUT_DETAILS)) {
            // OpenAI's client needs it, and what asks for a picture here is text.
            out.put(INPUT_DETAILS, split(usage.promptTokens(), 0));
        }
        if (usage.imageTokens().isPresent()) {
            long drawn = usage.imageTokens().getAsLong();
            Map<String, Object> details = split(Math.max(0, usage.completionTokens() - drawn), drawn);
            details.putAll(ObjectWriter.nested(usage.extra(), OUTPUT_DETAILS));
            out.put(OUTPUT_DETAILS, details);
        }
        StatedCost.write(usage, out);
        return out.extra(usage.extra()).members();
    }

    private static Map<String, Object> split(long text, long image) {
        return new ObjectWriter()
                .put("text_tokens", text)
                .put("image_tokens", image)
                .members();
    }
}
