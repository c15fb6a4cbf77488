package dev.hypergateway.benchmarks.pieces;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.Choice;
import dev.hypergateway.chat.FinishReason;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Part;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderDescriptor;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.ProviderStream;
import dev.hypergateway.trace.FailureKind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A vendor that costs nothing: always the same answer, without a wire. Thread-safe. */
public final class NoOpProvider implements ChatProvider {
    /** The events of a stream that are text. */
    public static final int EVENTS = 200;

    private static final ProviderDescriptor DESCRIPTOR = new ProviderDescriptor(
            "noop",
            "No-op",
            List.of("noop"),
            List.of("noop"),
            URI.create("http://127.0.0.1:9"),
            "NOOP_API_BASE_URL",
            "NOOP_API_KEY",
            "X-Noop-API-Key");
    private static final List<Model> MODELS = List.of(new Model("noop-model", "noop", null, null));
    private static final Usage USAGE =
            Usage.builder().promptTokens(519).completionTokens(201).build();
    private static final ChatResponse ANSWER = ChatResponse.builder()
            .id("chatcmpl-1")
            .created(Instant.ofEpochSecond(1_764_000_000))
            .model("noop-model")
            .choices(List.of(new Choice(
                    0,
                    Message.Assistant.builder()
                            .content(List.of(Part.text("word ".repeat(100))))
                            .build(),
                    FinishReason.of("stop"),
                    null,
                    Map.of())))
            .usage(USAGE)
            .build();
    private static final List<ChatEvent> STREAM = stream();
    private static final Failure LIMITED = Failure.builder(FailureKind.RATE_LIMITED, "too many requests")
            .httpStatus(429)
            .retryAfter(Duration.ofMillis(1))
            .build();

    private volatile boolean limited;

    @Override
    public ProviderDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public List<Model> models() {
        return MODELS;
    }

    /** Makes the next attempt fail with a rate limit of a millisecond. */
    public void limitNextCall() {
        limited = true;
    }

    @Override
    public ChatResponse chat(ChatRequest request, ProviderCall call) {
        if (limited) {
            limited = false;
            throw new ProviderException(LIMITED);
        }
        return ANSWER;
    }

    @Override
    public ProviderStream stream(ChatRequest request, ProviderCall call) {
        return new Events(STREAM.iterator());
    }

    private static List<ChatEvent> stream() {
        List<ChatEvent> events = new ArrayList<>();
        events.add(new ChatEvent.Start("chatcmpl-1", Instant.ofEpochSecond(1_764_000_000), "noop-model"));
        for (int i = 0; i < EVENTS; i++) {
            events.add(new ChatEvent.TextDelta(0, "some words "));
        }
        events.add(new ChatEvent.Finish(0, FinishReason.of("stop")));
        events.add(new ChatEvent.UsageReport(USAGE));
        return List.copyOf(events);
    }

    private record Events(Iterator<ChatEvent> left) implements ProviderStream {
        @Override
        public @Nullable ChatEvent next() {
            return left.hasNext() ? left.next() : null;
        }

        @Override
        public void close() {}
    }
}
