package dev.hypergateway.server;

import dev.hypergateway.Gateway;
import dev.hypergateway.audit.AuditLog;
import dev.hypergateway.server.chat.TextDefaults;
import dev.hypergateway.server.http.Cors;
import dev.hypergateway.server.http.Heartbeat;
import dev.hypergateway.server.http.Listener;
import dev.hypergateway.server.http.Router;
import dev.hypergateway.transport.Threads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server in front of a {@link Gateway}, on the JDK's own HTTP server. Thread-safe. It does not close the gateway.
 *
 * <p>The JDK's server learns that a client has hung up only when it writes to it. So a client that leaves a stream is noticed
 * within a second once the stream has begun (see {@link Builder#keepAlive}), and one that waits for a whole answer is not: its
 * call runs to the end.
 *
 * <pre>{@code
 * try (GatewayServer server = GatewayServer.builder()
 *         .gateway(gateway)
 *         .gatewayKey("sk-…")
 *         .port(0)
 *         .build()
 *         .start()) {
 *     System.out.println("POST " + server.uri() + "/v1/chat/completions");
 * }
 * }</pre>
 */
public final class GatewayServer implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Builder settings;
    private final Gateway gateway;
    private final Authenticator authenticator;
    private final @Nullable String ownKey;
    private @Nullable Listener listener;
    private @Nullable Heartbeat heartbeat;
    private boolean closed;

    private GatewayServer(Builder settings) {
        this.settings = settings;
        this.gateway = Objects.requireNonNull(settings.gateway, "the server needs a gateway; call gateway(…)");
        if (settings.authenticator == null) {
            String key = GatewayKeys.generate();
            this.ownKey = key;
            this.authenticator = Authenticator.gatewayKey(key);
        } else {
            this.ownKey = settings.gatewayKey;
            this.authenticator = settings.authenticator;
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The version of this software; {@code development} when it does not run from a jar. */
    public static String version() {
        return Objects.requireNonNullElse(GatewayServer.class.getPackage().getImplementationVersion(), "development");
    }

    /**
     * Binds the address and answers from then on.
     *
     * @return this server
     * @throws UncheckedIOException when the address cannot be bound, for example because another program has the port
     * @throws IllegalStateException when the server was started or closed before
     */
    public GatewayServer start() {
        lock.lock();
        try {
            if (listener != null || closed) {
                throw new IllegalStateException("a server starts only once; build another one");
            }
            ExecutorService workers = Threads.perTask("hyper-gateway-http");
            Heartbeat beat = new Heartbeat(workers, settings.firstKeepAlive, settings.keepAlive, settings.writeTimeout);
            try {
                listener = Listener.start(
                        new InetSocketAddress(settings.host, settings.port),
                        router(beat),
                        workers,
                        settings.maxBodyBytes);
            } catch (IOException e) {
                beat.close();
                workers.shutdownNow();
                throw new UncheckedIOException(
                        "cannot listen on " + settings.host + ":" + settings.port + ": " + e.getMessage()
                                + "; choose another port, or 0 for a free one",
                        e);
            }
            heartbeat = beat;
            return this;
        } finally {
            lock.unlock();
        }
    }

    private Router router(Heartbeat beat) {
        Routes routes =
                new Routes(gateway, beat, settings.auditLog, settings.database, settings.texts, Clock.systemUTC());
        return new Router(
                routes.all(),
                new BearerGate(authenticator),
                new Cors(settings.allowedOrigins),
                settings.maxConcurrentRequests,
                Routes::errorForm);
    }

    /**
     * The port that it listens on.
     *
     * @throws IllegalStateException when the server does not run
     */
    public int port() {
        return running().address().getPort();
    }

    /**
     * Where it is reached from this machine, for example {@code http://127.0.0.1:6161}.
     *
     * @throws IllegalStateException when the server does not run
     */
    public URI uri() {
        InetSocketAddress address = running().address();
        String host = address.getAddress().isAnyLocalAddress() ? "127.0.0.1" : settings.host;
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort());
    }

    /** The one gateway key that it accepts, given or made by itself; empty when it has an authenticator. */
    public Optional<String> gatewayKey() {
        return Optional.ofNullable(ownKey);
    }

    /** Refuses further requests with 503, waits for those in flight as long as the shutdown grace allows, and stops. */
    @Override
    public void close() {
        Listener open;
        Heartbeat beat;
        lock.lock();
        try {
            open = listener;
            beat = heartbeat;
            listener = null;
            closed = true;
        } finally {
            lock.unlock();
        }
        if (open != null && beat != null) {
            open.close(settings.shutdownGrace);
            beat.close();
        }
    }

    private Listener running() {
        lock.lock();
        try {
            if (listener == null) {
                throw new IllegalStateException("the server does not run; call start()");
            }
            return listener;
        } finally {
            lock.unlock();
        }
    }

    /** Configures a {@link GatewayServer}. Not thread-safe. */
    public static final class Builder {
        private @Nullable Gateway gateway;
        private String host = "127.0.0.1";
        private int port = 6161;
        private @Nullable Authenticator authenticator;
        private @Nullable String gatewayKey;
        private @Nullable AuditLog auditLog;
        private @Nullable BooleanSupplier database;
        private TextDefaults texts = TextDefaults.of(Map.of());
        private int maxBodyBytes = 32 * 1024 * 1024;
        private int maxConcurrentRequests = Threads.virtual() ? 10_000 : 1024;
        private Duration firstKeepAlive = Duration.ofSeconds(10);
        private Duration keepAlive = Duration.ofMillis(400);
        private Duration writeTimeout = Duration.ofSeconds(60);
        private Duration shutdownGrace = Duration.ofSeconds(30);
        private List<String> allowedOrigins = List.of();

        private Builder() {}

        private Builder(Builder other) {
            gateway = other.gateway;
            host = other.host;
            port = other.port;
            authenticator = other.authenticator;
            gatewayKey = other.gatewayKey;
            auditLog = other.auditLog;
            database = other.database;
            texts = other.texts;
            maxBodyBytes = other.maxBodyBytes;
            maxConcurrentRequests = other.maxConcurrentRequests;
            firstKeepAlive = other.firstKeepAlive;
            keepAlive = other.keepAlive;
            writeTimeout = other.writeTimeout;
            shutdownGrace = other.shutdownGrace;
            allowedOrigins = other.allowedOrigins;
        }

        /** The engine that answers. Required. */
        public Builder gateway(Gateway value) {
            gateway = value;
            return this;
        }

        /** The address to listen on; {@code 127.0.0.1} unless set, {@code 0.0.0.0} for all. */
        public Builder host(String value) {
            host = Objects.requireNonNull(value, "host");
            return this;
        }

        /** The port to listen on; 6161 unless set, 0 for a free one. */
        public Builder port(int value) {
            port = between("port", value, 0, 65_535);
            return this;
        }

        /** Who may call. Without this and without {@link #gatewayKey}, the server makes a key of its own. */
        public Builder authenticator(Authenticator value) {
            authenticator = Objects.requireNonNull(value, "authenticator");
            gatewayKey = null;
            return this;
        }

        /** The one key that callers must send. */
        public Builder gatewayKey(String key) {
            authenticator = Authenticator.gatewayKey(key);
            gatewayKey = key;
            return this;
        }

        /** The trail that {@code /api/v1/activity-logs} shows; without one that address does not exist. */
        public Builder auditLog(AuditLog value) {
            auditLog = value;
            return this;
        }

        /** Tells the health page whether the database is there; asked every two seconds at most. */
        public Builder database(BooleanSupplier reachable) {
            database = reachable;
            return this;
        }

        /**
         * Configuration by environment-variable name: {@code GEMINI_CHAT_MODEL_NAME} and {@code GEMINI_VISION_MODEL_NAME}, the models
         * of {@code generate-text} and {@code extract-text} where a request names none; which pictures vendors take, such as
         * {@code GEMINI_ALLOWED_CONTENT_TYPES}; and {@code HYPER_MAX_PICTURE_BYTES}. Other names are left alone.
         *
         * @throws IllegalArgumentException when one of them makes no sense; the message names it
         */
        public Builder settings(Map<String, String> values) {
            texts = TextDefaults.of(values);
            return this;
        }

        /** Largest request body in bytes; 32 MiB unless set. */
        public Builder maxBodyBytes(int value) {
            maxBodyBytes = between("maxBodyBytes", value, 1, Integer.MAX_VALUE - 16);
            return this;
        }

        /**
         * Most requests that are answered at the same time; further ones get 429. Unless set, 10,000 where each has a virtual thread
         * (JDK 24 and later), else 1024. At most 100,000, or 2000 without virtual threads.
         */
        public Builder maxConcurrentRequests(int value) {
            // Threads.perTask ends at 2048 where there are no virtual threads; the rest is for the answers that say
            // 429.
            maxConcurrentRequests = between("maxConcurrentRequests", value, 1, Threads.virtual() ? 100_000 : 2000);
            return this;
        }

        /**
         * When a stream is silent: how soon the answer is opened by a comment if it has not begun (10 s unless set), and how often
         * comments follow from then on (400 ms unless set). A client that hangs up is noticed by the second comment that cannot
         * be delivered.
         */
        public Builder keepAlive(Duration first, Duration interval) {
            firstKeepAlive = positive("first", first);
            keepAlive = positive("interval", interval);
            return this;
        }

        /** How long a client may take to accept a piece of its stream before it is cut off; 60 s unless set. */
        public Builder writeTimeout(Duration value) {
            writeTimeout = positive("writeTimeout", value);
            return this;
        }

        /** How long {@link GatewayServer#close()} waits for requests in flight; 30 s unless set. */
        public Builder shutdownGrace(Duration value) {
            if (value.isNegative()) {
                throw new IllegalArgumentException("shutdownGrace must not be negative, was " + value);
            }
            shutdownGrace = value;
            return this;
        }

        /** Web origins such as {@code https://app.example.com} whose pages may call, {@code *} for all; none unless set. */
        public Builder allowedOrigins(List<String> values) {
            allowedOrigins = List.copyOf(values);
            return this;
        }

        /**
         * Builds the server; nothing listens before {@link GatewayServer#start()}.
         *
         * @throws NullPointerException when no gateway is given
         */
        public GatewayServer build() {
            return new GatewayServer(new Builder(this));
        }

        private static int between(String name, int value, int least, int most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(name + " must be from " + least + " to " + most + ", was " + value);
            }
            return value;
        }

        private static Duration positive(String name, Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(name + " must be positive, was " + value);
            }
            return value;
        }
    }
}
