package dev.hypergateway.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.testkit.wire.WireRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * xAI's {@code POST /images/generations} as recorded in 2026: addresses unless data is asked for, the bill in ticks and no tokens. It
 * refuses {@code size} and {@code style}, and pictures that its filter withholds: those of a prompt with {@code [[finish:SAFETY]]}.
 */
final class XaiImages {
    /** The models of the list of 2025 and of the documentation of 2026, with the ticks that a picture costs: ten thousand million are a dollar. */
    private static final Map<String, Long> PRICES = prices();

    private static final List<String> REFUSED = List.of("size", "style");
    private static final int MOST = 10;

    private XaiImages() {}

    static WireResponse answer(WireRequest request) {
        try {
            JsonNode body = parse(request);
            String model = body.path("model").asText();
            if (!PRICES.containsKey(model)) {
                throw new Rejection(XaiErrors.response(Outcome.Refusal.of(VendorError.MODEL_NOT_FOUND), model, null));
            }
            check(body);
            ObjectNode answer = pictures(body);
            answer.putObject("usage")
                    .put("cost_in_usd_ticks", PRICES.get(model) * body.path("n").asInt(1));
            return XaiDialect.json(answer);
        } catch (Rejection e) {
            return e.response();
        }
    }

    /** The list at {@code /image-generation-models}, recorded in 2025. */
    static ObjectNode models() {
        ObjectNode list = Json.object();
        ArrayNode models = list.putArray("models");
        PRICES.forEach((name, price) -> {
            ObjectNode model = models.addObject()
                    .put("id", name)
                    .put("fingerprint", "fp_cef22a67b0")
                    .put("max_prompt_length", name.startsWith("grok-2") ? 1024 : 8000)
                    .put("created", 1_736_726_400L)
                    .put("object", "model")
                    .put("owned_by", "xai")
                    .put("version", "1.0");
            model.putArray("input_modalities").add("text").add("image");
            model.putArray("output_modalities").add("image");
            model.put("image_price", price).putArray("aliases");
        });
        return list;
    }

    private static JsonNode parse(WireRequest request) throws Rejection {
        try {
            JsonNode body = Json.read(request.body());
            for (String field : List.of("prompt", "model")) {
                if (!body.path(field).isTextual()) {
                    throw new Rejection(XaiErrors.text(
                            422,
                            "Failed to deserialize the JSON body into the target type: missing field `" + field
                                    + "` at line 1 column " + request.text().length()));
                }
            }
            return body;
        } catch (JsonProcessingException e) {
            throw new Rejection(XaiErrors.text(
                    400,
                    "Failed to parse the request body as JSON: expected value at line "
                            + e.getLocation().getLineNr() + " column "
                            + e.getLocation().getColumnNr()));
        }
    }

    private static void check(JsonNode body) throws Rejection {
        for (String field : REFUSED) {
            if (body.hasNonNull(field)) {
                throw new Rejection(XaiErrors.flat(400, "400", "Argument not supported: " + field));
            }
        }
        int n = body.path("n").asInt(1);
        if (n < 1 || n > MOST) {
            throw new Rejection(XaiErrors.invalid("Invalid value for n: must be between 1 and 10."));
        }
        if (body.path("prompt").asText().contains("[[finish:SAFETY]]")) {
            throw new Rejection(XaiErrors.flat(
                    400, "imagine:content-moderated", "Generated image rejected by content moderation."));
        }
    }

    private static ObjectNode pictures(JsonNode body) {
        ObjectNode answer = Json.object();
        ArrayNode data = answer.putArray("data");
        for (int i = 0; i < body.path("n").asInt(1); i++) {
            ObjectNode picture = data.addObject();
            if (body.path("response_format").asText().equals("b64_json")) {
                picture.put("b64_json", Pictures.JPEG);
            } else {
                picture.put("url", "https://imgen.x.ai/xai-imgen/xai-tmp-imgen-" + UUID.randomUUID() + ".jpeg");
            }
            picture.put("mime_type", "image/jpeg");
        }
        return answer;
    }

    private static Map<String, Long> prices() {
        Map<String, Long> prices = new LinkedHashMap<>();
        prices.put("grok-2-image-1212", 700_000_000L);
        prices.put("grok-imagine-image", 200_000_000L);
        prices.put("grok-imagine-image-quality", 500_000_000L);
        prices.put("grok-imagine-image-2.0", 500_000_000L);
        return prices;
    }
}
