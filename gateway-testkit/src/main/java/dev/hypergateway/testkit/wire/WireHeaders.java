package dev.hypergateway.testkit.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Header fields in the order of the wire; names may repeat and compare without case. Not thread-safe. */
public final class WireHeaders {
    private final List<Map.Entry<String, String>> fields = new ArrayList<>();

    /** No fields yet. */
    public WireHeaders() {}

    /** Appends a field. */
    public WireHeaders add(String name, String value) {
        if (name.isEmpty() || hasLineBreak(name) || hasLineBreak(value)) {
            throw new IllegalArgumentException("header " + name + " must have a name and stand on one line");
        }
        fields.add(Map.entry(name, value));
        return this;
    }

    /** Replaces all fields of this name. */
    public WireHeaders set(String name, String value) {
        fields.removeIf(field -> field.getKey().equalsIgnoreCase(name));
        return add(name, value);
    }

    /** The first value of this name. */
    public Optional<String> first(String name) {
        return fields.stream()
                .filter(field -> field.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Whether a comma-separated field holds this word, for example {@code Connection: close}. */
    boolean hasToken(String name, String token) {
        return fields.stream()
                .filter(field -> field.getKey().equalsIgnoreCase(name))
                .flatMap(field -> List.of(field.getValue().split(",", -1)).stream())
                .anyMatch(value -> value.strip().equalsIgnoreCase(token));
    }

    /** All fields in order. */
    public List<Map.Entry<String, String>> fields() {
        return List.copyOf(fields);
    }

    /** A copy by name that is looked up without case. */
    public Map<String, List<String>> toMap() {
        Map<String, List<String>> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Map.Entry<String, String> field : fields) {
            map.computeIfAbsent(field.getKey(), name -> new ArrayList<>()).add(field.getValue());
        }
        map.replaceAll((name, values) -> List.copyOf(values));
        return map;
    }

    /** Names only, because values may hold keys. */
    @Override
    public String toString() {
        Map<String, Boolean> names = new LinkedHashMap<>();
        fields.forEach(field -> names.put(field.getKey(), true));
        return names.keySet().toString();
    }

    private static boolean hasLineBreak(String text) {
        return text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0;
    }
}
