package dev.hypergateway.transport;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.http.HttpClient;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The threads of this Java runtime: virtual ones from JDK 24 on, daemon platform threads before. JDK 21 to 23 have virtual
 * threads too, but there one that blocks under {@code synchronized} holds its carrier (JEP 491), and the JDK's HTTP server
 * blocks so. The one class that calls methods younger than Java 17. Stateless and thread-safe.
 */
public final class Threads {
    private static final int MOST_PLATFORM_THREADS = 2048;
    private static final long IDLE_SECONDS = 30;

    /** {@code (String beginningOfNames) -> ExecutorService}; null where virtual threads are missing or pin their carrier. */
    private static final @Nullable MethodHandle VIRTUAL_PER_TASK = virtualPerTask();

    /** {@code HttpClient.shutdownNow()}, JDK 21 and later. */
    private static final @Nullable MethodHandle SHUTDOWN_NOW = shutdownNow();

    private Threads() {}

    /** Whether {@link #perTask(String)} uses virtual threads. */
    public static boolean virtual() {
        return VIRTUAL_PER_TASK != null;
    }

    /**
     * An executor for tasks that block, with a thread for each. Without virtual threads it runs at most 2048 tasks at once and
     * rejects the next with a {@link java.util.concurrent.RejectedExecutionException}; idle threads end after 30 s.
     *
     * @param name beginning of the threads' names
     */
    public static ExecutorService perTask(String name) {
        if (VIRTUAL_PER_TASK == null) {
            return new ThreadPoolExecutor(
                    0, MOST_PLATFORM_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons(name));
        }
        try {
            return (ExecutorService) VIRTUAL_PER_TASK.invokeExact(name + "-");
        } catch (Throwable e) {
            throw new IllegalStateException("no executor of virtual threads, although this JDK has them", e);
        }
    }

    /**
     * A factory of daemon platform threads.
     *
     * @param name beginning of the threads' names; a number follows
     */
    public static ThreadFactory daemons(String name) {
        AtomicLong number = new AtomicLong();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * The executor for a {@code java.net.http.HttpClient}. Its tasks do not block, so a few platform threads do; with the JDK's own
     * choice, a cached pool, a request costs half as much again. The threads end when idle, so nobody has to shut it down.
     */
    static ExecutorService forHttpClient(String name) {
        if (virtual()) {
            return perTask(name);
        }
        int size = Math.max(2, Runtime.getRuntime().availableProcessors());
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size, size, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Ends a client's selector thread and idle connections at once where the JDK can; else they end when it is collected. */
    static void shutDown(HttpClient client) {
        if (SHUTDOWN_NOW == null) {
            return;
        }
        try {
            SHUTDOWN_NOW.invokeExact(client);
        } catch (Throwable e) {
            throw new IllegalStateException("the HTTP client did not shut down", e);
        }
    }

    private static @Nullable MethodHandle virtualPerTask() {
        if (Runtime.version().feature() < 24) {
            return null;
        }
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        try {
            Class<?> builder = Class.forName("java.lang.Thread$Builder$OfVirtual");
            MethodHandle ofVirtual = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(builder));
            MethodHandle name =
                    lookup.findVirtual(builder, "name", MethodType.methodType(builder, String.class, long.class));
            MethodHandle factory = lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class));
            MethodHandle executor = lookup.findStatic(
                    Executors.class,
                    "newThreadPerTaskExecutor",
                    MethodType.methodType(ExecutorService.class, ThreadFactory.class));
            MethodHandle named =
                    MethodHandles.insertArguments(MethodHandles.collectArguments(name, 0, ofVirtual), 1, 0L);
            return MethodHandles.filterReturnValue(MethodHandles.filterReturnValue(named, factory), executor);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static @Nullable MethodHandle shutdownNow() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(HttpClient.class, "shutdownNow", MethodType.methodType(void.class));
        } catch (NoSuchMethodException olderThan21) {
            return null;
        } catch (IllegalAccessException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
