package dev.hypergateway.transport;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP proxy.
 *
 * @param host name or address
 * @param port TCP port
 * @param authorization value of {@code Proxy-Authorization}; null when the proxy needs none
 */
record ProxyServer(String host, int port, @Nullable String authorization) {
    private static final int DEFAULT_PORT = 80;

    /**
     * Reads {@code [http://][user:password@]host[:port]}; user and password are percent-encoded.
     *
     * @param name what the value was given as, for messages; they never show the value, which may hold a password
     * @throws IllegalArgumentException when the value is no address of an HTTP proxy
     */
    static ProxyServer parse(String name, String value) {
        URI uri;
        try {
            uri = new URI(value.contains("://") ? value : "http://" + value);
        } catch (URISyntaxException e) {
            // Not the cause: it quotes the value.
            throw malformed(name);
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http")) {
            throw new IllegalArgumentException(
                    name + " names a proxy of the kind '" + scheme + "'; only http:// proxies can be used");
        }
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        if (uri.getHost() == null || port == 0 || port > 65_535) {
            throw malformed(name);
        }
        return new ProxyServer(uri.getHost(), port, basic(name, uri.getRawUserInfo()));
    }

    InetSocketAddress address() {
        return InetSocketAddress.createUnresolved(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port);
    }

    /** Host and port; never the credentials. */
    @Override
    public String toString() {
        return host + ":" + port;
    }

    private static @Nullable String basic(String name, @Nullable String rawUserInfo) {
        if (rawUserInfo == null || rawUserInfo.isEmpty()) {
            return null;
        }
        String userInfo;
        try {
            // A plus is a plus here; only forms mean a space by it.
            userInfo = URLDecoder.decode(rawUserInfo.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed(name);
        }
        String pair = userInfo.contains(":") ? userInfo : userInfo + ":";
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static IllegalArgumentException malformed(String name) {
        return new IllegalArgumentException(name + " is not the address of a proxy; write it as http://host:port or"
                + " http://user:password@host:port, with special characters percent-encoded");
    }
}
