package dev.hypergateway.transport;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request to a vendor. Secrets travel in headers only: {@code toString()} shows neither headers nor body nor query, so a
 * request may be logged. Immutable; the arrays of the body are not copied and must not be changed.
 *
 * @param method HTTP method
 * @param uri absolute address; must not hold a secret
 * @param headers header fields
 * @param body bytes to send, in pieces that follow each other; none for no body
 */
public record UpstreamRequest(String method, URI uri, Map<String, String> headers, List<byte[]> body) {
    public UpstreamRequest {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(uri, "uri");
        headers = Map.copyOf(headers);
        body = List.copyOf(body);
    }

    /** @param body bytes to send; null for none */
    public UpstreamRequest(String method, URI uri, Map<String, String> headers, byte @Nullable [] body) {
        this(method, uri, headers, body == null ? List.of() : List.of(body));
    }

    /** A GET request. */
    public static UpstreamRequest get(URI uri, Map<String, String> headers) {
        return new UpstreamRequest("GET", uri, headers, List.of());
    }

    /** A POST request with a JSON body. */
    public static UpstreamRequest postJson(URI uri, Map<String, String> headers, byte[] body) {
        return postJson(uri, headers, List.of(body));
    }

    /** A POST request with a JSON body in pieces. */
    public static UpstreamRequest postJson(URI uri, Map<String, String> headers, List<byte[]> body) {
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
