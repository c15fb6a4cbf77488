package dev.hypergateway.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way out of the local network. Immutable.
 *
 * <p>Credentials for a proxy ({@code http://user:password@host:port}) are sent with the first request, as Basic. For https
 * targets the JDK forbids that unless the system property {@value #TUNNEL_SCHEMES} says otherwise before the first HTTP client
 * of the process is made. If nobody has set it, building an {@link UpstreamClient} with such credentials sets it to the empty
 * value, and logs that; where another HTTP client came first, start Java with {@code -D}{@value #TUNNEL_SCHEMES}{@code =}.
 */
public final class ProxySettings {
    static final String TUNNEL_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

    private static final Logger LOG = LoggerFactory.getLogger(ProxySettings.class);
    private static final ProxySettings DIRECT = new ProxySettings(null, null, NoProxy.parse(""), false);
    private static final ProxySettings OF_JVM = new ProxySettings(null, null, NoProxy.parse(""), true);

    private final @Nullable ProxyServer http;
    private final @Nullable ProxyServer https;
    private final NoProxy noProxy;
    private final boolean ofJvm;

    private ProxySettings(@Nullable ProxyServer http, @Nullable ProxyServer https, NoProxy noProxy, boolean ofJvm) {
        this.http = http;
        this.https = https;
        this.noProxy = noProxy;
        this.ofJvm = ofJvm;
    }

    /** No proxy, whatever the JVM says. */
    public static ProxySettings direct() {
        return DIRECT;
    }

    /** What the JVM is told by {@code -Dhttps.proxyHost} and the like, or by {@link ProxySelector#setDefault}. */
    public static ProxySettings ofJvm() {
        return OF_JVM;
    }

    /**
     * One proxy for everything.
     *
     * @param proxy {@code http://host:port} or {@code http://user:password@host:port}
     * @param noProxy hosts to reach directly, in the form of the environment variable {@code NO_PROXY}; may be empty
     * @throws IllegalArgumentException when the proxy's address is malformed
     */
    public static ProxySettings of(String proxy, String noProxy) {
        ProxyServer server = ProxyServer.parse("proxy", proxy);
        return new ProxySettings(server, server, NoProxy.parse(noProxy), false);
    }

    /**
     * The settings of the environment variables {@code HTTPS_PROXY} (for https targets), {@code HTTP_PROXY} (for http targets),
     * {@code ALL_PROXY} (for both) and {@code NO_PROXY}, in small letters first. As curl and Go do, {@code HTTP_PROXY} in capitals
     * is ignored where {@code REQUEST_METHOD} is set, because in CGI a client can forge it. Without any, {@link #ofJvm()}.
     *
     * <p>{@code NO_PROXY} is a list with commas: {@code example.com} (and hosts below it), {@code .example.com} (only those),
     * {@code host:port}, addresses, {@code 10.0.0.0/8}, or {@code *}. {@code localhost} and loopback addresses never go through
     * the proxy.
     *
     * @param environment for example {@code System.getenv()}
     * @throws IllegalArgumentException when an address is malformed; the message names the variable and not its value
     */
    public static ProxySettings fromEnvironment(Map<String, String> environment) {
        ProxyServer https = server(environment, "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY");
        ProxyServer http = environment.containsKey("REQUEST_METHOD")
                ? server(environment, "http_proxy", "all_proxy", "ALL_PROXY")
                : server(environment, "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY");
        if (http == null && https == null) {
            return OF_JVM;
        }
        String lower = environment.getOrDefault("no_proxy", "");
        String list = lower.isBlank() ? environment.getOrDefault("NO_PROXY", "") : lower;
        return new ProxySettings(http, https, NoProxy.parse(list), false);
    }

    private static @Nullable ProxyServer server(Map<String, String> environment, String... names) {
        for (String name : names) {
            String value = environment.getOrDefault(name, "").strip();
            if (!value.isEmpty()) {
                return ProxyServer.parse(name, value);
            }
        }
        return null;
    }

    /** The value of {@code Proxy-Authorization} for a request to {@code target}. */
    @Nullable
    String authorization(URI target) {
        ProxyServer server = server(target);
        return server == null ? null : server.authorization();
    }

    /** Scheme, host and port of {@code target}, and the proxy on the way to it, for messages. */
    String peer(URI target) {
        String host = String.valueOf(target.getHost());
        String port = target.getPort() < 0 ? "" : ":" + target.getPort();
        String origin = target.getScheme() + "://" + host + port;
        InetSocketAddress proxy = target.getHost() == null ? null : addressFor(target);
        return proxy == null
                ? origin
                : origin + " (through the proxy " + proxy.getHostString() + ":" + proxy.getPort() + ")";
    }

    /** Where the proxy on the way to {@code target} listens; null without one. */
    @Nullable
    InetSocketAddress addressFor(URI target) {
        for (Proxy proxy : selector().select(target)) {
            if (proxy.address() instanceof InetSocketAddress address) {
                return address;
            }
        }
        return null;
    }

    /** Prepares the JDK to send credentials to the proxy of a tunnel, see the class comment. */
    void allowTunnelCredentials() {
        if (https != null && https.authorization() != null && System.getProperty(TUNNEL_SCHEMES) == null) {
            System.setProperty(TUNNEL_SCHEMES, "");
            LOG.info(
                    "set the system property {} to the empty value, so that the proxy {} gets its credentials",
                    TUNNEL_SCHEMES,
                    https);
        }
    }

    ProxySelector selector() {
        return new Selector();
    }

    private @Nullable ProxyServer server(URI target) {
        if ((http == null && https == null) || noProxy.matches(target)) {
            return null;
        }
        return "https".equalsIgnoreCase(target.getScheme()) ? https : http;
    }

    /** The proxies, without credentials. */
    @Override
    public String toString() {
        return ofJvm ? "ProxySettings[of the JVM]" : "ProxySettings[http=" + http + ", https=" + https + "]";
    }

    private final class Selector extends ProxySelector {
        @Override
        public List<Proxy> select(URI target) {
            if (ofJvm) {
                ProxySelector jvm = ProxySelector.getDefault();
                return jvm == null ? List.of(Proxy.NO_PROXY) : jvm.select(target);
            }
            ProxyServer server = server(target);
            return List.of(server == null ? Proxy.NO_PROXY : new Proxy(Proxy.Type.HTTP, server.address()));
        }

        @Override
        public void connectFailed(URI target, SocketAddress proxy, IOException cause) {
            // The exception of the request says it.
        }
    }
}
