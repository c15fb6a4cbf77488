package dev.hypergateway.chat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies of loose JSON fields that keep their order and may hold null values. Stateless. */
public final class Fields {
    private Fields() {}

    /** An unmodifiable copy. */
    public static Map<String, Object> copyOf(Map<String, ?> fields) {
        return fields.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
