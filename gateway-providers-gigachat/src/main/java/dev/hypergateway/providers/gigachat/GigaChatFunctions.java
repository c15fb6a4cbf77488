package dev.hypergateway.providers.gigachat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.Tool;
import dev.hypergateway.chat.ToolChoice;
import dev.hypergateway.provider.Refusal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes tools and the tool choice as {@code functions} and {@code function_call}. Stateless. */
final class GigaChatFunctions {
    /** What error 422 "Invalid function names" says. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    private GigaChatFunctions() {}

    static void write(ChatRequest request, ObjectNode body) {
        List<Tool> tools = request.tools();
        if (!tools.isEmpty()) {
            ArrayNode functions = body.putArray("functions");
            for (int i = 0; i < tools.size(); i++) {
                functions.add(function(tools.get(i), "tools[" + i + "]"));
            }
            // GigaChat's own default is "none".
            body.put("function_call", "auto");
        }
        request.toolChoice().ifPresent(choice -> choice(choice, tools, body));
    }

    private static ObjectNode function(Tool tool, String param) {
        if (!(tool instanceof Tool.Function function)) {
            throw Refusal.of(
                    param,
                    "GigaChat has no tool of type '" + ((Tool.Other) tool).type() + "'; only functions can be used");
        }
        if (!NAME.matcher(function.name()).matches()) {
            throw Refusal.of(
                    param + ".function.name",
                    "GigaChat takes names of functions made of Latin letters, digits, '_', '-' and '.', which do not begin"
                            + " with a digit; rename '" + function.name() + "'");
        }
        ObjectNode result = GigaChatJson.object().put("name", function.name());
        if (function.description() != null) {
            result.put("description", function.description());
        }
        result.set("parameters", FunctionSchema.of(function.parameters(), param + ".function.parameters"));
        if (function.extra().get("function") instanceof Map<?, ?> extra) {
            for (String name : List.of("few_shot_examples", "return_parameters")) {
                Object value = extra.get(name);
                if (value != null) {
                    result.set(name, GigaChatJson.tree(value));
                }
            }
        }
        return result;
    }

    private static void choice(ToolChoice choice, List<Tool> tools, ObjectNode body) {
        if (choice instanceof ToolChoice.Named named) {
            force(named.name(), tools, body);
        } else if (choice instanceof ToolChoice.Mode mode) {
            switch (mode.value()) {
                case "auto" -> body.put("function_call", "auto");
                case "none" -> body.put("function_call", "none");
                case "required" -> {
                    if (tools.size() != 1 || !(tools.get(0) instanceof Tool.Function only)) {
                        throw Refusal.of(
                                "tool_choice",
                                "GigaChat can be made to call one certain function only; name it, or send a single tool");
                    }
                    force(only.name(), tools, body);
                }
                default -> throw unknown(mode.value());
            }
        } else {
            throw unknown("an object of a type that is not function");
        }
    }

    private static void force(String name, List<Tool> tools, ObjectNode body) {
        boolean known = tools.stream()
                .anyMatch(tool -> tool instanceof Tool.Function function
                        && function.name().equals(name));
        if (!known) {
            throw Refusal.of("tool_choice", "tool_choice names '" + name + "', which is not among the tools");
        }
        body.putObject("function_call").put("name", name);
    }

    private static RuntimeException unknown(String what) {
        return Refusal.of(
                "tool_choice", "GigaChat has no tool_choice '" + what + "'; use auto, none or the name of a function");
    }
}
