package dev.hypergateway.providers.gigachat;

import dev.hypergateway.benchmarks.measure.Bodies;
import dev.hypergateway.benchmarks.pieces.Answers;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.openai.ChatRequestReader;
import dev.hypergateway.transport.UpstreamHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** GigaChat's form. It stands in the adapter's package, whose classes are nobody else's business. */
@NullMarked
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GigaChatMapping {
    private final ChatRequest small =
            ChatRequestReader.read(Bodies.small("sber/GigaChat-2-Max", false)).request();
    private final byte[] answer = Answers.gigaChat().getBytes(StandardCharsets.UTF_8);

    /** The request, 2 kB. */
    @Benchmark
    public byte[] writeRequest2kB() {
        return GigaChatJson.bytes(
                GigaChatRequestWriter.write(small, "GigaChat-2-Max", false).body());
    }

    /** The answer, 1 kB. */
    @Benchmark
    public ChatResponse readResponse() throws IOException {
        return GigaChatAnswer.read(
                GigaChatJson.parse(answer),
                new GigaChatAnswer(
                        "GigaChat-2-Max", UpstreamHeaders.of(Map.of()), Clock.systemUTC(), () -> new UUID(1, 1)));
    }
}
