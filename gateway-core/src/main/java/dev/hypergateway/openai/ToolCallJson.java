package dev.hypergateway.openai;

import dev.hypergateway.chat.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Calls of function tools in OpenAI's JSON. Stateless. */
final class ToolCallJson {
    private ToolCallJson() {}

    /**
     * Takes the {@code tool_calls} of an assistant turn in a request. Calls of other types have no typed form; when there is
     * one, all calls stay where they are.
     */
    static List<ToolCall> take(Members message) {
        List<?> items = message.array("tool_calls");
        if (items == null || items.isEmpty()) {
            return List.of();
        }
        String path = message.path("tool_calls");
        if (!allFunctions(items)) {
            message.rest().put("tool_calls", items);
            return List.of();
        }
        List<ToolCall> calls = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            calls.add(read(Members.of(path + "[" + i + "]", items.get(i))));
        }
        return calls;
    }

    private static ToolCall read(Members call) {
        String id = call.requiredString("id");
        call.string("type");
        Members function = call.requiredObject("function");
        String name = function.requiredText("name");
        String arguments = function.requiredString("arguments");
        return new ToolCall(id, name, arguments, PartJson.extra(call, "function", function));
    }

    /** Takes the {@code tool_calls} of a vendor's answer, as far as they are calls of functions. */
    static List<ToolCall> takeLeniently(Members message) {
        List<?> items = message.arrayIf("tool_calls");
        if (items == null || items.isEmpty()) {
            return List.of();
        }
        List<ToolCall> calls = new ArrayList<>(items.size());
        for (Object item : items) {
            if (!(item instanceof Map<?, ?> map)
                    || !(map.get("function") instanceof Map<?, ?> function)
                    || !(function.get("name") instanceof String)) {
                message.rest().put("tool_calls", items);
                return List.of();
            }
        }
        for (Object item : items) {
            calls.add(readLeniently(Members.of("", item)));
        }
        return calls;
    }

    private static ToolCall readLeniently(Members call) {
        String id = call.stringIf("id");
        call.take("type");
        call.take("index");
        Members function = call.requiredObject("function");
        String name = function.requiredString("name");
        String arguments = arguments(function);
        return new ToolCall(
                id == null || id.isEmpty() ? inventId() : id,
                name,
                arguments,
                PartJson.extra(call, "function", function));
    }

    /** Arguments as JSON text; some vendors send the object itself. */
    static String arguments(Members function) {
        Object value = function.take("arguments");
        if (value == null) {
            return "";
        }
        return value instanceof String text ? text : JsonOutput.toText(value);
    }

    /** An id for a call that its vendor did not name; clients need one to answer it. */
    static String inventId() {
        return "call_" + UUID.randomUUID().toString().replace("-", "");
    }

    static List<Map<String, Object>> write(List<ToolCall> calls) {
        return calls.stream().map(ToolCallJson::write).toList();
    }

    private static Map<String, Object> write(ToolCall call) {
        ObjectWriter function = new ObjectWriter().put("name", call.name()).put("arguments", call.arguments());
        return new ObjectWriter()
                .put("id", call.id())
                .put("type", "function")
                .inner("function", function, call.extra())
                .extra(call.extra())
                .members();
    }

    private static boolean allFunctions(List<?> items) {
        for (Object item : items) {
            @Nullable Object type = item instanceof Map<?, ?> map ? map.get("type") : null;
            if (type instanceof String text && !text.equals("function")) {
                return false;
            }
        }
        return true;
    }
}
