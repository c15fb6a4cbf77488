package dev.hypergateway.providers.sonar;

import dev.hypergateway.embedding.EmbeddingInput;
import dev.hypergateway.embedding.EmbeddingRequest;
import dev.hypergateway.embedding.EmbeddingResponse;
import dev.hypergateway.openai.EmbeddingRequestWriter;
import dev.hypergateway.openai.EmbeddingResponseReader;
import dev.hypergateway.openai.OpenAiFormatException;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.Refusal;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Embeddings as Perplexity has them ({@code docs.perplexity.ai/api-reference/embeddings-post}): texts only, at most 512, and each
 * vector as base64 of signed bytes. The bytes are told as the numbers that they are, from -128 to 127; such vectors are not
 * normalised and are compared by their cosine. Stateless.
 */
final class SonarEmbeddings {
    static final String PATH = "/v1/embeddings";

    private static final int MOST_INPUTS = 512;

    private SonarEmbeddings() {}

    /**
     * @throws ProviderException when Perplexity cannot embed what is asked
     */
    static byte[] write(EmbeddingRequest request, ProviderCall call) {
        for (int i = 0; i < request.inputs().size(); i++) {
            if (request.inputs().get(i) instanceof EmbeddingInput.Tokens) {
                throw Refusal.of("input[" + i + "]", "Perplexity embeds texts, not tokens; send the text itself");
            }
        }
        if (request.inputs().size() > MOST_INPUTS) {
            throw Refusal.of(
                    "input",
                    "Perplexity embeds at most " + MOST_INPUTS + " texts in one request, got "
                            + request.inputs().size() + "; send them in several requests");
        }
        if (request.endUser().isPresent()) {
            call.ignore("user");
        }
        return EmbeddingRequestWriter.write(request.toBuilder().endUser(null).build(), call.model(), "base64_int8");
    }

    static EmbeddingResponse read(byte[] body) {
        return EmbeddingResponseReader.read(body, SonarEmbeddings::vector);
    }

    private static float[] vector(String path, @Nullable Object value) {
        byte[] bytes;
        try {
            bytes = value instanceof String base64 ? Base64.getDecoder().decode(base64) : new byte[0];
        } catch (IllegalArgumentException e) {
            // Not the cause: it quotes what it stumbled over.
            throw new OpenAiFormatException("it has a vector that is not base64", path, null);
        }
        if (bytes.length == 0) {
            throw new OpenAiFormatException("it has no vector at " + path, path, null);
        }
        float[] vector = new float[bytes.length];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = bytes[i];
        }
        return vector;
    }
}
