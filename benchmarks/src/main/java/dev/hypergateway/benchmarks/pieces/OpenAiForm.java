package dev.hypergateway.benchmarks.pieces;

import dev.hypergateway.benchmarks.measure.Bodies;
import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.openai.ChatRequestReader;
import dev.hypergateway.openai.ChatRequestWriter;
import dev.hypergateway.openai.ChatResponseReader;
import dev.hypergateway.openai.ChatResponseWriter;
import dev.hypergateway.openai.ChunkReader;
import dev.hypergateway.openai.ChunkWriter;
import dev.hypergateway.openai.IncomingChat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** OpenAI's JSON, read and written; also the whole mapping of vendors that speak its dialect. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OpenAiForm {
    private static final String CHUNK = """
            {"id":"chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT","object":"chat.completion.chunk","created":1764000000,\
            "model":"grok-4-0709","choices":[{"index":0,"delta":{"content":"some words of an answer"},\
            "finish_reason":null}],"system_fingerprint":"fp_3a7881249c"}""";

    private final byte[] small = Bodies.small("x-ai/grok-4", false);
    private final byte[] large = Bodies.large("x-ai/grok-4");
    private final ChatRequest smallRequest = ChatRequestReader.read(small).request();
    private final ChatRequest largeRequest = ChatRequestReader.read(large).request();
    private final byte[] answer = Answers.openAi().getBytes(StandardCharsets.UTF_8);
    private final ChatResponse response = ChatResponseReader.read(answer);
    private final ChunkReader chunkReader = new ChunkReader();
    private final ChunkWriter chunkWriter = new ChunkWriter("x-ai/grok-4", false);
    private final ChatEvent text = new ChatEvent.TextDelta(0, "some words of an answer");

    /** A client's request of 2 kB. */
    @Benchmark
    public IncomingChat readRequest2kB() {
        return ChatRequestReader.read(small);
    }

    /** A client's request of 200 kB. */
    @Benchmark
    public IncomingChat readRequest200kB() {
        return ChatRequestReader.read(large);
    }

    /** The request for xAI or Perplexity, 2 kB. */
    @Benchmark
    public byte[] writeRequest2kB() {
        return ChatRequestWriter.write(smallRequest, "grok-4", false, true);
    }

    /** The request for xAI or Perplexity, 200 kB. */
    @Benchmark
    public byte[] writeRequest200kB() {
        return ChatRequestWriter.write(largeRequest, "grok-4", false, true);
    }

    /** A vendor's answer of 1 kB. */
    @Benchmark
    public ChatResponse readResponse() {
        return ChatResponseReader.read(answer);
    }

    /** The answer for the client. */
    @Benchmark
    public byte[] writeResponse() {
        return ChatResponseWriter.write(response);
    }

    /** A vendor's chunk. */
    @Benchmark
    public List<ChatEvent> readChunk() {
        return chunkReader.read(CHUNK);
    }

    /** A chunk for the client. */
    @Benchmark
    public byte[] writeChunk() {
        return Objects.requireNonNull(chunkWriter.write(text));
    }
}
