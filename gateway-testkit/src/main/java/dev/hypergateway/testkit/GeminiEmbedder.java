package dev.hypergateway.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.testkit.wire.WireRequest;
import java.util.List;

/**
 * Gemini's {@code embedContent} and {@code batchEmbedContents} as recorded in 2026. gemini-embedding-001 states no usage, later models
 * do; only whole vectors of the former are normalised at Google's, here all are.
 */
final class GeminiEmbedder {
    private static final int DIMENSIONS = 3072;
    private static final int MOST = 100;

    private GeminiEmbedder() {}

    static WireResponse answer(WireRequest request, Route route, List<String> models) {
        String model = String.valueOf(route.model());
        boolean batch = request.path().endsWith(":batchEmbedContents");
        try {
            JsonNode body = new GeminiReader(route, models)
                    .readAs(batch ? "BatchEmbedContentsRequest" : "EmbedContentRequest", request);
            if (!models.contains(model) || !model.contains("embedding")) {
                return refused(
                        404,
                        "NOT_FOUND",
                        "models/" + model
                                + " is not found for API version v1beta, or is not supported for embedContent."
                                + " Call ListModels to see the list of available models and their supported methods.",
                        route);
            }
            List<JsonNode> texts = batch ? GeminiSchema.elements(body, "requests") : List.of(body);
            if (texts.size() > MOST) {
                return refused(
                        400,
                        "INVALID_ARGUMENT",
                        "* BatchEmbedContentsRequest.requests: at most 100 requests can be in one batch\n",
                        route);
            }
            return GeminiDialect.json(200, vectors(model, texts, batch));
        } catch (Rejection e) {
            return e.response();
        }
    }

    private static ObjectNode vectors(String model, List<JsonNode> texts, boolean batch) {
        ObjectNode answer = Json.object();
        int tokens = 0;
        for (JsonNode one : texts) {
            StringBuilder text = new StringBuilder();
            GeminiSchema.elements(GeminiSchema.field(one, "content"), "parts")
                    .forEach(part -> text.append(part.path("text").asText("")));
            tokens += Words.count(text.toString());
            int dimensions = GeminiSchema.field(one, "outputDimensionality").asInt(DIMENSIONS);
            ObjectNode vector = batch ? answer.withArray("embeddings").addObject() : answer.putObject("embedding");
            ArrayNode values = vector.putArray("values");
            for (float number : Vectors.of(text.toString(), dimensions)) {
                values.add(number);
            }
        }
        if (!model.endsWith("-001")) {
            ObjectNode usage = answer.putObject("usageMetadata").put("promptTokenCount", tokens);
            usage.putArray("promptTokenDetails")
                    .addObject()
                    .put("modality", "TEXT")
                    .put("tokenCount", tokens);
        }
        return answer;
    }

    private static WireResponse refused(int status, String code, String message, Route route) {
        return GeminiErrors.response(GeminiErrors.error(status, code, message), route);
    }
}
