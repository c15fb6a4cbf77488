package dev.hypergateway.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.testkit.SandboxRequest.Turn;
import dev.hypergateway.testkit.wire.WireRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a {@code GenerateContentRequest} and refuses it as the vendor does. */
final class GeminiReader {
    private static final int LARGEST_REQUEST = 20 << 20;

    private final Route route;
    private final List<String> models;
    private final Function<String, @Nullable ObjectNode> fileProblem;

    /** Reads requests in which no files count. */
    GeminiReader(Route route, List<String> models) {
        this(route, models, uri -> null);
    }

    /** @param fileProblem what speaks against using the file at an address; null when nothing does */
    GeminiReader(Route route, List<String> models, Function<String, @Nullable ObjectNode> fileProblem) {
        this.route = route;
        this.models = models;
        this.fileProblem = fileProblem;
    }

    SandboxRequest read(WireRequest request) throws Rejection {
        JsonNode body = parse(request);
        check("GenerateContentRequest", body);
        return accept(body);
    }

    /** Reads a {@code CountTokensRequest}. */
    SandboxRequest readCounted(WireRequest request) throws Rejection {
        JsonNode body = parse(request);
        check("CountTokensRequest", body);
        JsonNode inner = GeminiSchema.field(body, "generateContentRequest");
        return accept(inner.isMissingNode() ? body : inner);
    }

    /** Reads a request that is no chat, and refuses fields that its message does not have. */
    JsonNode readAs(String message, WireRequest request) throws Rejection {
        JsonNode body = parse(request);
        check(message, body);
        return body;
    }

    private SandboxRequest accept(JsonNode body) throws Rejection {
        String model = String.valueOf(route.model());
        if (!models.contains(model)) {
            throw new Rejection(GeminiErrors.response(
                    GeminiErrors.body(Outcome.Refusal.of(VendorError.MODEL_NOT_FOUND), model), route));
        }
        String complaint = GeminiRules.complaint(model, body);
        if (complaint != null) {
            throw reject(GeminiErrors.invalid(complaint));
        }
        checkFiles(body);
        JsonNode config = GeminiSchema.field(body, "generationConfig");
        List<String> tools = tools(body);
        JsonNode choice = GeminiSchema.field(GeminiSchema.field(body, "toolConfig"), "functionCallingConfig");
        String mode = choice.path("mode").asText("AUTO");
        SandboxRequest request = SandboxRequest.builder("gemini", model, Json.map(body))
                .streaming(route.streamed())
                .conversation(texts(GeminiSchema.field(body, "systemInstruction")), turns(body))
                .tools(tools, mode.equals("ANY") ? forced(choice, tools) : null, mode.equals("NONE"))
                .limits(
                        limit(GeminiSchema.field(config, "maxOutputTokens")),
                        strings(GeminiSchema.field(config, "stopSequences")),
                        GeminiSchema.field(config, "candidateCount").asInt(1))
                .json(
                        GeminiSchema.field(config, "responseMimeType")
                                .asText("")
                                .equals("application/json"),
                        schema(config))
                .build();
        if (request.promptTokens() > GeminiModels.INPUT_LIMIT) {
            throw reject(GeminiErrors.tooLong(request.promptTokens()));
        }
        return request;
    }

    private void checkFiles(JsonNode body) throws Rejection {
        for (JsonNode content : GeminiSchema.elements(body, "contents")) {
            for (JsonNode part : GeminiSchema.elements(content, "parts")) {
                JsonNode file = GeminiSchema.field(part, "fileData");
                ObjectNode problem =
                        fileProblem.apply(GeminiSchema.field(file, "fileUri").asText(""));
                if (problem != null) {
                    throw reject(problem);
                }
            }
        }
    }

    private static @Nullable JsonNode schema(JsonNode config) {
        JsonNode jsonSchema = GeminiSchema.field(config, "responseJsonSchema");
        JsonNode schema = jsonSchema.isMissingNode() ? GeminiSchema.field(config, "responseSchema") : jsonSchema;
        return schema.isObject() ? schema : null;
    }

    private JsonNode parse(WireRequest request) throws Rejection {
        if (request.body().length > LARGEST_REQUEST) {
            throw reject(
                    GeminiErrors.invalid("Request payload size exceeds the limit: " + LARGEST_REQUEST + " bytes."));
        }
        try {
            return request.body().length == 0 ? Json.object() : Json.read(request.body());
        } catch (JsonProcessingException e) {
            // Not recorded for this API; the common text of Google's JSON front end.
            String message = "Invalid JSON payload received. Unexpected token.";
            ObjectNode body = GeminiErrors.invalid(message);
            violations(body).addObject().put("description", message);
            throw reject(body);
        }
    }

    private void check(String message, JsonNode value) throws Rejection {
        List<GeminiSchema.Violation> found = GeminiSchema.check(message, value);
        if (found.isEmpty()) {
            return;
        }
        ObjectNode body = GeminiErrors.invalid(
                found.stream().map(GeminiSchema.Violation::description).collect(Collectors.joining("\n")));
        ArrayNode violations = violations(body);
        for (GeminiSchema.Violation violation : found) {
            ObjectNode entry = violations.addObject();
            if (!violation.field().isEmpty()) {
                entry.put("field", violation.field());
            }
            entry.put("description", violation.description());
        }
        throw reject(body);
    }

    private static ArrayNode violations(ObjectNode body) {
        return GeminiErrors.detail(body, "BadRequest").putArray("fieldViolations");
    }

    private Rejection reject(ObjectNode body) {
        return new Rejection(GeminiErrors.response(body, route));
    }

    private static List<Turn> turns(JsonNode body) {
        List<Turn> turns = new ArrayList<>();
        for (JsonNode content : GeminiSchema.elements(body, "contents")) {
            List<String> results = new ArrayList<>();
            for (JsonNode part : GeminiSchema.elements(content, "parts")) {
                JsonNode result = GeminiSchema.field(part, "functionResponse");
                if (!result.isMissingNode()) {
                    results.add(Json.compact(result.path("response")));
                }
            }
            if (!results.isEmpty()) {
                turns.add(new Turn(Turn.Kind.TOOL, String.join("\n", results)));
            } else {
                boolean fromModel = content.path("role").asText("user").equals("model");
                turns.add(new Turn(fromModel ? Turn.Kind.MODEL : Turn.Kind.USER, String.join("", texts(content))));
            }
        }
        return turns;
    }

    private static List<String> texts(JsonNode content) {
        List<String> texts = new ArrayList<>();
        for (JsonNode part : GeminiSchema.elements(content, "parts")) {
            if (part.path("text").isTextual() && !part.path("thought").asBoolean()) {
                texts.add(part.path("text").asText());
            }
        }
        return texts;
    }

    private static List<String> tools(JsonNode body) {
        List<String> names = new ArrayList<>();
        for (JsonNode tool : GeminiSchema.elements(body, "tools")) {
            for (JsonNode function : GeminiSchema.elements(tool, "functionDeclarations")) {
                names.add(function.path("name").asText());
            }
        }
        return names;
    }

    private static @Nullable String forced(JsonNode choice, List<String> tools) {
        List<String> allowed = strings(GeminiSchema.field(choice, "allowedFunctionNames"));
        List<String> candidates = allowed.isEmpty() ? tools : allowed;
        return candidates.isEmpty() ? null : candidates.get(0);
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(element -> strings.add(element.asText()));
        return strings;
    }

    private static @Nullable Integer limit(JsonNode number) {
        return number.isMissingNode() || number.isNull() ? null : number.asInt();
    }
}
