package dev.hypergateway.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.testkit.SandboxRequest.Turn;
import dev.hypergateway.testkit.wire.WireRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Reads a chat request and refuses it as GigaChat does. */
final class GigaChatReader {
    private final Route route;
    private final List<String> models;
    private final Predicate<String> hasFile;

    GigaChatReader(Route route, List<String> models, Predicate<String> hasFile) {
        this.route = route;
        this.models = models;
        this.hasFile = hasFile;
    }

    SandboxRequest read(WireRequest request) throws Rejection {
        JsonNode body;
        try {
            body = Json.read(request.body());
        } catch (JsonProcessingException e) {
            throw new Rejection(GigaChatErrors.api(400, "Your request contains invalid JSON syntax."));
        }
        String model = body.path("model").asText();
        if (body.path("model").isTextual() && !models.contains(model)) {
            throw new Rejection(GigaChatErrors.api(404, "No such model"));
        }
        new GigaChatRules(body, hasFile).check();
        List<String> functions = new ArrayList<>();
        body.path("functions")
                .forEach(function -> functions.add(function.path("name").asText()));
        JsonNode choice = body.path("function_call");
        JsonNode format = body.path("response_format");
        boolean json = format.path("type").asText().equals("json_schema");
        return SandboxRequest.builder("gigachat", model, Json.map(body))
                .streaming(route.streamed())
                .conversation(system(body), turns(body))
                .tools(
                        functions,
                        choice.isObject() ? choice.path("name").asText() : null,
                        choice.asText("none").equals("none") && !choice.isObject())
                .limits(
                        body.path("max_tokens").isNumber()
                                ? body.get("max_tokens").asInt()
                                : null,
                        List.of(),
                        body.path("n").asInt(1))
                .json(json, json ? format.path("schema") : null)
                .build();
    }

    private static List<String> system(JsonNode body) {
        List<String> system = new ArrayList<>();
        for (JsonNode message : body.path("messages")) {
            if (message.path("role").asText().equals("system")) {
                system.add(message.path("content").asText());
            }
        }
        return system;
    }

    private static List<Turn> turns(JsonNode body) {
        List<Turn> turns = new ArrayList<>();
        for (JsonNode message : body.path("messages")) {
            String text = message.path("content").asText("");
            switch (message.path("role").asText()) {
                case "assistant" -> turns.add(new Turn(Turn.Kind.MODEL, text));
                case "function" -> turns.add(new Turn(Turn.Kind.TOOL, text));
                case "user" -> turns.add(new Turn(Turn.Kind.USER, text));
                default -> {
                    // Instructions are listed apart.
                }
            }
        }
        return turns;
    }
}
