package dev.hypergateway.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.testkit.SandboxRequest.Turn;
import dev.hypergateway.testkit.wire.WireRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a chat completion request and refuses it as Perplexity does. Fields that it does not know are ignored. */
final class PerplexityReader {
    private final Route route;
    private final List<String> models;

    PerplexityReader(Route route, List<String> models) {
        this.route = route;
        this.models = models;
    }

    SandboxRequest read(WireRequest request) throws Rejection {
        JsonNode body = parse(request);
        String model = body.path("model").asText();
        if (!models.contains(model)) {
            throw new Rejection(PerplexityErrors.response(Outcome.Refusal.of(VendorError.MODEL_NOT_FOUND), model));
        }
        String complaint = PerplexityRules.complaint(body);
        if (complaint != null) {
            throw new Rejection(PerplexityErrors.invalid("bad_request", complaint));
        }
        if (!PerplexityRules.inOrder(body.path("messages"))) {
            throw new Rejection(PerplexityErrors.invalid("invalid_message", PerplexityRules.ORDER));
        }
        JsonNode format = body.path("response_format");
        JsonNode schema = format.path("json_schema").path("schema");
        SandboxRequest read = SandboxRequest.builder("perplexity", model, Json.map(body))
                .streaming(route.streamed())
                .conversation(texts(body, "system"), turns(body))
                .limits(limit(body), stop(body.path("stop")), body.path("n").asInt(1))
                .json(schema.isObject(), schema.path("properties").isObject() ? schema : null)
                .build();
        if (read.promptTokens() > PerplexityModels.promptLimit(model)) {
            throw new Rejection(PerplexityErrors.response(Outcome.Refusal.of(VendorError.CONTEXT_TOO_LONG), model));
        }
        return read;
    }

    private static JsonNode parse(WireRequest request) throws Rejection {
        try {
            JsonNode body = Json.read(request.body());
            if (body.isObject()) {
                return body;
            }
        } catch (JsonProcessingException e) {
            // Said below.
        }
        throw new Rejection(PerplexityErrors.invalid("bad_request", "The request body is not a JSON object."));
    }

    private static List<String> texts(JsonNode body, String role) {
        List<String> texts = new ArrayList<>();
        for (JsonNode message : body.path("messages")) {
            if (message.path("role").asText().equals(role)) {
                texts.add(text(message.path("content")));
            }
        }
        return texts;
    }

    private static List<Turn> turns(JsonNode body) {
        List<Turn> turns = new ArrayList<>();
        for (JsonNode message : body.path("messages")) {
            String text = text(message.path("content"));
            switch (message.path("role").asText()) {
                case "assistant" -> turns.add(new Turn(Turn.Kind.MODEL, text));
                case "tool" -> turns.add(new Turn(Turn.Kind.TOOL, text));
                case "user" -> turns.add(new Turn(Turn.Kind.USER, text));
                default -> {
                    // Instructions are listed apart.
                }
            }
        }
        return turns;
    }

    private static String text(JsonNode content) {
        if (content.isTextual()) {
            return content.asText();
        }
        StringBuilder text = new StringBuilder();
        content.forEach(part -> text.append(part.path("text").asText("")));
        return text.toString();
    }

    private static @Nullable Integer limit(JsonNode body) {
        return body.path("max_tokens").isNumber() ? body.path("max_tokens").asInt() : null;
    }

    private static List<String> stop(JsonNode stop) {
        List<String> texts = new ArrayList<>();
        if (stop.isTextual()) {
            texts.add(stop.asText());
        }
        stop.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
