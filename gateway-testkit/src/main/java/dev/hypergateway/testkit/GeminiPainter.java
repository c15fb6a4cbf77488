package dev.hypergateway.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.testkit.wire.WireRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Google's pictures as recorded in 2026: those of {@code gemini-…-image} in {@code generateContent}, with the tokens of a picture,
 * and those of {@code imagen-…} at {@code :predict}, without any. {@code [[no-picture]]} in the prompt makes a Gemini model draw
 * nothing; of a prompt with {@code [[finish:SAFETY]]} neither draws anything.
 */
final class GeminiPainter {
    private static final int TOKENS = 1120;
    private static final int MOST = 4;
    private static final String REFUSAL = "[[no-picture]]";

    private GeminiPainter() {}

    /** Whether a picture is to be in the answer to this chat. */
    static boolean draws(SandboxRequest request, SandboxAnswer answer) {
        return request.model().contains("-image")
                && request.body().get("generationConfig") instanceof Map<?, ?> config
                && config.get("responseModalities") instanceof List<?> modalities
                && modalities.contains("IMAGE")
                && answer.finish() == SandboxAnswer.Finish.STOP;
    }

    static ObjectNode drawn(SandboxRequest request) {
        boolean draws = !request.lastUserText().contains(REFUSAL);
        ObjectNode body = Json.object();
        ObjectNode candidate = body.putArray("candidates").addObject();
        ObjectNode content = candidate.putObject("content");
        if (draws) {
            ObjectNode part = content.putArray("parts").addObject();
            part.putObject("inlineData").put("mimeType", "image/jpeg").put("data", Pictures.JPEG);
            part.put("thoughtSignature", signature());
            content.put("role", "model");
        }
        candidate.put("finishReason", draws ? "STOP" : "NO_IMAGE").put("index", 0);
        int prompt = request.promptTokens();
        ObjectNode usage = body.putObject("usageMetadata").put("promptTokenCount", prompt);
        if (draws) {
            usage.put("candidatesTokenCount", TOKENS);
        }
        usage.put("totalTokenCount", prompt + (draws ? TOKENS : 0));
        GeminiBodies.addTextDetails(usage, prompt);
        if (draws) {
            usage.putArray("candidatesTokensDetails")
                    .addObject()
                    .put("modality", "IMAGE")
                    .put("tokenCount", TOKENS);
        }
        usage.put("serviceTier", "standard");
        return body.put("modelVersion", GeminiModels.version(request.model()))
                .put("responseId", GeminiBodies.responseId());
    }

    static WireResponse predict(WireRequest request, Route route, List<String> models) {
        String model = String.valueOf(route.model());
        try {
            JsonNode body = new GeminiReader(route, models).readAs("PredictRequest", request);
            if (!models.contains(model) || !model.startsWith("imagen")) {
                return GeminiErrors.response(
                        GeminiErrors.error(
                                404,
                                "NOT_FOUND",
                                "models/" + model
                                        + " is not found for API version v1beta, or is not supported for predict."
                                        + " Call ListModels to see the list of available models and their supported"
                                        + " methods."),
                        route);
            }
            int count = body.at("/parameters/sampleCount").asInt(MOST);
            String prompt = body.at("/instances/0/prompt").asText("");
            if (prompt.isEmpty() || count < 1 || count > MOST) {
                return GeminiErrors.response(GeminiErrors.invalid("Request contains an invalid argument."), route);
            }
            ObjectNode answer = Json.object();
            ArrayNode predictions = answer.putArray("predictions");
            for (int i = 0; i < count && !prompt.contains("[[finish:SAFETY]]"); i++) {
                predictions.addObject().put("mimeType", "image/png").put("bytesBase64Encoded", Pictures.PNG);
            }
            return GeminiDialect.json(200, predictions.isEmpty() ? Json.object() : answer);
        } catch (Rejection e) {
            return e.response();
        }
    }

    private static String signature() {
        return Base64.getEncoder().encodeToString("signature of a picture".getBytes(StandardCharsets.UTF_8));
    }
}
