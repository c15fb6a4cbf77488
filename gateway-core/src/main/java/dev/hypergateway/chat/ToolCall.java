package dev.hypergateway.chat;

import java.util.Map;
import java.util.Objects;

/**
 * A model's wish to call one of the request's function tools. Immutable.
 *
 * @param id links the call to its result
 * @param name name of the function
 * @param arguments the arguments as a JSON document, exactly as the model wrote it
 * @param extra unnamed fields, for example {@code extra_content} with a vendor's opaque state; those of the
 *     {@code function} object stand in a map of that name
 */
public record ToolCall(String id, String name, String arguments, Map<String, Object> extra) {
    public ToolCall {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(arguments, "arguments");
        extra = Fields.copyOf(extra);
    }

    public ToolCall(String id, String name, String arguments) {
        this(id, name, arguments, Map.of());
    }

    @Override
    public String toString() {
        return "ToolCall[" + name + "]";
    }
}
