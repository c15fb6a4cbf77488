package dev.hypergateway.chat;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The form that the answer must have. Immutable. */
public sealed interface ResponseFormat {
    /** Free text, the default. */
    ResponseFormat TEXT = new Text();
    /** Any JSON object. */
    ResponseFormat JSON_OBJECT = new JsonObject();

    /** JSON that follows a schema exactly. */
    static ResponseFormat jsonSchema(String name, Map<String, ?> schema) {
        return new JsonSchema(name, null, Fields.copyOf(schema), true, Map.of());
    }

    /** Free text. */
    record Text() implements ResponseFormat {}

    /** Any JSON object. */
    record JsonObject() implements ResponseFormat {}

    /**
     * JSON that follows a schema.
     *
     * @param schema JSON Schema
     * @param extra unnamed fields of the format; those of its {@code json_schema} object stand in a map of that name
     */
    record JsonSchema(
            String name,
            @Nullable String description,
            @Nullable Map<String, Object> schema,
            @Nullable Boolean strict,
            Map<String, Object> extra)
            implements ResponseFormat {
        public JsonSchema {
            Objects.requireNonNull(name, "name");
            schema = schema == null ? null : Fields.copyOf(schema);
            extra = Fields.copyOf(extra);
        }
    }

    /**
     * A form that this library does not name.
     *
     * @param fields all JSON fields, {@code type} included
     */
    record Other(String type, Map<String, Object> fields) implements ResponseFormat {
        public Other {
            Objects.requireNonNull(type, "type");
            fields = Fields.copyOf(fields);
        }
    }
}
