package dev.hypergateway.openai;

import dev.hypergateway.embedding.EmbeddingRequest;
import java.util.Objects;

/**
 * A client's embedding request and how it wants the vectors. Immutable.
 *
 * @param request what is asked
 * @param format how to write the vectors
 */
public record IncomingEmbedding(EmbeddingRequest request, VectorFormat format) {
    public IncomingEmbedding {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(format, "format");
    }
}
