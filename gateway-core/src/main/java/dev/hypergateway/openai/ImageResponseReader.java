package dev.hypergateway.openai;

import dev.hypergateway.chat.Usage;
import dev.hypergateway.image.GeneratedImage;
import dev.hypergateway.image.ImageResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a vendor's pictures in OpenAI's dialect. Stateless. */
public final class ImageResponseReader {
    private ImageResponseReader() {}

    /**
     * Reads an answer; an entry without address and data is passed over.
     *
     * @param body a UTF-8 JSON document
     * @throws OpenAiFormatException when it has no list of pictures
     * @throws InBandErrorException when it is an error object
     */
    public static ImageResponse read(byte[] body) {
        Members answer = new Members("", JsonInput.object(body));
        List<?> items = answer.arrayIf("data");
        if (items == null) {
            if (answer.has("error")) {
                throw new InBandErrorException(new String(body, StandardCharsets.UTF_8));
            }
            throw new OpenAiFormatException("it has no pictures", "data", null);
        }
        List<GeneratedImage> images = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            GeneratedImage image = image(Members.of("data[" + i + "]", items.get(i)));
            if (image != null) {
                images.add(image);
            }
        }
        return ImageResponse.builder()
                .created(ChatResponseReader.created(answer.numberIf("created")))
                .model(ChatResponseReader.orEmpty(answer.stringIf("model")))
                .images(images)
                .usage(usage(answer))
                .extra(answer.rest())
                .build();
    }

    private static @Nullable GeneratedImage image(Members item) {
        String url = item.stringIf("url");
        String data = item.stringIf("b64_json");
        if (url == null && data == null) {
            return null;
        }
        GeneratedImage.Builder image = GeneratedImage.builder()
                .url(url)
                .base64(data)
                .mimeType(item.stringIf("mime_type"))
                .revisedPrompt(item.stringIf("revised_prompt"));
        return image.extra(item.rest()).build();
    }

    /** OpenAI counts input and output here, not prompt and completion. */
    private static @Nullable Usage usage(Members answer) {
        Members usage = answer.objectIf("usage");
        if (usage == null) {
            return null;
        }
        Number input = usage.numberIf("input_tokens");
        Number output = usage.numberIf("output_tokens");
        Number total = usage.numberIf("total_tokens");
        Members details = usage.objectIf("output_tokens_details");
        Number drawn = details == null ? null : details.numberIf("image_tokens");
        if (details != null && !details.rest().isEmpty()) {
            usage.rest().put("output_tokens_details", details.rest());
        }
        Usage.Builder result = Usage.builder()
                .promptTokens(input == null ? 0 : input.longValue())
                .completionTokens(output == null ? 0 : output.longValue())
                .imageTokens(drawn == null ? null : drawn.longValue());
        if (total != null) {
            result.totalTokens(total.longValue());
        }
        return result.extra(usage.rest()).build();
    }
}
