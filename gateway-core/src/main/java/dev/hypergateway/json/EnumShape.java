package dev.hypergateway.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of an enum's constants, by its name in JSON. */
final class EnumShape implements Shape {
    private final Map<String, Object> constants = new LinkedHashMap<>();

    EnumShape(Class<?> type) {
        for (Object constant : type.getEnumConstants()) {
            constants.put(nameOf((Enum<?>) constant), constant);
        }
    }

    /** The constant's name in JSON. */
    static String nameOf(Enum<?> constant) {
        try {
            JsonName name =
                    constant.getDeclaringClass().getField(constant.name()).getAnnotation(JsonName.class);
            return name == null ? constant.name() : name.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("an enum constant without its field: " + constant, e);
        }
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "string");
        schema.put("enum", new ArrayList<>(constants.keySet()));
        return schema;
    }

    @Override
    public @Nullable Object read(@Nullable Object json, String path, Problems problems) {
        Object constant = json instanceof String name ? constants.get(name) : null;
        if (constant == null) {
            problems.wrongType(path, "one of " + List.copyOf(constants.keySet()), json);
        }
        return constant;
    }
}
