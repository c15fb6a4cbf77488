package dev.hypergateway.openai;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects the members of a JSON object in order. A typed member wins over an {@code extra} one of the same name. Not
 * thread-safe.
 */
final class ObjectWriter {
    private final Map<String, Object> members = new LinkedHashMap<>();

    /** Adds a member; null becomes JSON's null. */
    ObjectWriter put(String name, @Nullable Object value) {
        members.put(name, value);
        return this;
    }

    /** Adds a member unless the value is null. */
    ObjectWriter optional(String name, @Nullable Object value) {
        return value == null ? this : put(name, value);
    }

    /** Adds those unnamed members whose names are not taken. */
    ObjectWriter extra(Map<String, ?> fields) {
        fields.forEach((name, value) -> {
            if (!members.containsKey(name)) {
                members.put(name, value);
            }
        });
        return this;
    }

    /**
     * Adds an inner object together with its unnamed members, which stand in the unnamed members of the outer one under the
     * same name.
     */
    ObjectWriter inner(String name, ObjectWriter object, Map<String, ?> outerExtra) {
        return put(name, object.extra(nested(outerExtra, name)).members());
    }

    Map<String, Object> members() {
        return members;
    }

    /** The map that stands under a name, or an empty one. */
    @SuppressWarnings("unchecked") // names of JSON members are strings; others would be written with toString()
    static Map<String, Object> nested(Map<String, ?> fields, String name) {
        return fields.get(name) instanceof Map<?, ?> map ? (Map<String, Object>) map : Collections.emptyMap();
    }
}
