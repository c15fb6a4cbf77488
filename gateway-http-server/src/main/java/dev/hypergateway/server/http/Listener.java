package dev.hypergateway.server.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listening JDK server that hands its exchanges to a {@link Router}. Thread-safe. */
public final class Listener implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Listener.class);

    // The JDK's 50 makes clients wait for a second when many connect at once.
    private static final int BACKLOG = 4096;

    static {
        // Read once, when the server class is loaded. Without the first, JDK 17 delays each answer by 40 ms (Nagle's
        // algorithm
        // against delayed acknowledgements); by the second's default of 200 the server closes connections under busy
        // clients.
        preset("sun.net.httpserver.nodelay", "true");
        preset("sun.net.httpserver.maxIdleConnections", "10000");
        preset("sun.net.httpserver.idleInterval", "300");
        // Seconds, whatever the JDK's documentation says: the longest time a client may take to send its request. Its
        // counterpart maxRspTime would cut live streams.
        preset("sun.net.httpserver.maxReqTime", "60");
    }

    private final HttpServer server;
    private final Router router;
    private final ExecutorService workers;
    private final int maxBodyBytes;
    private final InFlight inFlight = new InFlight();

    private Listener(HttpServer server, Router router, ExecutorService workers, int maxBodyBytes) {
        this.server = server;
        this.router = router;
        this.workers = workers;
        this.maxBodyBytes = maxBodyBytes;
    }

    /**
     * Binds the address and starts to answer.
     *
     * @param address where to listen; port 0 takes a free one
     * @param router answers
     * @param workers run the handlers, one thread each for as long as the answer takes; ended by {@link #close}
     * @param maxBodyBytes largest request body
     * @throws IOException when the address cannot be bound
     */
    public static Listener start(InetSocketAddress address, Router router, ExecutorService workers, int maxBodyBytes)
            throws IOException {
        HttpServer server = HttpServer.create(address, BACKLOG);
        Listener listener = new Listener(server, router, workers, maxBodyBytes);
        server.setExecutor(workers);
        server.createContext("/", listener::handle);
        server.start();
        // The name tells when another provider on the class path took the JDK's place, which happens without a word.
        log.info(
                "Listening on {} with {}",
                server.getAddress(),
                server.getClass().getName());
        return listener;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /**
     * Refuses further requests, waits for those in flight and closes all connections.
     *
     * @param grace the longest wait
     */
    public void close(Duration grace) {
        int left = inFlight.drain(grace);
        if (left > 0) {
            log.warn("Closing although {} requests are not answered after {} s", left, grace.toSeconds());
        }
        // Any other delay is always waited for in full on JDK 17.
        server.stop(0);
        workers.shutdownNow();
    }

    @Override
    public void close() {
        close(Duration.ZERO);
    }

    private void handle(HttpExchange http) throws IOException {
        Exchange exchange = new Exchange(http, maxBodyBytes);
        if (!inFlight.enter()) {
            exchange.endConnection();
            router.refuse(exchange);
            return;
        }
        try {
            router.handle(exchange);
        } finally {
            inFlight.leave();
        }
    }

    private static void preset(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
