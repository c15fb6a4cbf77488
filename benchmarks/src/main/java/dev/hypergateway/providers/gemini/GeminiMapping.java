package dev.hypergateway.providers.gemini;

import dev.hypergateway.benchmarks.measure.Bodies;
import dev.hypergateway.benchmarks.pieces.Answers;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.json.PieceOutput;
import dev.hypergateway.openai.ChatRequestReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Gemini's form. It stands in the adapter's package, whose classes are nobody else's business. */
@NullMarked
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GeminiMapping {
    private final FileStore files = new FileStore(Clock.systemUTC());
    private final SignatureStore signatures = new SignatureStore(Clock.systemUTC(), 1_000_000);
    private final GeminiModelName model = GeminiModelName.of("gemini-2.5-flash");
    private final ChatRequest small = request(Bodies.small("google/gemini-2.5-flash", false));
    private final ChatRequest large = request(Bodies.large("google/gemini-2.5-flash"));
    private final byte[] answer = Answers.gemini().getBytes(StandardCharsets.UTF_8);

    /** The request, 2 kB. */
    @Benchmark
    public PieceOutput writeRequest2kB() {
        return GeminiJson.written(
                GeminiRequestWriter.write(small, model, files, signatures).body());
    }

    /** The request, 200 kB with a picture. */
    @Benchmark
    public PieceOutput writeRequest200kB() {
        return GeminiJson.written(
                GeminiRequestWriter.write(large, model, files, signatures).body());
    }

    /** The answer, 1 kB. */
    @Benchmark
    public ChatResponse readResponse() throws IOException {
        return GeminiResponseReader.read(
                GeminiJson.parse(answer),
                new GeminiAnswer(
                        "gemini-2.5-flash",
                        Instant.EPOCH,
                        new AnswerSignatures(signatures, model, null, () -> "call_1")));
    }

    private static ChatRequest request(byte[] body) {
        return ChatRequestReader.read(body).request();
    }
}
