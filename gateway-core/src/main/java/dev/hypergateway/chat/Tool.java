package dev.hypergateway.chat;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Something that the model may use while answering. Immutable. */
public sealed interface Tool {

    /** A function with a JSON Schema for its parameters. */
    static Function function(String name, String description, Map<String, ?> parameters) {
        return new Function(name, description, Fields.copyOf(parameters), null, Map.of());
    }

    /**
     * A function that the gateway runs for the model, with its arguments as a record; for {@code Gateway.chat} with tools.
     *
     * @param name name of the function: letters, digits, {@code _} and {@code -}, at most 64
     * @param description what it does and when to call it, in words for the model
     * @param arguments record of its arguments
     * @param body what it does
     * @throws IllegalArgumentException when the name is no such name, or the record cannot be described to a model
     */
    static <A extends Record> ToolFunction<A> of(
            String name, String description, Class<A> arguments, ToolFunction.Body<? super A> body) {
        return new ToolFunction<>(name, description, arguments, body);
    }

    /**
     * A function that the caller runs.
     *
     * @param parameters JSON Schema of the arguments; null for a function without parameters
     * @param strict whether the arguments must follow the schema exactly
     * @param extra unnamed fields of the tool; those of its {@code function} object stand in a map of that name
     */
    record Function(
            String name,
            @Nullable String description,
            @Nullable Map<String, Object> parameters,
            @Nullable Boolean strict,
            Map<String, Object> extra)
            implements Tool {
        public Function {
            Objects.requireNonNull(name, "name");
            parameters = parameters == null ? null : Fields.copyOf(parameters);
            extra = Fields.copyOf(extra);
        }
    }

    /**
     * A tool of another type, for example a search that runs at the vendor.
     *
     * @param fields all JSON fields of the tool, {@code type} included
     */
    record Other(String type, Map<String, Object> fields) implements Tool {
        public Other {
            Objects.requireNonNull(type, "type");
            fields = Fields.copyOf(fields);
        }
    }
}
