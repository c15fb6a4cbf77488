/**
 * Texts as vectors: an {@link dev.hypergateway.embedding.EmbeddingRequest} of
 * {@link dev.hypergateway.embedding.EmbeddingInput inputs}, answered by an
 * {@link dev.hypergateway.embedding.EmbeddingResponse} with one {@link dev.hypergateway.embedding.Embedding} for each. The shape
 * follows OpenAI's embeddings; how a vector is encoded on a wire is not part of it.
 */
@NullMarked
package dev.hypergateway.embedding;

import org.jspecify.annotations.NullMarked;
