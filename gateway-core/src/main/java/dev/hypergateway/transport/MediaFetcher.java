package dev.hypergateway.transport;

import dev.hypergateway.transport.TransportException.Reason;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Fetches what a caller's request points to, for vendors that do not fetch it themselves: pictures, sound, documents. The address
 * comes from a stranger, so it must not reach into the network that this process stands in: only {@code http} and
 * {@code https}, only hosts all of whose addresses are public, checked after resolution and again after every redirect. The
 * connection goes to the very address that was checked, so a host name that resolves differently a moment later gains nothing.
 * Where a proxy leads out, the proxy connects and its own rules hold beside the check made here. Thread-safe.
 */
public final class MediaFetcher {
    private static final int MOST_REDIRECTS = 5;
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Timeouts TIMEOUTS = new Timeouts(LIMIT, LIMIT, LIMIT, LIMIT);
    private static final Map<String, String> HEADERS = Map.of("Accept", "*/*", "User-Agent", "hyper-ai-gateway");

    private static final Executor LOOKUPS = Threads.perTask("hyper-gateway-media-dns");

    private static final MediaFetcher PUBLIC_ONLY = new MediaFetcher(PublicAddress::is, MediaFetcher::javasTls);

    private final Predicate<InetAddress> allowed;

    private final Supplier<SSLSocketFactory> tls;

    /** @param tls whom to trust */
    MediaFetcher(Predicate<InetAddress> allowed, Supplier<SSLSocketFactory> tls) {
        this.allowed = allowed;
        this.tls = tls;
    }

    /** Fetches from the open Internet only. */
    public static MediaFetcher publicOnly() {
        return PUBLIC_ONLY;
    }

    /** Fetches from addresses for which {@code rule} holds, in place of public ones. */
    public static MediaFetcher allowing(Predicate<InetAddress> rule) {
        return new MediaFetcher(Objects.requireNonNull(rule, "rule"), MediaFetcher::javasTls);
    }

    /**
     * Fetches one address, within 30 s and within what is left of the attempt.
     *
     * @param address as the caller wrote it
     * @param maxBytes most bytes that are read; more are an error
     * @param http whose proxy to use
     * @throws MediaFetchException when the address is refused, cannot be reached, answers with an error or with too much
     * @throws TransportException when the call is cancelled or its time over
     */
    public Media fetch(String address, int maxBytes, UpstreamClient http, AttemptControl control) {
        URI uri = parse(address);
        Duration left = control.remaining();
        boolean callEndsFirst = left.compareTo(LIMIT) <= 0;
        AttemptControl limited = new AttemptControl(TIMEOUTS, left, control.cancellation());
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            UpstreamResponse response = get(uri, maxBytes, http, limited, callEndsFirst);
            if (!isRedirect(response.status())) {
                return media(uri, response, maxBytes);
            }
            uri = target(uri, response.headers());
        }
        throw new MediaFetchException(
                "fetching from " + uri.getHost() + " led to more than " + MOST_REDIRECTS + " redirects", null);
    }

    /** @param callEndsFirst whether a limit that is reached is the call's, not the one for fetching */
    private UpstreamResponse get(
            URI uri, int maxBytes, UpstreamClient http, AttemptControl limited, boolean callEndsFirst) {
        try {
            List<InetAddress> addresses = resolve(uri, limited);
            check(uri, addresses);
            if (hasProxy(http, uri)) {
                // Some names only the proxy can resolve.
                return http.send(UpstreamRequest.get(uri, HEADERS), limited);
            }
            if (addresses.isEmpty()) {
                throw new MediaFetchException("the host " + uri.getHost() + " does not exist", null);
            }
            return PinnedGet.send(uri, addresses, tls.get(), HEADERS, maxBytes, limited);
        } catch (TransportException e) {
            boolean callIsOver = callEndsFirst && e.reason() == Reason.TOTAL_TIMEOUT;
            if (callIsOver || limited.cancellation().isCancelled()) {
                throw e;
            }
            throw new MediaFetchException("could not be fetched: " + e.getMessage(), e);
        }
    }

    private static Media media(URI uri, UpstreamResponse response, int maxBytes) {
        if (!response.isSuccess()) {
            throw new MediaFetchException(uri.getHost() + " answered with HTTP " + response.status(), null);
        }
        if (response.body().length > maxBytes) {
            throw tooLarge(uri, maxBytes);
        }
        String type = response.headers().first("Content-Type").orElse(null);
        return new Media(mimeType(type), response.body());
    }

    static MediaFetchException tooLarge(URI uri, int maxBytes) {
        return new MediaFetchException(
                uri.getHost() + " sent more than the " + maxBytes + " bytes that are allowed here; use a smaller file",
                null);
    }

    private static @Nullable String mimeType(@Nullable String contentType) {
        return contentType == null ? null : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private static URI target(URI from, UpstreamHeaders headers) {
        String location = headers.first("Location")
                .orElseThrow(
                        () -> new MediaFetchException(from.getHost() + " redirects without saying where to", null));
        try {
            return checked(from.resolve(location.strip().replace(" ", "%20")));
        } catch (IllegalArgumentException e) {
            throw new MediaFetchException(from.getHost() + " redirects to something that is not an address", e);
        }
    }

    private static URI parse(String address) {
        try {
            return checked(URI.create(address.strip()));
        } catch (IllegalArgumentException e) {
            throw new MediaFetchException("not a URL; give one such as https://example.com/picture.jpg", null);
        }
    }

    private static URI checked(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new MediaFetchException("only http, https and data URLs can be used, not " + scheme + ":", null);
        }
        if (uri.getHost() == null) {
            throw new MediaFetchException("the URL names no host that can be understood", null);
        }
        if (uri.getRawUserInfo() != null) {
            throw new MediaFetchException("a URL with a user name or password is not fetched", null);
        }
        return uri;
    }

    private static boolean hasProxy(UpstreamClient http, URI uri) {
        return http.proxy().selector().select(uri).stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT);
    }

    /** The addresses of a host, none if it does not exist. The JDK's lookup cannot be interrupted, so another thread waits for it. */
    private static List<InetAddress> resolve(URI uri, AttemptControl control) {
        String host = host(uri);
        CompletableFuture<List<InetAddress>> lookup = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return List.of(InetAddress.getAllByName(host));
                    } catch (UnknownHostException e) {
                        return List.of();
                    }
                },
                LOOKUPS);
        control.await(lookup, "the address of " + host);
        return lookup.join();
    }

    /** One address that is not public is enough: the name is at least suspicious. */
    private void check(URI uri, List<InetAddress> addresses) {
        for (InetAddress address : addresses) {
            if (!allowed.test(address)) {
                throw new MediaFetchException(
                        "the host " + uri.getHost()
                                + " is not on the public Internet, and nothing else is fetched from here; send the content"
                                + " as a data: URL",
                        null);
            }
        }
    }

    private static SSLSocketFactory javasTls() {
        return (SSLSocketFactory) SSLSocketFactory.getDefault();
    }

    private static String host(URI uri) {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /**
     * What was fetched. The array is not copied and must not be changed.
     *
     * @param mimeType what the server calls it, in lower case and without parameters; null when it does not say
     * @param body the content
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Media(@Nullable String mimeType, byte[] body) {
        @Override
        public String toString() {
            return "Media[" + mimeType + ", " + body.length + " bytes]";
        }
    }
}
