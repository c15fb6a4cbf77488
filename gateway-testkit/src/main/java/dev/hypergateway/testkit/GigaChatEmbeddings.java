package dev.hypergateway.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.testkit.wire.WireRequest;
import java.util.Map;

/** GigaChat's {@code POST /embeddings} as recorded in 2026: numbers, with the tokens of each text beside its vector. */
final class GigaChatEmbeddings {
    private static final Map<String, Integer> DIMENSIONS = Map.of(
            "Embeddings", 1024, "Embeddings-2", 1024, "EmbeddingsGigaR", 2560, "GigaEmbeddings-3B-2025-09", 2048);

    private GigaChatEmbeddings() {}

    static WireResponse answer(WireRequest request) {
        JsonNode body;
        try {
            body = Json.read(request.body());
        } catch (JsonProcessingException e) {
            return GigaChatErrors.api(400, "Your request contains invalid JSON syntax.");
        }
        String model = body.path("model").asText();
        Integer dimensions = DIMENSIONS.get(model);
        if (dimensions == null) {
            return GigaChatErrors.api(404, "No such model");
        }
        if (!body.path("input").isArray() || body.path("input").isEmpty()) {
            return GigaChatErrors.api(400, "Your request contains invalid JSON syntax.");
        }
        ObjectNode answer = Json.object().put("object", "list");
        ArrayNode data = answer.putArray("data");
        for (JsonNode text : body.path("input")) {
            ObjectNode item = data.addObject().put("object", "embedding");
            ArrayNode vector = item.putArray("embedding");
            for (float number : Vectors.of(text.asText(), dimensions)) {
                vector.add(number);
            }
            item.put("index", data.size() - 1).putObject("usage").put("prompt_tokens", Words.count(text.asText()));
        }
        return GigaChatDialect.json(answer.put("model", model));
    }
}
