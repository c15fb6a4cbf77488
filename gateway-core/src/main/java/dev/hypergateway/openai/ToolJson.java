package dev.hypergateway.openai;

import dev.hypergateway.chat.Tool;
import dev.hypergateway.chat.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tools and the choice among them in OpenAI's JSON. Stateless. */
final class ToolJson {
    private ToolJson() {}

    static List<Tool> take(Members request) {
        List<?> items = request.array("tools");
        if (items == null) {
            return List.of();
        }
        List<Tool> tools = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            tools.add(read(Members.of(request.path("tools") + "[" + i + "]", items.get(i))));
        }
        return tools;
    }

    private static Tool read(Members tool) {
        String type = tool.requiredText("type");
        if (!type.equals("function")) {
            tool.rest().put("type", type);
            return new Tool.Other(type, tool.rest());
        }
        Members function = tool.requiredObject("function");
        String name = function.requiredText("name");
        String description = function.string("description");
        Map<String, Object> parameters = function.map("parameters");
        Boolean strict = function.bool("strict");
        return new Tool.Function(name, description, parameters, strict, PartJson.extra(tool, "function", function));
    }

    static @Nullable ToolChoice takeChoice(Members request) {
        Object value = request.take("tool_choice");
        if (value == null) {
            return null;
        }
        if (value instanceof String mode) {
            return new ToolChoice.Mode(mode);
        }
        if (!(value instanceof Map<?, ?>)) {
            throw FormatErrors.wrongType(request.path("tool_choice"), "a string or an object", value);
        }
        Members choice = Members.of(request.path("tool_choice"), value);
        String name = nameOf(choice.rest());
        return name == null ? new ToolChoice.Other(choice.rest()) : new ToolChoice.Named(name);
    }

    /** The function's name, if the choice says nothing else. */
    private static @Nullable String nameOf(Map<String, Object> choice) {
        return choice.size() == 2
                        && "function".equals(choice.get("type"))
                        && choice.get("function") instanceof Map<?, ?> function
                        && function.size() == 1
                        && function.get("name") instanceof String name
                ? name
                : null;
    }

    static Map<String, Object> write(Tool tool) {
        if (tool instanceof Tool.Function function) {
            ObjectWriter inner = new ObjectWriter()
                    .put("name", function.name())
                    .optional("description", function.description())
                    .optional("parameters", function.parameters())
                    .optional("strict", function.strict());
            return new ObjectWriter()
                    .put("type", "function")
                    .inner("function", inner, function.extra())
                    .extra(function.extra())
                    .members();
        }
        return ((Tool.Other) tool).fields();
    }

    static Object write(ToolChoice choice) {
        if (choice instanceof ToolChoice.Mode mode) {
            return mode.value();
        }
        if (choice instanceof ToolChoice.Named named) {
            return new ObjectWriter()
                    .put("type", "function")
                    .put("function", Map.of("name", named.name()))
                    .members();
        }
        return ((ToolChoice.Other) choice).fields();
    }
}
