package dev.hypergateway.recordings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that a {@link LoopbackServer} got. */
public record Asked(String method, URI uri, Map<String, List<String>> headers, String body) {
    /** The first value of a header, or null. */
    public @Nullable String header(String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(header -> header.getValue().get(0))
                .findFirst()
                .orElse(null);
    }

    /** The body as JSON. */
    public JsonNode json() {
        try {
            return Recording.JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the request is no JSON: " + body, e);
        }
    }
}
