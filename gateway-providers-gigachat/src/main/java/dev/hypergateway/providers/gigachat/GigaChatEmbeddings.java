package dev.hypergateway.providers.gigachat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.embedding.Embedding;
import dev.hypergateway.embedding.EmbeddingInput;
import dev.hypergateway.embedding.EmbeddingRequest;
import dev.hypergateway.embedding.EmbeddingResponse;
import dev.hypergateway.provider.Failures;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.Refusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Embeddings of GigaChat ({@code POST /embeddings}): texts only, vectors of one length for each model and not normalised, tokens
 * counted for each text. Stateless.
 */
final class GigaChatEmbeddings {
    static final String PATH = "/embeddings";

    private GigaChatEmbeddings() {}

    /**
     * @param model the vendor's spelling of the model
     * @throws ProviderException when GigaChat cannot embed what is asked
     */
    static ObjectNode write(EmbeddingRequest request, String model, ProviderCall call) {
        if (request.dimensions().isPresent()) {
            throw Refusal.of(
                    "dimensions",
                    "GigaChat's vectors have one length for each model; leave dimensions out, or use another model");
        }
        request.extra().keySet().forEach(call::ignore);
        if (request.endUser().isPresent()) {
            call.ignore("user");
        }
        ObjectNode body = GigaChatJson.object();
        body.put("model", model);
        ArrayNode input = body.putArray("input");
        for (int i = 0; i < request.inputs().size(); i++) {
            if (!(request.inputs().get(i) instanceof EmbeddingInput.Text text)) {
                throw Refusal.of("input[" + i + "]", "GigaChat embeds texts, not tokens; send the text itself");
            }
            input.add(text.text());
        }
        return body;
    }

    static EmbeddingResponse read(JsonNode body) {
        List<Embedding> embeddings = new ArrayList<>();
        long tokens = 0;
        boolean counted = false;
        for (JsonNode item : body.path("data")) {
            JsonNode count = item.path("usage").path("prompt_tokens");
            counted |= count.isNumber();
            tokens += count.asLong();
            embeddings.add(new Embedding(
                    Math.max(0, item.path("index").asInt(embeddings.size())), vector(item.path("embedding"))));
        }
        embeddings.sort(Comparator.comparingInt(Embedding::index));
        return EmbeddingResponse.builder()
                .model(body.path("model").asText(""))
                .embeddings(embeddings)
                .usage(counted ? Usage.builder().promptTokens(tokens).build() : null)
                .build();
    }

    private static float[] vector(JsonNode numbers) {
        if (!numbers.isArray() || numbers.isEmpty()) {
            throw Failures.unreadable("it has no vector", null);
        }
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            if (!numbers.get(i).isNumber()) {
                throw Failures.unreadable("it has a vector with something else than numbers", null);
            }
            vector[i] = numbers.get(i).floatValue();
        }
        return vector;
    }
}
