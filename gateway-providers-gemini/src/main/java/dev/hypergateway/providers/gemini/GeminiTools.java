package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.Tool;
import dev.hypergateway.chat.ToolChoice;
import dev.hypergateway.provider.Refusal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the tools of a request and how to use them. Stateless. */
final class GeminiTools {
    private GeminiTools() {}

    static void write(ChatRequest request, ObjectNode body) {
        if (!request.tools().isEmpty()) {
            if (!request.parallelToolCalls().orElse(true)) {
                throw Refusal.of(
                        "parallel_tool_calls",
                        "Gemini cannot be kept to one tool call at a time; leave parallel_tool_calls out or set it to true");
            }
            ArrayNode declarations = body.putArray("tools").addObject().putArray("functionDeclarations");
            request.tools().forEach(tool -> declarations.add(declaration(tool)));
        }
        request.toolChoice().ifPresent(choice -> choose(choice, !request.tools().isEmpty(), body));
    }

    /**
     * The schema goes to {@code parametersJsonSchema}: the older {@code parameters} refuses JSON Schema beyond a subset
     * ("Unknown name "additionalProperties" … Cannot find field").
     */
    private static ObjectNode declaration(Tool tool) {
        if (!(tool instanceof Tool.Function function)) {
            String type = tool instanceof Tool.Other other ? other.type() : "";
            throw Refusal.of(
                    "tools",
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
            declaration.set("parametersJsonSchema", GeminiJson.tree(parameters));
        }
        return declaration;
    }

    private static void choose(ToolChoice choice, boolean anyTools, ObjectNode body) {
        String mode = mode(choice);
        if (!anyTools) {
            if (mode.equals("ANY")) {
                throw Refusal.of("tool_choice", "tool_choice asks for a tool call but the request has no tools");
            }
            return;
        }
        ObjectNode config =
                body.putObject("toolConfig").putObject("functionCallingConfig").put("mode", mode);
        @Nullable String name = choice instanceof ToolChoice.Named named ? named.name() : null;
        if (name != null) {
            config.putArray("allowedFunctionNames").add(name);
        }
    }

    private static String mode(ToolChoice choice) {
        if (choice instanceof ToolChoice.Named) {
            return "ANY";
        }
        String word = choice instanceof ToolChoice.Mode mode ? mode.value() : "";
        return switch (word) {
            case "auto" -> "AUTO";
            case "none" -> "NONE";
            case "required", "any" -> "ANY";
            case "validated" -> "VALIDATED";
            default ->
                throw Refusal.of(
                        "tool_choice",
                        "Gemini cannot express this tool_choice; use auto, none, required or the name of a function");
        };
    }
}
