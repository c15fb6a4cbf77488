/**
 * OpenAI's JSON: the one place that knows it. {@link dev.hypergateway.openai.ChatRequestReader} and
 * {@link dev.hypergateway.openai.ChatResponseWriter} or {@link dev.hypergateway.openai.ChunkWriter} serve a client that speaks
 * it; {@link dev.hypergateway.openai.ChatRequestWriter} and {@link dev.hypergateway.openai.ChatResponseReader} or
 * {@link dev.hypergateway.openai.ChunkReader} speak to a vendor, and
 * {@link dev.hypergateway.openai.OpenAiDialectProvider} is the base of such a vendor's adapter. Embeddings and pictures have the
 * same four each. What the types do not name is kept in their {@code extra} fields, so reading and writing loses nothing.
 */
@NullMarked
package dev.hypergateway.openai;

import org.jspecify.annotations.NullMarked;
