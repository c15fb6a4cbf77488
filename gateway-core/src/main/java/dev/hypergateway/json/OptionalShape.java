package dev.hypergateway.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value that may be null or missing.
 *
 * @param inner the value if there is one
 * @param wrap makes an {@code Optional} or the like of a value or null
 */
record OptionalShape(Shape inner, Function<@Nullable Object, @Nullable Object> wrap) implements Shape {

    /**
     * Null is one of the types, because the strict mode of vendors wants all members to be there. Objects and arrays keep their
     * schema whole beside it.
     */
    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = inner.schema();
        if (!(schema.get("type") instanceof String type) || type.equals("object") || type.equals("array")) {
            Map<String, Object> either = new LinkedHashMap<>();
            either.put("anyOf", List.of(schema, Map.of("type", "null")));
            return either;
        }
        schema.put("type", List.of(type, "null"));
        if (schema.get("enum") instanceof List<?> names) {
            List<@Nullable Object> withNull = new ArrayList<>(names);
            withNull.add(null);
            schema.put("enum", withNull);
        }
        return schema;
    }

    @Override
    public @Nullable Object read(@Nullable Object json, String path, Problems problems) {
        return wrap.apply(json == null ? null : inner.read(json, path, problems));
    }

    @Override
    public boolean optional() {
        return true;
    }

    @Override
    public boolean closed() {
        return inner.closed();
    }
}
