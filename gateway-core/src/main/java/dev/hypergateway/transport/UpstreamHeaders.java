package dev.hypergateway.transport;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Header fields of a vendor's answer; names are compared without case. Immutable. */
public final class UpstreamHeaders {
    /** No fields. */
    public static final UpstreamHeaders NONE = new UpstreamHeaders(Map.of());

    private final Map<String, List<String>> fields;

    private UpstreamHeaders(Map<String, List<String>> fields) {
        this.fields = fields;
    }

    /** Headers from a multi-map such as {@code java.net.http.HttpHeaders.map()}. */
    public static UpstreamHeaders of(Map<String, List<String>> fields) {
        if (fields.isEmpty()) {
            return NONE;
        }
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fields.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        return new UpstreamHeaders(copy);
    }

    /** The header fields of an answer of the JDK's client, which never change either. */
    static UpstreamHeaders of(HttpHeaders headers) {
        return headers.map().isEmpty() ? NONE : new UpstreamHeaders(headers.map());
    }

    /** The first value of a field. */
    public Optional<String> first(String name) {
        List<String> values = fields.get(name);
        return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }

    /** Whether the content type is {@code type}, parameters aside. */
    public boolean hasContentType(String type) {
        return first("Content-Type")
                .map(value -> value.toLowerCase(Locale.ROOT).startsWith(type))
                .orElse(false);
    }

    /** The names of all fields. */
    @Override
    public String toString() {
        return fields.keySet().toString();
    }
}
