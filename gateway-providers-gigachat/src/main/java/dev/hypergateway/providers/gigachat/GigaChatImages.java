package dev.hypergateway.providers.gigachat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.image.ImageFormat;
import dev.hypergateway.image.ImageRequest;
import dev.hypergateway.image.ImageSize;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.Refusal;
import dev.hypergateway.trace.FailureKind;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Pictures of GigaChat ({@code developers.sber.ru/docs/ru/gigachat/guides/images-generation}): a chat that asks to draw something,
 * with {@code function_call: "auto"}, makes the model call its own function {@code text2image}; the answer then names the file,
 * {@code <img src="id" fuse="true"/>}, a JPEG. One picture to a chat, without a say in its shape. Stateless.
 */
final class GigaChatImages {
    /** "Draw", the word by which the documentation has the model call its function. */
    private static final String DRAW = "Нарисуй: ";

    private static final Pattern PICTURE = Pattern.compile("<img\\s+src=\"([A-Za-z0-9_-]{1,128})\"");

    private GigaChatImages() {}

    /**
     * @param model the vendor's spelling of the model
     * @throws ProviderException when GigaChat cannot draw what is asked
     */
    static ObjectNode write(ImageRequest request, String model, ProviderCall call) {
        if (request.n().orElse(1) != 1) {
            throw Refusal.of("n", "GigaChat draws one picture at a time; leave n out and ask several times");
        }
        if (request.format().equals(Optional.of(ImageFormat.URL))) {
            throw Refusal.of(
                    "response_format", "GigaChat has no public addresses for its pictures; ask for b64_json instead");
        }
        refuseShapes(request, call);
        request.extra().keySet().forEach(call::ignore);
        request.resolution().ifPresent(unused -> call.ignore("resolution"));
        request.quality().ifPresent(unused -> call.ignore("quality"));
        request.style().ifPresent(unused -> call.ignore("style"));
        request.endUser().ifPresent(unused -> call.ignore("user"));
        ObjectNode body = GigaChatJson.object();
        body.put("model", model);
        ArrayNode messages = body.putArray("messages");
        messages.addObject().put("role", "user").put("content", DRAW + request.prompt());
        return body.put("function_call", "auto");
    }

    /** Its pictures are square; of a size that is so too, the pixels cannot be had, which the caller is told. */
    private static void refuseShapes(ImageRequest request, ProviderCall call) {
        String ratio = request.aspectRatio().orElse("1:1");
        if (!ratio.equals("1:1") && !ratio.equals("auto")) {
            throw Refusal.of("aspect_ratio", "GigaChat draws squares only; leave aspect_ratio out");
        }
        String size = request.size().orElse("auto");
        if (size.equals("auto")) {
            return;
        }
        if (ImageSize.parse(size)
                .filter(asked -> asked.width() == asked.height())
                .isEmpty()) {
            throw Refusal.of("size", "GigaChat draws squares only; leave size out, or ask for 1024x1024");
        }
        call.ignore("size");
    }

    /**
     * The ids of the files that an answer names.
     *
     * @throws ProviderException when it names none
     */
    static List<String> files(JsonNode answer) {
        JsonNode choice = answer.path("choices").path(0);
        List<String> files = PICTURE.matcher(
                        choice.path("message").path("content").asText(""))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        if (files.isEmpty()) {
            boolean filtered = choice.path("finish_reason").asText("").equals("blacklist");
            throw new ProviderException(Failure.builder(
                            filtered ? FailureKind.CONTENT_REJECTED : FailureKind.INVALID_REQUEST,
                            filtered
                                    ? "GigaChat's filter does not let this be drawn"
                                    : "GigaChat answered in words and drew nothing")
                    .param("prompt")
                    .build());
        }
        return files;
    }
}
