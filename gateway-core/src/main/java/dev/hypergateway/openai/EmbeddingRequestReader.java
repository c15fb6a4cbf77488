package dev.hypergateway.openai;

import dev.hypergateway.embedding.EmbeddingInput;
import dev.hypergateway.embedding.EmbeddingRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of {@code POST /v1/embeddings}. Checks what OpenAI itself checks whatever the model; what a model or vendor cannot
 * do is for them to say. Stateless.
 */
public final class EmbeddingRequestReader {
    private static final int MOST_INPUTS = 2048;
    private static final String INPUT = "input";

    private EmbeddingRequestReader() {}

    /**
     * Reads and checks a request.
     *
     * @param body a UTF-8 JSON document
     * @throws OpenAiFormatException when it is no embedding request; the message names the field and never repeats content
     */
    public static IncomingEmbedding read(byte[] body) {
        Members request = new Members("", JsonInput.strictObject(body));
        List<String> models = ModelNames.take(request);
        VectorFormat format = format(request);
        EmbeddingRequest.Builder result = EmbeddingRequest.builder()
                .model(models.get(0))
                .fallbacks(models.subList(1, models.size()))
                .inputs(inputs(request.take(INPUT)))
                .dimensions(request.integer("dimensions", 1, Integer.MAX_VALUE))
                .endUser(request.string("user"));
        return new IncomingEmbedding(result.extra(request.rest()).build(), format);
    }

    private static VectorFormat format(Members request) {
        String format = request.string("encoding_format");
        if (format == null || format.equals("float")) {
            return VectorFormat.FLOAT;
        }
        if (format.equals("base64")) {
            return VectorFormat.BASE64;
        }
        throw FormatErrors.invalid(request.path("encoding_format"), "expected 'float' or 'base64'");
    }

    private static List<EmbeddingInput> inputs(@Nullable Object input) {
        if (input == null) {
            throw FormatErrors.missing(INPUT);
        }
        if (input instanceof String text) {
            return List.of(text(INPUT, text));
        }
        if (!(input instanceof List<?> items)) {
            throw FormatErrors.wrongType(INPUT, "a string or an array", input);
        }
        if (items.isEmpty()) {
            throw FormatErrors.emptyArray(INPUT);
        }
        if (items.get(0) instanceof Number) {
            return List.of(tokens(INPUT, items));
        }
        if (items.size() > MOST_INPUTS) {
            throw FormatErrors.tooManyItems(INPUT, MOST_INPUTS);
        }
        List<EmbeddingInput> inputs = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            inputs.add(input(INPUT + "[" + i + "]", items.get(i)));
        }
        return inputs;
    }

    private static EmbeddingInput input(String path, @Nullable Object item) {
        if (item instanceof String text) {
            return text(path, text);
        }
        if (item instanceof List<?> ids && !ids.isEmpty()) {
            return tokens(path, ids);
        }
        throw FormatErrors.wrongType(path, "a string or an array of token numbers", item);
    }

    private static EmbeddingInput text(String path, String text) {
        if (text.isEmpty()) {
            throw FormatErrors.invalid(path, "expected text, but got an empty string instead");
        }
        return EmbeddingInput.of(text);
    }

    private static EmbeddingInput tokens(String path, List<?> ids) {
        List<Integer> tokens = new ArrayList<>(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            if (!(ids.get(i) instanceof Integer id) || id < 0) {
                throw FormatErrors.wrongType(path + "[" + i + "]", "a token number", ids.get(i));
            }
            tokens.add(id);
        }
        return new EmbeddingInput.Tokens(tokens);
    }
}
