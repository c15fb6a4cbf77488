package dev.hypergateway.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.testkit.SandboxRequest.Turn;
import dev.hypergateway.testkit.wire.WireRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a chat completion request and refuses it as xAI does: type errors as plain text 422, wrong values as flat 400. */
final class XaiReader {
    private final Route route;
    private final List<String> models;

    XaiReader(Route route, List<String> models) {
        this.route = route;
        this.models = models;
    }

    SandboxRequest read(WireRequest request) throws Rejection {
        JsonNode body = parse(request);
        String mistake = XaiTypes.mistake(body);
        if (mistake != null) {
            throw unreadable(mistake, request);
        }
        String model = body.path("model").asText();
        if (!models.contains(model)) {
            throw new Rejection(XaiErrors.response(Outcome.Refusal.of(VendorError.MODEL_NOT_FOUND), model, null));
        }
        String complaint = XaiRules.complaint(model, body);
        if (complaint != null) {
            throw new Rejection(XaiErrors.invalid(complaint));
        }
        List<String> tools = new ArrayList<>();
        body.path("tools")
                .forEach(tool -> tools.add(tool.path("function").path("name").asText()));
        JsonNode choice = body.path("tool_choice");
        JsonNode format = body.path("response_format");
        JsonNode schema = format.path("json_schema").path("schema");
        SandboxRequest read = SandboxRequest.builder("xai", model, Json.map(body))
                .streaming(route.streamed())
                .conversation(system(body), turns(body))
                .tools(tools, forced(choice, tools), choice.asText().equals("none"))
                .limits(limit(body), stop(body.path("stop")), body.path("n").asInt(1))
                .json(format.path("type").asText("").startsWith("json"), schema.isObject() ? schema : null)
                .build();
        if (read.promptTokens() > XaiModels.promptLimit(model)) {
            throw new Rejection(XaiErrors.invalid("This model's maximum prompt length is "
                    + XaiModels.promptLimit(model) + " but the request contains " + read.promptTokens() + " tokens."));
        }
        return read;
    }

    private static JsonNode parse(WireRequest request) throws Rejection {
        String type = request.headers().first("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.startsWith("application/json")) {
            throw new Rejection(XaiErrors.text(415, "Expected request with `Content-Type: application/json`"));
        }
        try {
            JsonNode body = Json.read(request.body());
            if (body.isObject()) {
                return body;
            }
            throw unreadable("expected struct ChatRequest", request);
        } catch (JsonProcessingException e) {
            throw new Rejection(XaiErrors.text(
                    400,
                    "Failed to parse the request body as JSON: expected value at line "
                            + e.getLocation().getLineNr() + " column "
                            + e.getLocation().getColumnNr()));
        }
    }

    /** The line and column that the vendor names are those of the end here. */
    private static Rejection unreadable(String mistake, WireRequest request) {
        String text = request.text();
        int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
        int column = text.length() - text.lastIndexOf('\n') - 1;
        return new Rejection(XaiErrors.text(
                422,
                "Failed to deserialize the JSON body into the target type: " + mistake + " at line " + line + " column "
                        + column));
    }

    private static List<String> system(JsonNode body) {
        List<String> system = new ArrayList<>();
        for (JsonNode message : body.path("messages")) {
            if (isSystem(message)) {
                system.add(text(message.path("content")));
            }
        }
        return system;
    }

    private static List<Turn> turns(JsonNode body) {
        List<Turn> turns = new ArrayList<>();
        for (JsonNode message : body.path("messages")) {
            String text = text(message.path("content"));
            switch (message.path("role").asText()) {
                case "assistant" -> turns.add(new Turn(Turn.Kind.MODEL, text));
                case "tool", "function" -> turns.add(new Turn(Turn.Kind.TOOL, text));
                case "user" -> turns.add(new Turn(Turn.Kind.USER, text));
                default -> {
                    // Instructions are listed apart.
                }
            }
        }
        return turns;
    }

    private static boolean isSystem(JsonNode message) {
        String role = message.path("role").asText();
        return role.equals("system") || role.equals("developer");
    }

    private static String text(JsonNode content) {
        if (content.isTextual()) {
            return content.asText();
        }
        StringBuilder text = new StringBuilder();
        content.forEach(part -> text.append(part.path("text").asText("")));
        return text.toString();
    }

    private static @Nullable String forced(JsonNode choice, List<String> tools) {
        if (choice.isObject()) {
            return choice.path("function").path("name").asText();
        }
        return choice.asText().equals("required") && !tools.isEmpty() ? tools.get(0) : null;
    }

    private static @Nullable Integer limit(JsonNode body) {
        JsonNode newer = body.path("max_completion_tokens");
        JsonNode limit = newer.isNumber() ? newer : body.path("max_tokens");
        return limit.isNumber() ? limit.asInt() : null;
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
