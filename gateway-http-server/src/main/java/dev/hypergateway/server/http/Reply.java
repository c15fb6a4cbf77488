package dev.hypergateway.server.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A whole answer. Immutable.
 *
 * @param status HTTP status
 * @param contentType type of the body; empty when there is no body
 * @param body the body, not copied
 * @param headers further headers; the values are plain ASCII
 */
public record Reply(int status, String contentType, byte[] body, Map<String, String> headers) {
    public Reply {
        headers = Map.copyOf(headers);
    }

    /** A JSON answer. */
    public static Reply json(int status, byte[] body) {
        return new Reply(status, "application/json", body, Map.of());
    }

    /** A JSON answer. */
    public static Reply json(int status, String body) {
        return json(status, body.getBytes(StandardCharsets.UTF_8));
    }

    /** An answer without a body. */
    public static Reply empty(int status) {
        return new Reply(status, "", new byte[0], Map.of());
    }

    /** The same answer with further headers. */
    public Reply with(Map<String, String> further) {
        if (further.isEmpty()) {
            return this;
        }
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(further);
        return new Reply(status, contentType, body, all);
    }

    /** The same answer with one more header. */
    public Reply with(String name, String value) {
        return with(Map.of(name, value));
    }
}
