package dev.hypergateway.testkit.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A request as it arrived.
 *
 * @param method for example {@code POST}
 * @param path raw path without the query
 * @param query raw query without the question mark; empty when there is none
 * @param headers header fields in the order of the wire
 * @param body the whole body, without its transfer coding; empty when there is none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and copies of large bodies would only cost time
public record WireRequest(String method, String path, String query, WireHeaders headers, byte[] body) {

    /** The decoded value of a query parameter. */
    public Optional<String> parameter(String name) {
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (URLDecoder.decode(key, StandardCharsets.UTF_8).equals(name)) {
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                return Optional.of(URLDecoder.decode(value, StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Without query, headers and body, because they may hold keys. */
    @Override
    public String toString() {
        return method + " " + path + " (" + body.length + " bytes)";
    }
}
