package dev.hypergateway.benchmarks.pieces;

import dev.hypergateway.transport.SseEvent;
import dev.hypergateway.transport.SseParser;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Server-sent events, cut out of bytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SseParsing {
    private static final int EVENTS = 64;

    private final byte[] bytes =
            ("data: " + "x".repeat(245) + "\n\n").repeat(EVENTS).getBytes(StandardCharsets.US_ASCII);
    private final SseParser parser = new SseParser();

    /** One of many events of 253 bytes that come together. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void parseEvent(Blackhole blackhole) {
        parser.feed(ByteBuffer.wrap(bytes));
        for (SseEvent event = parser.poll(); event != null; event = parser.poll()) {
            blackhole.consume(event);
        }
    }
}
