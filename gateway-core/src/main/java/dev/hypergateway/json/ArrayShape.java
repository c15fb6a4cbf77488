package dev.hypergateway.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A list, a set or a Java array.
 *
 * @param items each of its elements
 * @param collect makes the Java value of the elements
 */
record ArrayShape(Shape items, Function<List<@Nullable Object>, Object> collect) implements Shape {

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "array");
        schema.put("items", items.schema());
        return schema;
    }

    @Override
    public @Nullable Object read(@Nullable Object json, String path, Problems problems) {
        if (!(json instanceof List<?> elements)) {
            problems.wrongType(path, "an array", json);
            return null;
        }
        int before = problems.count();
        List<@Nullable Object> values = new ArrayList<>(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            values.add(items.read(elements.get(i), path + "[" + i + "]", problems));
        }
        return problems.count() == before ? collect.apply(values) : null;
    }

    @Override
    public boolean closed() {
        return items.closed();
    }
}
