package dev.hypergateway.testkit;

import dev.hypergateway.testkit.wire.WireRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A request as it arrived at a sandbox vendor, and what became of its response. Thread-safe; {@link #end()} and the figures of
 * the response change until the response has ended. {@code toString()} shows neither key nor content.
 */
public final class RecordedRequest {
    private final WireRequest request;
    private final @Nullable String key;
    private final @Nullable String model;
    private final long startNanos = System.nanoTime();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile End end = End.OPEN;
    private volatile int status;
    private volatile int chunksSent;
    private volatile long endNanos;

    RecordedRequest(WireRequest request, @Nullable String key, @Nullable String model) {
        this.request = request;
        this.key = key;
        this.model = model;
    }

    /** For example {@code POST}. */
    public String method() {
        return request.method();
    }

    /** Raw path without the query, for example {@code /v1/chat/completions}. */
    public String path() {
        return request.path();
    }

    /** Raw query without the question mark; empty when there was none. */
    public String query() {
        return request.query();
    }

    /** All header fields; names are looked up without case. */
    public Map<String, List<String>> headers() {
        return request.headers().toMap();
    }

    /** The first value of a header field. */
    public Optional<String> header(String name) {
        return request.headers().first(name);
    }

    /** The API key, wherever it was given. */
    public Optional<String> key() {
        return Optional.ofNullable(key);
    }

    /** The model asked for, as the vendor names it. */
    public Optional<String> model() {
        return Optional.ofNullable(model);
    }

    /** The body as UTF-8. */
    public String body() {
        return request.text();
    }

    /** The bytes of the body. */
    public byte[] bodyBytes() {
        return request.body().clone();
    }

    /** The body as a JSON object; empty when it is not one. */
    public Map<String, Object> json() {
        return Json.object(request.body());
    }

    /** What became of the response. */
    public End end() {
        return end;
    }

    /** The status that was sent; 0 before that, and when none was. */
    public int status() {
        return status;
    }

    /** How many chunks of the answer were written; 0 for responses that are not streamed. */
    public int chunksSent() {
        return chunksSent;
    }

    /** From the arrival of the request to the end of its response; empty while that is open. */
    public Optional<Duration> duration() {
        return end == End.OPEN ? Optional.empty() : Optional.of(Duration.ofNanos(endNanos - startNanos));
    }

    /**
     * Waits for the end of the response.
     *
     * @return whether it came in time
     */
    public boolean awaitEnd(Duration timeout) {
        try {
            return ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public String toString() {
        return "RecordedRequest[" + request + ", model=" + model + ", status=" + status + ", " + end + "]";
    }

    void statusSent(int value) {
        status = value;
    }

    void chunksSent(int count) {
        chunksSent = count;
    }

    void ended(End value) {
        if (ended.getCount() > 0) {
            endNanos = System.nanoTime();
            end = Objects.requireNonNull(value, "value");
            ended.countDown();
        }
    }

    /** How a response ended. */
    public enum End {
        /** It has not ended. */
        OPEN,
        /** All of it was written. */
        COMPLETED,
        /** The client hung up first. */
        ABORTED,
        /** The sandbox broke it off: a scripted fault, or the sandbox was closed. */
        BROKEN
    }
}
