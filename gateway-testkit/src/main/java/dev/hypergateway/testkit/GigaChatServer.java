package dev.hypergateway.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * GigaChat: the host that gives out tokens and the API, both on one port. Scripts and {@link #acceptOnly} go by the authorization
 * key, not by the token made from it. Thread-safe.
 */
public final class GigaChatServer extends VendorServer {
    private final GigaChatDialect dialect;
    private final Map<String, AtomicInteger> inside = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> mostInside = new ConcurrentHashMap<>();
    private volatile int concurrency = Integer.MAX_VALUE;

    private GigaChatServer(GigaChatDialect dialect, ExecutorService threads) throws IOException {
        super(dialect, threads);
        this.dialect = dialect;
    }

    static GigaChatServer start(ExecutorService threads) throws IOException {
        return new GigaChatServer(new GigaChatDialect(), threads);
    }

    /** Address of the chat endpoint: what {@code GIGACHAT_CHAT_URL} takes. */
    public String chatUrl() {
        return baseUri() + "/chat/completions";
    }

    /** Address of the token endpoint: what {@code GIGACHAT_TOKEN_URL} takes. */
    public String tokenUrl() {
        return baseUri().resolve(GigaChatDialect.TOKEN_PATH).toString();
    }

    /** Lets a key have this many chat requests under way; one more gets HTTP 429. Without this there is no limit. */
    public GigaChatServer concurrency(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, was " + limit);
        }
        concurrency = limit;
        return this;
    }

    /** The most chat requests that a key has had under way at the same time. */
    public int mostAtATime(String key) {
        return mostInside.getOrDefault(key, new AtomicInteger()).get();
    }

    /** Gives out tokens that live this long; 30 minutes unless set. */
    public GigaChatServer tokenLifetime(Duration lifetime) {
        dialect.tokens().lifetime(lifetime);
        return this;
    }

    /** Lets all tokens given out so far expire, whatever was said when they were given out. */
    public GigaChatServer expireTokens() {
        dialect.tokens().expire();
        return this;
    }

    /** How often a token was asked for with this key. */
    public int tokenRequests(String key) {
        return (int) requests().stream()
                .filter(request -> isTokenRequest(request) && request.key().equals(Optional.of(key)))
                .count();
    }

    /** How many requests came with this key, without the exchanges that yielded a token. */
    @Override
    public int attempts(String key) {
        return (int) requests().stream()
                .filter(request -> request.key().equals(Optional.of(key)))
                .filter(request -> !isTokenRequest(request) || request.status() != 200)
                .count();
    }

    /** The files that are there at the moment, in the order of their upload. */
    public List<UploadedFile> files() {
        return dialect.files().all();
    }

    @Override
    public VendorServer reset() {
        dialect.reset();
        mostInside.clear();
        concurrency = Integer.MAX_VALUE;
        return super.reset();
    }

    @Override
    boolean enter(RecordedRequest request, Route route) {
        String key = request.key().orElse("");
        if (!route.target().isCall()) {
            return true;
        }
        int now = inside.computeIfAbsent(key, unused -> new AtomicInteger()).incrementAndGet();
        mostInside.computeIfAbsent(key, unused -> new AtomicInteger()).accumulateAndGet(now, Math::max);
        return now <= concurrency;
    }

    @Override
    void leave(RecordedRequest request, Route route) {
        if (route.target().isCall()) {
            inside.computeIfAbsent(request.key().orElse(""), unused -> new AtomicInteger())
                    .decrementAndGet();
        }
    }

    private static boolean isTokenRequest(RecordedRequest request) {
        return request.path().equals(GigaChatDialect.TOKEN_PATH);
    }

    /**
     * An uploaded file.
     *
     * @param id id of the file
     * @param key authorization key that it belongs to
     * @param filename its name
     * @param mimeType its media type
     * @param content its bytes; not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record UploadedFile(String id, String key, String filename, String mimeType, byte[] content) {
        @Override
        public String toString() {
            return "UploadedFile[" + id + ", " + filename + ", " + content.length + " bytes]";
        }
    }
}
