package dev.hypergateway.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.hypergateway.testkit.wire.WireHeaders;
import dev.hypergateway.testkit.wire.WireRequest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Perplexity's {@code POST /v1/embeddings} as recorded in 2026: base64 of signed bytes, and a bill. Its limits are those of its
 * documentation; how it tells them (HTTP 422) is documented and not recorded.
 */
final class PerplexityEmbeddings {
    /** Dimensions of the whole vectors. */
    private static final Map<String, Integer> DIMENSIONS = Map.of("pplx-embed-v1-0.6b", 1024, "pplx-embed-v1-4b", 2560);

    private static final int MOST_TEXTS = 512;
    private static final int FEWEST_DIMENSIONS = 128;
    private static final double AMPLITUDE = 400;

    private PerplexityEmbeddings() {}

    static WireResponse answer(WireRequest request) {
        try {
            JsonNode body = Json.read(request.body());
            String model = body.path("model").asText();
            Integer most = DIMENSIONS.get(model);
            if (most == null) {
                return PerplexityErrors.response(Outcome.Refusal.of(VendorError.MODEL_NOT_FOUND), model);
            }
            List<String> texts = texts(body.path("input"));
            int dimensions = body.path("dimensions").asInt(most);
            if (texts.isEmpty() || texts.size() > MOST_TEXTS || texts.contains("")) {
                return invalid("input", "List should have 1 to 512 texts that are not empty");
            }
            if (dimensions < FEWEST_DIMENSIONS || dimensions > most) {
                return invalid("dimensions", "Input should be from 128 to " + most);
            }
            if (!body.path("encoding_format").asText("base64_int8").equals("base64_int8")) {
                return invalid("encoding_format", "Input should be 'base64_int8' or 'base64_binary'");
            }
            return ok(vectors(model, texts, dimensions));
        } catch (JsonProcessingException e) {
            return PerplexityErrors.invalid("bad_request", "The request body is not a JSON object.");
        }
    }

    private static ObjectNode vectors(String model, List<String> texts, int dimensions) {
        ObjectNode answer = Json.object();
        ArrayNode data = answer.putArray("data");
        int tokens = 0;
        for (int i = 0; i < texts.size(); i++) {
            tokens += Words.count(texts.get(i));
            data.addObject()
                    .put("embedding", encoded(Vectors.of(texts.get(i), dimensions)))
                    .put("index", i)
                    .put("object", "embedding");
        }
        answer.put("model", model).put("object", "list");
        ObjectNode usage = answer.putObject("usage");
        RawValue price = price(model, tokens);
        usage.putObject("cost")
                .put("currency", "USD")
                .putRawValue("input_cost", price)
                .putRawValue("total_cost", price);
        usage.put("prompt_tokens", tokens).put("total_tokens", tokens);
        return answer;
    }

    private static String encoded(float[] vector) {
        byte[] bytes = new byte[vector.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.max(-128, Math.min(127, Math.round(vector[i] * AMPLITUDE)));
        }
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static RawValue price(String model, int tokens) {
        BigDecimal perMillion = new BigDecimal(model.endsWith("-4b") ? "0.03" : "0.004");
        return new RawValue(
                perMillion.multiply(BigDecimal.valueOf(tokens)).movePointLeft(6).toPlainString());
    }

    private static List<String> texts(JsonNode input) {
        if (input.isTextual()) {
            return List.of(input.asText());
        }
        List<String> texts = new ArrayList<>();
        input.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static WireResponse ok(ObjectNode body) {
        WireHeaders headers =
                PerplexityHeaders.error().add("X-Request-Id", UUID.randomUUID().toString());
        return new WireResponse(200, headers, Json.bytes(Json.compact(body)), true);
    }

    private static WireResponse invalid(String field, String message) {
        ObjectNode body = Json.object();
        ObjectNode detail = body.putArray("detail").addObject();
        detail.putArray("loc").add("body").add(field);
        detail.put("msg", message).put("type", "value_error");
        return new WireResponse(422, PerplexityHeaders.error(), Json.bytes(Json.compact(body)), true);
    }
}
