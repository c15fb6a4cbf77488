package dev.hypergateway.transport;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request to a vendor. Secrets travel in headers only: {@code toString()} shows neither headers nor body nor query, so a
 * request may be logged. Immutable; the body array is not copied and must not be changed.
 *
 * @param method HTTP method
 * @param uri absolute address; must not hold a secret
 * @param headers header fields
 * @param body bytes to send; null for none
 */
@SuppressWarnings("ArrayRecordComponent") // Copying or comparing megabytes would serve nobody.
public record UpstreamRequest(String method, URI uri, Map<String, String> headers, byte @Nullable [] body) {
    public UpstreamRequest {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(uri, "uri");
        headers = Map.copyOf(headers);
    }

    /** A GET request. */
    public static UpstreamRequest get(URI uri, Map<String, String> headers) {
        return new UpstreamRequest("GET", uri, headers, null);
    }

    /** A POST request with a JSON body. */
    public static UpstreamRequest postJson(URI uri, Map<String, String> headers, byte[] body) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putIfAbsent("Content-Type", "application/json");
        return new UpstreamRequest("POST", uri, all, body);
    }

    @Override
    public String toString() {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return method + " " + uri.getScheme() + "://" + uri.getHost() + port + uri.getRawPath();
    }
}
