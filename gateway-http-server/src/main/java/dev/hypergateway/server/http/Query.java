package dev.hypergateway.server.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parameters of a URL. Immutable. Of a repeated parameter the last value counts. */
public final class Query {
    private final Map<String, String> values;

    private Query(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads the part of a URL after the question mark.
     *
     * @param raw the encoded text; null when there is none
     * @throws Problem with status 400 when it is badly encoded
     */
    static Query parse(@Nullable String raw) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                values.put(PercentCode.decode(name, true), PercentCode.decode(value, true));
            }
        }
        return new Query(values);
    }

    /** A parameter that is there and not blank. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }
}
