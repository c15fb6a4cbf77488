package dev.hypergateway.transport;

import dev.hypergateway.transport.TransportException.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What the exceptions of {@code java.net.http} mean, and the words for them.
 *
 * @param target where the request goes
 * @param proxy the way to it
 * @param connectTimeout the limit that a connect timeout has reached
 */
record Faults(URI target, ProxySettings proxy, Duration connectTimeout) {
    /** Who was asked: scheme, host and port, and the proxy on the way. */
    String peer() {
        return proxy.peer(target);
    }

    /** The name of the host to connect to: the proxy's, or the target's. */
    String hostToReach() {
        InetSocketAddress address = proxy.addressFor(target);
        return address == null ? target.getHost() : address.getHostString();
    }

    /** The exchange broke before the header fields came. */
    TransportException beforeAnswer(IOException e) {
        if (find(e, HttpConnectTimeoutException.class) != null) {
            String limit = Limit.text(connectTimeout);
            return new TransportException(
                    Reason.CONNECT, peer() + " took no connection within " + limit + " (connect timeout)", e);
        }
        if (find(e, UnresolvedAddressException.class) != null || find(e, UnknownHostException.class) != null) {
            return new TransportException(
                    Reason.CONNECT,
                    peer() + " cannot be reached: the host name does not resolve; check it and the DNS",
                    e);
        }
        ConnectException connect = find(e, ConnectException.class);
        if (connect != null || find(e, NoRouteToHostException.class) != null) {
            return new TransportException(Reason.CONNECT, peer() + " cannot be reached: " + text(e), e);
        }
        SSLException tls = find(e, SSLException.class);
        if (tls != null) {
            return new TransportException(
                    Reason.TLS, peer() + " failed the TLS handshake: " + text(tls) + remedy(tls), e);
        }
        String message = String.valueOf(e.getMessage());
        if (message.startsWith("Tunnel failed") || message.startsWith("Proxy ")) {
            return new TransportException(Reason.CONNECT, peer() + " cannot be reached: " + message, e);
        }
        return broken(" broke the connection before answering: ", e);
    }

    /** The exchange broke within the body. */
    TransportException withinAnswer(Throwable e) {
        return broken(" broke the connection in the middle of its answer: ", e);
    }

    /** A proxy has answered 407. */
    TransportException proxyAuthentication() {
        return new TransportException(
                Reason.CONNECT,
                peer()
                        + " cannot be reached: the proxy wants other credentials (407); give user:password in the proxy's"
                        + " address, and for https targets start Java with -D" + ProxySettings.TUNNEL_SCHEMES + "=",
                null);
    }

    TransportException cancelled() {
        return new TransportException(Reason.CANCELLED, "the call to " + peer() + " was cancelled", null);
    }

    TransportException interrupted() {
        return new TransportException(Reason.CANCELLED, "the thread that called " + peer() + " was interrupted", null);
    }

    TransportException tooLarge(long limit) {
        return new TransportException(Reason.TOO_LARGE, peer() + " sent more than " + limit + " bytes", null);
    }

    TransportException tooLargeEvent(TransportException e) {
        return new TransportException(e.reason(), peer() + ": " + e.getMessage(), null);
    }

    TransportException encoded(String encoding) {
        return new TransportException(
                Reason.BROKEN,
                peer() + " sent its answer in the encoding '" + encoding
                        + "', which was not asked for; a proxy on the way may be doing it",
                null);
    }

    private TransportException broken(String what, Throwable e) {
        if (find(e, ProtocolException.class) != null) {
            // The JDK quotes what came instead of HTTP; that is the peer's text and must not reach a log.
            return new TransportException(Reason.BROKEN, peer() + " did not answer in HTTP", null);
        }
        return new TransportException(Reason.BROKEN, peer() + what + text(e), e);
    }

    private static String remedy(SSLException e) {
        return text(e).contains("PKIX")
                ? "; if a company proxy or a private authority signs the certificate, add it to Java's trust store"
                        + " (-Djavax.net.ssl.trustStore) or pass an SSLContext"
                : "";
    }

    private static String text(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null) {
                return cause.getMessage();
            }
        }
        return e.getClass().getSimpleName();
    }

    private static <T extends Throwable> @Nullable T find(Throwable e, Class<T> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
