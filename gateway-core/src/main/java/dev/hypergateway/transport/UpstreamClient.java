package dev.hypergateway.transport;

import dev.hypergateway.transport.Cancellation.Registration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to vendors over HTTP/1.1. Thread-safe; share one per process, so that connections are reused.
 *
 * <p>It sends each request once: there is no retry, no redirect, no cookie. (Only the JDK itself repeats a GET or HEAD whose
 * pooled connection turns out to be closed.) A POST on a connection that the vendor has just closed fails as
 * {@link TransportException.Reason#BROKEN}; sending it again is the caller's decision. To make that rare on JDK 17, which keeps
 * idle connections for 20 minutes, start Java with {@code -Djdk.httpclient.keepalive.timeout=30} (seconds; the default of later
 * JDKs). It can be set for the process only.
 *
 * <p>The calls block the calling thread and no other; interrupting it, or throwing the {@link Cancellation} of its
 * {@link AttemptControl}, ends the call and closes its connection.
 */
public final class UpstreamClient implements AutoCloseable {
    private final Duration connectTimeout;
    private final int maxBodyBytes;
    private final ProxySettings proxy;
    private final Map<SSLContext, UpstreamClient> others = new ConcurrentHashMap<>();
    private final Sender sender;

    private UpstreamClient(Builder builder) {
        connectTimeout = builder.connectTimeout;
        maxBodyBytes = builder.maxBodyBytes;
        proxy = builder.proxy;
        proxy.allowTunnelCredentials();
        HttpClient.Builder http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout)
                .executor(Threads.forHttpClient("hyper-gateway-upstream"))
                .proxy(proxy.selector());
        if (builder.sslContext != null) {
            http.sslContext(builder.sslContext);
        }
        sender = new Sender(
                http.build(),
                Threads.virtual()
                        ? null
                        : new NameLookup(
                                InetAddress::getByName, Threads.perTask("hyper-gateway-dns"), System::nanoTime));
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Sends a request and reads the whole answer, of any status. The smaller one of the limits for headers and for everything
     * covers all of it. A body in gzip, which is never asked for, is unpacked.
     *
     * @throws TransportException when there is no complete answer
     * @throws IllegalArgumentException when the request cannot be sent as it is: an address that is not http or https, or a
     *     header field with characters that HTTP forbids
     */
    public UpstreamResponse send(UpstreamRequest request, AttemptControl control) {
        Faults faults = faults(request.uri());
        WholeBody body = new WholeBody(maxBodyBytes);
        Reply<byte[]> reply = sender.send(httpRequest(request), control, faults, body);
        control.answered(reply.headers());
        if (body.isTooLarge()) {
            throw faults.tooLarge(maxBodyBytes);
        }
        byte[] bytes = reply.body();
        if (bytes == null) {
            throw faults.withinAnswer(Objects.requireNonNull(reply.failure(), "failure"));
        }
        UpstreamHeaders headers = reply.headers();
        return new UpstreamResponse(reply.head().statusCode(), headers, decoded(bytes, headers, faults));
    }

    /**
     * Sends a request and returns as soon as the header fields have arrived, of any status. The caller closes the stream.
     *
     * @throws TransportException when no status line comes
     * @throws IllegalArgumentException as {@link #send}
     */
    public UpstreamStream open(UpstreamRequest request, AttemptControl control) {
        Faults faults = faults(request.uri());
        StreamBody body = new StreamBody();
        Reply<StreamBody> reply;
        try {
            reply = sender.send(httpRequest(request), control, faults, body);
        } catch (TransportException e) {
            body.abort();
            throw e;
        }
        control.answered(reply.headers());
        if (reply.failure() != null) {
            body.onError(reply.failure());
        }
        Registration registration = sender.register(body::abort, control.cancellation());
        return new HttpUpstreamStream(reply.head().statusCode(), reply.headers(), body, control, faults, registration);
    }

    /**
     * A client like this one that trusts, and appears, as {@code context} says: for a vendor whose certificates come from an
     * authority of its own. The same one for the same context every time; it is closed together with this one.
     */
    public UpstreamClient with(SSLContext context) {
        UpstreamClient other = others.computeIfAbsent(
                context,
                unused -> new Builder()
                        .connectTimeout(connectTimeout)
                        .maxBodyBytes(maxBodyBytes)
                        .proxy(proxy)
                        .sslContext(context)
                        .build());
        if (sender.isClosed()) {
            other.close();
        }
        return other;
    }

    /** The way out. */
    ProxySettings proxy() {
        return proxy;
    }

    /** Ends the calls in progress as if they were cancelled, and closes all connections. Later calls are refused. */
    @Override
    public void close() {
        sender.close();
        others.values().forEach(UpstreamClient::close);
    }

    private HttpRequest httpRequest(UpstreamRequest request) {
        HttpRequest.Builder http;
        try {
            http = HttpRequest.newBuilder(request.uri());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not an http or https address: " + request, e);
        }
        String authorization = proxy.authorization(request.uri());
        if (authorization != null) {
            http.setHeader("Proxy-Authorization", authorization);
        }
        request.headers().forEach((name, value) -> setHeader(http, name, value));
        return http.method(request.method(), WholeRequest.publisher(request.body()))
                .build();
    }

    private static void setHeader(HttpRequest.Builder http, String name, String value) {
        try {
            http.setHeader(name, value);
        } catch (IllegalArgumentException e) {
            // Not the cause: the JDK quotes the value, which may be a key.
            throw new IllegalArgumentException("header field '" + name
                    + "' cannot be sent: HTTP forbids characters in it, or the JDK keeps it to itself");
        }
    }

    private byte[] decoded(byte[] body, UpstreamHeaders headers, Faults faults) {
        String encoding = headers.first("Content-Encoding").orElse("identity");
        if (body.length == 0 || encoding.equalsIgnoreCase("identity")) {
            return body;
        }
        if (!Gzip.isAnnounced(headers)) {
            throw faults.encoded(encoding);
        }
        byte[] decoded;
        try {
            decoded = Gzip.decode(body, maxBodyBytes + 1);
        } catch (IOException e) {
            throw faults.withinAnswer(e);
        }
        if (decoded.length > maxBodyBytes) {
            throw faults.tooLarge(maxBodyBytes);
        }
        return decoded;
    }

    private Faults faults(URI uri) {
        return new Faults(uri, proxy, connectTimeout);
    }

    /** Configures an {@link UpstreamClient}. Not thread-safe. */
    public static final class Builder {
        private Duration connectTimeout = Duration.ofSeconds(10);
        private int maxBodyBytes = 64 * 1024 * 1024;
        private ProxySettings proxy = ProxySettings.ofJvm();
        private @Nullable SSLContext sslContext;

        private Builder() {}

        /** How long a TCP connection may take; 10 s unless set. */
        public Builder connectTimeout(Duration value) {
            if (value.isZero() || value.isNegative()) {
                throw new IllegalArgumentException("connectTimeout must be positive, was " + value);
            }
            connectTimeout = value;
            return this;
        }

        /** Most bytes of an answer that is read whole, unpacked; 64 MiB unless set. */
        public Builder maxBodyBytes(int value) {
            if (value < 1 || value == Integer.MAX_VALUE) {
                throw new IllegalArgumentException("maxBodyBytes must be from 1 to 2147483646, was " + value);
            }
            maxBodyBytes = value;
            return this;
        }

        /** Whom to trust, and as whom to appear, in TLS; Java's default unless set. */
        public Builder sslContext(SSLContext value) {
            sslContext = Objects.requireNonNull(value, "sslContext");
            return this;
        }

        /** The way out; {@link ProxySettings#ofJvm()} unless set. */
        public Builder proxy(ProxySettings value) {
            proxy = Objects.requireNonNull(value, "proxy");
            return this;
        }

        /** A client with these settings. */
        public UpstreamClient build() {
            return new UpstreamClient(this);
        }
    }
}
