package dev.hypergateway.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object with any names.
 *
 * @param values each of its members
 */
record MapShape(Shape values) implements Shape {

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("additionalProperties", values.schema());
        return schema;
    }

    @Override
    public @Nullable Object read(@Nullable Object json, String path, Problems problems) {
        if (!(json instanceof Map<?, ?> members)) {
            problems.wrongType(path, "an object", json);
            return null;
        }
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        members.forEach((name, value) -> result.put(
                String.valueOf(name), values.read(value, Problems.member(path, String.valueOf(name)), problems)));
        return Collections.unmodifiableMap(result);
    }

    @Override
    public boolean closed() {
        return false;
    }
}
