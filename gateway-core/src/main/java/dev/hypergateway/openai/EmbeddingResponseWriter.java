package dev.hypergateway.openai;

import dev.hypergateway.chat.Usage;
import dev.hypergateway.embedding.Embedding;
import dev.hypergateway.embedding.EmbeddingResponse;
import java.util.Map;

/** Writes vectors as OpenAI's list of embeddings. Stateless. */
public final class EmbeddingResponseWriter {
    private EmbeddingResponseWriter() {}

    /** The answer as a UTF-8 JSON document. Clients count on a usage; where the vendor states none, its figures are 0. */
    public static byte[] write(EmbeddingResponse response, VectorFormat format) {
        return JsonOutput.toBytes(new ObjectWriter()
                .put("object", "list")
                .put(
                        "data",
                        response.embeddings().stream()
                                .map(embedding -> data(embedding, format))
                                .toList())
                .put("model", response.model())
                .put(
                        "usage",
                        usage(response.usage().orElseGet(() -> Usage.builder().build())))
                .extra(response.extra())
                .members());
    }

    private static Map<String, Object> data(Embedding embedding, VectorFormat format) {
        return new ObjectWriter()
                .put("object", "embedding")
                .put("index", embedding.index())
                .put("embedding", VectorJson.write(embedding.vector(), format))
                .members();
    }

    private static Map<String, Object> usage(Usage usage) {
        ObjectWriter out =
                new ObjectWriter().put("prompt_tokens", usage.promptTokens()).put("total_tokens", usage.totalTokens());
        StatedCost.write(usage, out);
        return out.extra(usage.extra()).members();
    }
}
