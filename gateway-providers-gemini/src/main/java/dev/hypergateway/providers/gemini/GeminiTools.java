package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.Tool;
import dev.hypergateway.chat.ToolChoice;
import dev.hypergateway.provider.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the tools of a request and how to use them. Stateless. */
final class GeminiTools {
    /** OpenAI's wish for a search in the web. */
    static final String SEARCH = "web_search_options";

    private static final String PARAM = "tool_choice";

    private GeminiTools() {}

    static void write(ChatRequest request, ObjectNode body) {
        functions(request, body);
        if (request.extra().get(SEARCH) instanceof Map<?, ?>) {
            body.withArray("tools").addObject().putObject("googleSearch");
        }
    }

    private static void functions(ChatRequest request, ObjectNode body) {
        if (request.tools().isEmpty()) {
            request.toolChoice().ifPresent(GeminiTools::refuseDemand);
            return;
        }
        if (!request.parallelToolCalls().orElse(true)) {
            throw Refusal.of(
                    "parallel_tool_calls",
                    "Gemini cannot be kept to one tool call at a time; leave parallel_tool_calls out or set it to true");
        }
        ArrayNode declarations = body.putArray("tools").addObject().putArray("functionDeclarations");
        for (int i = 0; i < request.tools().size(); i++) {
            declarations.add(declaration(request.tools().get(i), "tools[" + i + "]"));
        }
        Choice choice = request.toolChoice().map(GeminiTools::choice).orElse(Choice.AUTO);
        if (request.tools().stream().anyMatch(GeminiTools::isStrict)) {
            choice = choice.strictly();
        }
        if (request.toolChoice().isPresent() || !choice.equals(Choice.AUTO)) {
            choice.write(body);
        }
    }

    /**
     * Lets functions and Google's own tools go together. From generation 3 on Gemini takes both, but only when it is told that the
     * calls of its own tools may be shown, and not with the mode {@code AUTO}; older models refuse it in words of their own.
     */
    static void combine(ObjectNode body, GeminiModelName model) {
        boolean functions = false;
        boolean others = false;
        for (JsonNode tool : body.path("tools")) {
            boolean declares = tool.has("functionDeclarations") || tool.has("function_declarations");
            functions |= declares;
            others |= tool.size() > (declares ? 1 : 0);
        }
        if (!functions || !others || !model.isGeneration3()) {
            return;
        }
        ObjectNode config = body.withObject("/toolConfig");
        if (!config.has("includeServerSideToolInvocations")) {
            config.put("includeServerSideToolInvocations", true);
        }
        if (config.path("functionCallingConfig") instanceof ObjectNode calling
                && calling.path("mode").asText().equals("AUTO")) {
            calling.put("mode", "VALIDATED");
        }
    }

    /**
     * The schema goes to {@code parametersJsonSchema}: the older {@code parameters} refuses JSON Schema beyond a subset
     * ("Unknown name "additionalProperties" … Cannot find field").
     */
    private static ObjectNode declaration(Tool tool, String param) {
        if (!(tool instanceof Tool.Function function)) {
            String type = tool instanceof Tool.Other other ? other.type() : "";
            throw Refusal.of(
                    param,
                    "Gemini has no tool of type '" + type
                            + "'; use functions, or put Google's own tools into google.tools");
        }
        ObjectNode declaration = GeminiJson.object().put("name", function.name());
        String description = function.description();
        if (description != null) {
            declaration.put("description", description);
        }
        Map<String, Object> parameters = function.parameters();
        if (parameters != null && !parameters.isEmpty()) {
            declaration.set("parametersJsonSchema", GeminiSchema.of(parameters));
        }
        return declaration;
    }

    private static boolean isStrict(Tool tool) {
        return tool instanceof Tool.Function function && Boolean.TRUE.equals(function.strict());
    }

    private static void refuseDemand(ToolChoice choice) {
        if (choice(choice).mode().equals("ANY")) {
            throw Refusal.of(PARAM, "tool_choice asks for a tool call but the request has no tools");
        }
    }

    private static Choice choice(ToolChoice choice) {
        if (choice instanceof ToolChoice.Named named) {
            return new Choice("ANY", List.of(named.name()));
        } else if (choice instanceof ToolChoice.Mode mode) {
            return new Choice(mode(mode.value()), List.of());
        } else if (choice instanceof ToolChoice.Other other
                && other.fields().get("allowed_tools") instanceof Map<?, ?> allowed) {
            return allowed(allowed);
        }
        throw unknown();
    }

    /** {@code {"type": "allowed_tools", "allowed_tools": {"mode": "auto", "tools": [{"type": "function", "function": {"name": …}}]}}} */
    private static Choice allowed(Map<?, ?> allowed) {
        List<String> names = new ArrayList<>();
        if (allowed.get("tools") instanceof List<?> tools) {
            for (Object tool : tools) {
                if (tool instanceof Map<?, ?> entry
                        && entry.get("function") instanceof Map<?, ?> function
                        && function.get("name") instanceof String name) {
                    names.add(name);
                }
            }
        }
        if (names.isEmpty()) {
            throw Refusal.of(PARAM + ".allowed_tools.tools", "it must list functions by name");
        }
        String mode = mode(String.valueOf(allowed.get("mode")));
        // Names may be given only where a call is demanded or checked.
        return new Choice(mode.equals("AUTO") ? "VALIDATED" : mode, names);
    }

    private static String mode(String word) {
        return switch (word) {
            case "auto" -> "AUTO";
            case "none" -> "NONE";
            case "required", "any" -> "ANY";
            case "validated" -> "VALIDATED";
            default -> throw unknown();
        };
    }

    private static RuntimeException unknown() {
        return Refusal.of(
                PARAM,
                "Gemini cannot express this tool_choice; use auto, none, required, allowed_tools or the name of a function");
    }

    /**
     * How the model may call functions.
     *
     * @param mode {@code AUTO}, {@code ANY}, {@code NONE} or {@code VALIDATED}, which is AUTO with calls that fit their schema
     * @param names the functions that may be called; empty for all
     */
    private record Choice(String mode, List<String> names) {
        static final Choice AUTO = new Choice("AUTO", List.of());

        Choice strictly() {
            return mode.equals("AUTO") ? new Choice("VALIDATED", names) : this;
        }

        void write(ObjectNode body) {
            ObjectNode config = body.withObject("/toolConfig")
                    .putObject("functionCallingConfig")
                    .put("mode", mode);
            if (!names.isEmpty()) {
                ArrayNode allowed = config.putArray("allowedFunctionNames");
                names.forEach(allowed::add);
            }
        }
    }
}
