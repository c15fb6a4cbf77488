package dev.hypergateway.testkit;

import dev.hypergateway.testkit.wire.ClientGoneException;
import dev.hypergateway.testkit.wire.WireExchange;
import dev.hypergateway.testkit.wire.WireServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One vendor of a {@link VendorSandbox}: a local server with that vendor's wire format, which checks requests as the vendor
 * does, answers them, and records them. Thread-safe; it may be scripted while it serves.
 *
 * <p>A request meets, in this order: the check of its key, the reply that is scripted for the key, else the one scripted for the
 * model, else {@link Reply#ok()}. Where the reply is an answer, the request itself is checked before.
 */
public sealed class VendorServer permits GeminiServer, GigaChatServer {
    private static final Logger log = LoggerFactory.getLogger(VendorServer.class);

    private final Dialect dialect;
    private final WireServer server;
    private final Map<String, Script<Reply>> keyScripts = new ConcurrentHashMap<>();
    private final Map<String, Script<Reply>> modelScripts = new ConcurrentHashMap<>();
    private final RequestLog requests = new RequestLog();
    private final AtomicInteger active = new AtomicInteger();
    private volatile @Nullable Set<String> acceptedKeys;
    private volatile List<String> models;
    private volatile Function<SandboxRequest, SandboxAnswer> answerer = DefaultAnswerer.INSTANCE;

    VendorServer(Dialect dialect, ExecutorService threads) throws IOException {
        this.dialect = dialect;
        this.models = dialect.models();
        this.server = WireServer.start(threads, this::handle);
    }

    /** Address of the API, without a slash at the end: what the vendor's base URL setting takes. */
    public URI baseUri() {
        return URI.create("http://" + server.host() + ":" + server.port() + dialect.basePath());
    }

    /**
     * Scripts the replies to requests for an answer, vectors or pictures with this key, which is a known key from here on. They are
     * used in order, the last one repeats; a script given earlier for the same key is dropped. Other requests, such as model
     * lists, use up no reply; they meet the one in line if it is an error.
     */
    public VendorServer script(String key, Reply... replies) {
        keyScripts.put(Objects.requireNonNull(key, "key"), new Script<>(List.of(replies)));
        return this;
    }

    /** Scripts the replies to chat requests for this model with keys that have no script. */
    public VendorServer scriptModel(String model, Reply... replies) {
        modelScripts.put(Objects.requireNonNull(model, "model"), new Script<>(List.of(replies)));
        return this;
    }

    /** Knows only these keys and the scripted ones; any other gets the vendor's error. Without this every key is good. */
    public VendorServer acceptOnly(String... keys) {
        acceptedKeys = Set.of(keys);
        return this;
    }

    /** Replaces the list of models. */
    public VendorServer models(String... names) {
        models = List.of(names);
        return this;
    }

    /**
     * Answers by this function in place of the default one, which says {@code You said: …} and follows the directives that are
     * described at {@link VendorSandbox}. Called concurrently.
     */
    public VendorServer answerer(Function<SandboxRequest, SandboxAnswer> function) {
        answerer = Objects.requireNonNull(function, "function");
        return this;
    }

    /** All requests so far in the order of their arrival. */
    public List<RecordedRequest> requests() {
        return requests.all();
    }

    /** The latest request. Throws {@link IllegalStateException} when there was none. */
    public RecordedRequest lastRequest() {
        List<RecordedRequest> all = requests.all();
        if (all.isEmpty()) {
            throw new IllegalStateException("no request has arrived at " + dialect.name());
        }
        return all.get(all.size() - 1);
    }

    /** How many requests came with this key. */
    public int attempts(String key) {
        return (int) requests.count(request -> request.key().equals(Optional.of(key)));
    }

    /** Connections that are open, busy or idle. */
    public int openConnections() {
        return server.openConnections();
    }

    /** Responses that are being sent at the moment. */
    public int activeStreams() {
        return active.get();
    }

    /**
     * Waits until a client has hung up on a response that was not complete.
     *
     * @return whether that happened in time
     */
    public boolean awaitAbort(Duration timeout) {
        return awaitAny(request -> request.end() == RecordedRequest.End.ABORTED, timeout);
    }

    /**
     * Waits until this many requests have arrived.
     *
     * @return whether they came in time
     */
    public boolean awaitRequests(int count, Duration timeout) {
        return requests.await(all -> all.size() >= count, timeout);
    }

    /**
     * Waits until no response is being sent.
     *
     * @return whether that was so in time
     */
    public boolean awaitIdle(Duration timeout) {
        return requests.await(
                all -> active.get() == 0
                        && all.stream().noneMatch(request -> request.end() == RecordedRequest.End.OPEN),
                timeout);
    }

    /** Forgets the recorded requests and keeps the scripts. */
    public VendorServer forgetRequests() {
        requests.clear();
        return this;
    }

    /** Forgets requests, scripts, keys, models and the answering function; connections stay. */
    public VendorServer reset() {
        keyScripts.clear();
        modelScripts.clear();
        acceptedKeys = null;
        models = dialect.models();
        answerer = DefaultAnswerer.INSTANCE;
        return forgetRequests();
    }

    @Override
    public String toString() {
        return "VendorServer[" + dialect.name() + " at " + baseUri() + "]";
    }

    void close() {
        server.close();
    }

    private boolean awaitAny(Predicate<RecordedRequest> condition, Duration timeout) {
        return requests.await(all -> all.stream().anyMatch(condition), timeout);
    }

    private void handle(WireExchange exchange) throws IOException {
        Route route = dialect.route(exchange.request());
        RecordedRequest recorded =
                new RecordedRequest(exchange.request(), dialect.key(exchange.request()), route.model());
        active.incrementAndGet();
        requests.add(recorded);
        RecordedRequest.End end = RecordedRequest.End.BROKEN;
        boolean entered = enter(recorded, route);
        try {
            end = reply(exchange, recorded, route, entered);
        } catch (ClientGoneException e) {
            end = server.isClosed() ? RecordedRequest.End.BROKEN : RecordedRequest.End.ABORTED;
            throw e;
        } finally {
            leave(recorded, route);
            active.decrementAndGet();
            recorded.ended(end);
            requests.changed();
            log.debug("{}: {}", dialect.name(), recorded);
        }
    }

    /** Notes that a request begins; false when it is one too many at a time. */
    boolean enter(RecordedRequest request, Route route) {
        return true;
    }

    /** Notes that a request has ended. */
    void leave(RecordedRequest request, Route route) {}

    private RecordedRequest.End reply(WireExchange exchange, RecordedRequest recorded, Route route, boolean entered)
            throws IOException {
        WireResponse refusal = dialect.refusal(exchange.request());
        Reply reply = refusal != null ? Reply.ok() : entered ? choose(recorded, route) : Reply.rateLimited();
        Player player = new Player(dialect, exchange, recorded, route, reply);
        Outcome outcome = reply.outcome();
        if (refusal != null) {
            return player.whole(refusal);
        } else if (outcome instanceof Outcome.Hang) {
            return player.hang();
        } else if (outcome instanceof Outcome.Reset) {
            return player.reset();
        } else if (outcome instanceof Outcome.Raw raw) {
            return player.raw(raw);
        } else if (outcome instanceof Outcome.Refusal error) {
            return player.whole(dialect.error(error, route, recorded.key().orElse(null)));
        } else if (route.target() != Route.Target.CHAT) {
            return player.other((Outcome.Answer) outcome, dialect.other(exchange.request(), route, models));
        }
        try {
            SandboxRequest request = dialect.read(exchange.request(), route, models);
            SandboxAnswer answer = Limits.apply(request, answerer.apply(request));
            return player.answer((Outcome.Answer) outcome, request, answer);
        } catch (Rejection e) {
            return player.whole(e.response());
        }
    }

    private Reply choose(RecordedRequest recorded, Route route) {
        if (route.target() == Route.Target.NOTHING) {
            return Reply.ok();
        }
        String key = recorded.key().orElse(null);
        if (key == null) {
            return Reply.missingKey();
        }
        Script<Reply> script = keyScripts.get(key);
        if (script == null && !accepts(key)) {
            return Reply.invalidKey();
        }
        if (script == null && route.model() != null) {
            script = modelScripts.get(route.model());
        }
        if (script == null) {
            return Reply.ok();
        }
        if (route.target().isCall()) {
            return script.next();
        }
        Reply inLine = script.peek();
        if (route.target() == Route.Target.TOKEN) {
            // Nobody gets a token for a key that is not one; everything else is said at the API.
            boolean aboutKey = inLine.outcome() instanceof Outcome.Refusal error
                    && (error.error() == VendorError.INVALID_KEY || error.error() == VendorError.LEAKED_KEY);
            return aboutKey ? script.next() : Reply.ok();
        }
        return inLine.outcome() instanceof Outcome.Answer ? Reply.ok() : inLine;
    }

    private boolean accepts(String key) {
        Set<String> accepted = acceptedKeys;
        return accepted == null || accepted.contains(key);
    }
}
