package dev.hypergateway.transport;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Asks the DNS before the HTTP client does. The client resolves names on its own few threads, where one name server that does
 * not answer would hold up every stream of the process. Asked here, on another thread, the client finds the answer in the JVM's
 * cache, which keeps it for 30 s ({@code networkaddress.cache.ttl}). Thread-safe.
 */
final class NameLookup {
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final int MOST_NAMES = 1000;

    private final Resolver resolver;
    private final ExecutorService threads;
    private final LongSupplier nanoTime;
    private final Map<String, Long> resolvedAt = new ConcurrentHashMap<>();

    /**
     * @param resolver blocks until it knows
     * @param threads runs it
     * @param nanoTime as {@code System::nanoTime}
     */
    NameLookup(Resolver resolver, ExecutorService threads, LongSupplier nanoTime) {
        this.resolver = resolver;
        this.threads = threads;
        this.nanoTime = nanoTime;
    }

    /**
     * Waits until the JVM knows an address; returns at once when it does.
     *
     * @param origin the host of the request
     * @param hostToReach the host to connect to: {@code origin}, or a proxy on the way to it
     * @throws java.net.UnknownHostException when there is no such host
     */
    void resolve(String origin, Supplier<String> hostToReach) throws IOException, InterruptedException {
        Long at = resolvedAt.get(origin);
        if (at != null && nanoTime.getAsLong() - at < FRESH_NANOS) {
            return;
        }
        String host = hostToReach.get();
        try {
            Future<?> answer = threads.submit(() -> {
                resolver.resolve(host);
                return host;
            });
            answer.get();
        } catch (RejectedExecutionException tooManyWait) {
            // Then the HTTP client asks by itself.
            return;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException unknown) {
                throw unknown;
            }
            throw new IllegalStateException("the lookup of a host name has failed", e.getCause());
        }
        if (resolvedAt.size() >= MOST_NAMES) {
            resolvedAt.clear();
        }
        resolvedAt.put(origin, nanoTime.getAsLong());
    }

    /** For example {@code InetAddress::getByName}. */
    @FunctionalInterface
    interface Resolver {
        Object resolve(String host) throws IOException;
    }
}
