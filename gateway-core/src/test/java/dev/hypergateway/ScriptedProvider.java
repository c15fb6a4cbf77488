package dev.hypergateway;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.ChatResponseAssembler;
import dev.hypergateway.chat.FinishReason;
import dev.hypergateway.embedding.EmbeddingRequest;
import dev.hypergateway.embedding.EmbeddingResponse;
import dev.hypergateway.image.ImageRequest;
import dev.hypergateway.image.ImageResponse;
import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.provider.EmbeddingProvider;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.ImageProvider;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderDescriptor;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.ProviderStream;
import dev.hypergateway.trace.FailureKind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A vendor in memory: what happens with a key is a script of steps, of which the last one repeats. */
public class ScriptedProvider implements ChatProvider {
    private final ProviderDescriptor descriptor;
    private List<Model> models;
    private @Nullable Function<EmbeddingRequest, EmbeddingResponse> embedder;
    private @Nullable Function<ImageRequest, ImageResponse> painter;
    private final Map<String, Deque<Step>> scripts = new ConcurrentHashMap<>();
    private final List<String> attempts = new CopyOnWriteArrayList<>();

    public ScriptedProvider(String id) {
        descriptor = new ProviderDescriptor(
                id,
                "Vendor " + id,
                List.of(id),
                List.of(id),
                URI.create("https://" + id + ".example"),
                id.toUpperCase(java.util.Locale.ROOT) + "_BASE_URL",
                id.toUpperCase(java.util.Locale.ROOT) + "_API_KEY",
                "X-" + id + "-API-Key");
        models = List.of(new Model(id + "-1", id, null, 1000));
    }

    /** The models to list, in place of the usual one; before a gateway is built. */
    public ScriptedProvider offering(Model... offered) {
        models = List.of(offered);
        return this;
    }

    /** Lets the vendor embed: when the step of a key does not fail, this answers. */
    public ScriptedProvider embedding(Function<EmbeddingRequest, EmbeddingResponse> answer) {
        embedder = answer;
        return this;
    }

    /** Lets the vendor make pictures: when the step of a key does not fail, this answers. */
    public ScriptedProvider painting(Function<ImageRequest, ImageResponse> answer) {
        painter = answer;
        return this;
    }

    /** What to do with a key, by its secret; a step for {@code *} holds for all keys without a script. */
    public ScriptedProvider on(String secret, Step... steps) {
        scripts.put(secret, new ArrayDeque<>(List.of(steps)));
        return this;
    }

    /** The secrets of all attempts in order. */
    public List<String> attempts() {
        return attempts;
    }

    @Override
    public ProviderDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public List<Model> models() {
        return models;
    }

    @Override
    public ChatResponse chat(ChatRequest request, ProviderCall call) {
        return step(call).chat(request, call);
    }

    @Override
    public ProviderStream stream(ChatRequest request, ProviderCall call) {
        return step(call).stream(request, call);
    }

    @Override
    public List<Model> listModels(ProviderCall call) {
        step(call).play(call.model(), call);
        return models();
    }

    @Override
    public Optional<EmbeddingProvider> embeddings() {
        return Optional.ofNullable(embedder).map(answer -> (request, call) -> {
            step(call).play(request.model(), call);
            return answer.apply(request);
        });
    }

    @Override
    public Optional<ImageProvider> images() {
        return Optional.ofNullable(painter).map(answer -> (request, call) -> {
            step(call).play(request.model(), call);
            return answer.apply(request);
        });
    }

    private Step step(ProviderCall call) {
        String secret = call.credential().secret().reveal();
        attempts.add(secret);
        Deque<Step> script = scripts.get(secret);
        if (script == null) {
            script = scripts.getOrDefault("*", new ArrayDeque<>(List.of(answer("ok"))));
        }
        synchronized (script) {
            return script.size() > 1 ? script.removeFirst() : script.getFirst();
        }
    }

    public static Step answer(String text) {
        return events(call -> List.of(
                new ChatEvent.Start("id-1", Instant.EPOCH, call.model()),
                new ChatEvent.TextDelta(0, text),
                new ChatEvent.Finish(0, FinishReason.STOP)));
    }

    public static Step fail(Failure failure) {
        return events(call -> List.of(failure));
    }

    /** Fails as a vendor does that says for how long a limit lasts. */
    static Step limitedFor(Duration retryAfter) {
        return fail(Failure.builder(FailureKind.RATE_LIMITED, "slow down")
                .httpStatus(429)
                .retryAfter(retryAfter)
                .build());
    }

    public static Step fail(FailureKind kind, int status) {
        return fail(Failure.builder(kind, "scripted " + kind).httpStatus(status).build());
    }

    /** Items are events, failures to throw, and runnables to run. */
    public static Step events(Function<ProviderCall, List<?>> items) {
        return events((request, call) -> items.apply(call));
    }

    /** As {@link #events(Function)}, for who looks at the request. */
    public static Step events(BiFunction<ChatRequest, ProviderCall, List<?>> items) {
        return new Step(items);
    }

    public static final class Step {
        private final BiFunction<ChatRequest, ProviderCall, List<?>> items;

        private Step(BiFunction<ChatRequest, ProviderCall, List<?>> items) {
            this.items = items;
        }

        /** Does what the step does, for requests that are not chats. */
        void play(String model, ProviderCall call) {
            items.apply(ChatRequest.of(model, ""), call).forEach(Step::play);
        }

        ChatResponse chat(ChatRequest request, ProviderCall call) {
            ChatResponseAssembler answer = new ChatResponseAssembler();
            for (Object item : items.apply(request, call)) {
                if (play(item) instanceof ChatEvent event) {
                    answer.accept(event);
                }
            }
            return answer.response();
        }

        ProviderStream stream(ChatRequest request, ProviderCall call) {
            Deque<Object> left = new ArrayDeque<>(items.apply(request, call));
            return new ProviderStream() {
                @Override
                public @Nullable ChatEvent next() {
                    while (!left.isEmpty()) {
                        if (call.control().cancellation().isCancelled()) {
                            throw new ProviderException(Failure.of(FailureKind.CANCELLED, "cancelled"));
                        }
                        Object event = play(left.removeFirst());
                        if (event instanceof ChatEvent chatEvent) {
                            return chatEvent;
                        }
                    }
                    return null;
                }

                @Override
                public void close() {}
            };
        }

        private static Object play(Object item) {
            if (item instanceof Failure failure) {
                throw new ProviderException(failure);
            }
            if (item instanceof RuntimeException exception) {
                throw exception;
            }
            if (item instanceof Runnable action) {
                action.run();
            }
            return item;
        }
    }
}
