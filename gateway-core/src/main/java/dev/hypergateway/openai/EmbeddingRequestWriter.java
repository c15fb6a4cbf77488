package dev.hypergateway.openai;

import dev.hypergateway.embedding.EmbeddingInput;
import dev.hypergateway.embedding.EmbeddingRequest;
import java.util.List;

/** Writes an embedding request for a vendor that speaks OpenAI's dialect. Stateless. */
public final class EmbeddingRequestWriter {
    private EmbeddingRequestWriter() {}

    /**
     * The body for {@code POST …/embeddings}. A typed field wins over an {@code extra} one of the same name.
     *
     * @param request what to ask; its model is not used
     * @param model the vendor's name of the model
     * @param encoding the vendor's {@code encoding_format}, for example {@code base64}
     * @return a UTF-8 JSON document
     */
    public static byte[] write(EmbeddingRequest request, String model, String encoding) {
        List<Object> inputs =
                request.inputs().stream().map(EmbeddingRequestWriter::value).toList();
        return JsonOutput.toBytes(new ObjectWriter()
                .put("model", model)
                .put("input", inputs.size() == 1 ? inputs.get(0) : inputs)
                .put("encoding_format", encoding)
                .optional("dimensions", request.dimensions().orElse(null))
                .optional("user", request.endUser().orElse(null))
                .extra(request.extra())
                .members());
    }

    private static Object value(EmbeddingInput input) {
        return input instanceof EmbeddingInput.Text text ? text.text() : ((EmbeddingInput.Tokens) input).ids();
    }
}
