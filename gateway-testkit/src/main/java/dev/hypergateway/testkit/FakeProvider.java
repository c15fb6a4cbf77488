package dev.hypergateway.testkit;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.ChatResponseAssembler;
import dev.hypergateway.chat.Message;
import dev.hypergateway.embedding.Embedding;
import dev.hypergateway.embedding.EmbeddingInput;
import dev.hypergateway.embedding.EmbeddingResponse;
import dev.hypergateway.image.GeneratedImage;
import dev.hypergateway.image.ImageResponse;
import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.provider.EmbeddingProvider;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.ImageProvider;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderDescriptor;
import dev.hypergateway.provider.ProviderStream;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A vendor in memory, without sockets, for unit tests. Thread-safe; it may be scripted while it is used.
 *
 * <pre>{@code
 * FakeProvider fake = FakeProvider.answering("Hello!").script("first key", FakeReply.failure(rateLimited));
 * try (Gateway gateway = Gateway.builder().provider(fake)…build()) {
 *     assertThat(gateway.chat("fake/model", "Hi").text()).isEqualTo("Hello!");
 * }
 * assertThat(fake.calls()).hasSize(2);
 * }</pre>
 *
 * <p>Vectors and pictures it makes of itself: the same vector for the same text, and small black pictures. The replies decide
 * whether such a call succeeds.
 *
 * <p>Replies come in order, the last one repeats. A key with a script of its own, by its display name or its secret, gets that one.
 */
public final class FakeProvider implements ChatProvider {
    private static final int DIMENSIONS = 16;

    private final ProviderDescriptor descriptor;
    private final Script<FakeReply> replies;
    private final Map<String, Script<FakeReply>> byKey = new ConcurrentHashMap<>();
    private final List<FakeCall> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger serial = new AtomicInteger();
    private volatile List<Model> models = List.of();

    private FakeProvider(ProviderDescriptor descriptor, Script<FakeReply> replies) {
        this.descriptor = descriptor;
        this.replies = replies;
    }

    /** Always answers with this text. */
    public static FakeProvider answering(String text) {
        return replying(FakeReply.text(text));
    }

    /** Always fails like this. */
    public static FakeProvider failing(Failure failure) {
        return replying(FakeReply.failure(failure));
    }

    /** Says {@code You said: } and the last text of the user. */
    public static FakeProvider echoing() {
        return replying(FakeReply.echo());
    }

    /** Replies with these in order; the last one repeats. */
    public static FakeProvider replying(FakeReply... replies) {
        return new FakeProvider(descriptor("fake"), new Script<>(List.of(replies)));
    }

    /**
     * A provider with the same replies under another id, which is its model prefix too. Its settings are named after it:
     * {@code OTHER_API_BASE_URL}, {@code OTHER_API_KEY} and the header {@code X-Other-API-Key}.
     */
    public FakeProvider withId(String id) {
        return withDescriptor(descriptor(id));
    }

    /** A provider with the same replies and models that is addressed like this. */
    public FakeProvider withDescriptor(ProviderDescriptor other) {
        FakeProvider copy = new FakeProvider(other, replies.fresh());
        byKey.forEach((key, script) -> copy.byKey.put(key, script.fresh()));
        copy.models = models;
        return copy;
    }

    /**
     * Scripts the replies to calls with this key.
     *
     * @param key display name of the key, or its secret
     */
    public FakeProvider script(String key, FakeReply... script) {
        byKey.put(key, new Script<>(List.of(script)));
        return this;
    }

    /** Offers these models, named without a prefix. */
    public FakeProvider offering(String... names) {
        List<Model> offered = new ArrayList<>();
        for (String name : names) {
            offered.add(new Model(name, descriptor.id(), null, null));
        }
        models = List.copyOf(offered);
        return this;
    }

    /** All calls so far, in the order of their arrival. */
    public List<FakeCall> calls() {
        return List.copyOf(calls);
    }

    /** The display names of the keys of all calls so far, but those for the list of models. */
    public List<String> keysTried() {
        return calls.stream()
                .filter(call -> call.kind() != FakeCall.Kind.LIST_MODELS)
                .map(FakeCall::keyName)
                .toList();
    }

    @Override
    public ProviderDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public ChatResponse chat(ChatRequest request, ProviderCall call) {
        try (ProviderStream stream = open(FakeCall.Kind.CHAT, request, call)) {
            ChatResponseAssembler assembler = new ChatResponseAssembler();
            for (ChatEvent event = stream.next(); event != null; event = stream.next()) {
                assembler.accept(event);
            }
            return assembler.response();
        }
    }

    @Override
    public ProviderStream stream(ChatRequest request, ProviderCall call) {
        return open(FakeCall.Kind.STREAM, request, call);
    }

    @Override
    public Optional<EmbeddingProvider> embeddings() {
        return Optional.of((request, call) -> {
            obey(FakeCall.Kind.EMBEDDINGS, request, call);
            int dimensions = request.dimensions().orElse(DIMENSIONS);
            List<Embedding> vectors = new ArrayList<>();
            for (EmbeddingInput input : request.inputs()) {
                String text = input instanceof EmbeddingInput.Text words ? words.text() : input.toString();
                vectors.add(new Embedding(vectors.size(), Vectors.of(text, dimensions)));
            }
            return EmbeddingResponse.builder()
                    .model(call.model())
                    .embeddings(vectors)
                    .build();
        });
    }

    @Override
    public Optional<ImageProvider> images() {
        return Optional.of((request, call) -> {
            obey(FakeCall.Kind.IMAGES, request, call);
            GeneratedImage picture = GeneratedImage.builder()
                    .base64(Pictures.PNG)
                    .mimeType("image/png")
                    .build();
            return ImageResponse.builder()
                    .created(Instant.EPOCH)
                    .model(call.model())
                    .images(Collections.nCopies(request.n().orElse(1), picture))
                    .build();
        });
    }

    @Override
    public List<Model> models() {
        return models;
    }

    @Override
    public List<Model> listModels(ProviderCall call) {
        calls.add(FakeCall.of(FakeCall.Kind.LIST_MODELS, null, call));
        return models;
    }

    @Override
    public String toString() {
        return "FakeProvider[" + descriptor.id() + "]";
    }

    private ProviderStream open(FakeCall.Kind kind, ChatRequest request, ProviderCall call) {
        calls.add(FakeCall.of(kind, request, call));
        FakeReply reply = next(call).to(lastUserText(request));
        List<ChatEvent> events = new ArrayList<>(reply.events());
        if (!events.isEmpty() && !(events.get(0) instanceof ChatEvent.Start)) {
            String id = descriptor.id() + "-" + serial.incrementAndGet();
            events.add(0, new ChatEvent.Start(id, Instant.EPOCH, call.model()));
        }
        FakeStream stream = new FakeStream(events, reply, call.control());
        stream.failAtOnce();
        return stream;
    }

    /** Does what the next reply says, but for its words. */
    private void obey(FakeCall.Kind kind, Object request, ProviderCall call) {
        calls.add(FakeCall.of(kind, request, call));
        FakeReply reply = next(call).to("");
        try (FakeStream stream = new FakeStream(reply.events(), reply, call.control())) {
            stream.failAtOnce();
            while (stream.next() != null) {
                // Words are of no use here, what befalls them is.
            }
        }
    }

    private FakeReply next(ProviderCall call) {
        Script<FakeReply> script = byKey.get(call.credential().name());
        if (script == null) {
            script = byKey.get(call.credential().secret().reveal());
        }
        return (script == null ? replies : script).next();
    }

    private static String lastUserText(ChatRequest request) {
        List<Message> messages = request.messages();
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i) instanceof Message.User user) {
                return user.text();
            }
        }
        return "";
    }

    private static ProviderDescriptor descriptor(String id) {
        String setting = id.toUpperCase(Locale.ROOT).replace('-', '_');
        String title = id.isEmpty() ? id : Character.toUpperCase(id.charAt(0)) + id.substring(1);
        return new ProviderDescriptor(
                id,
                title,
                List.of(id),
                List.of(id),
                URI.create("http://" + id + ".invalid"),
                setting + "_API_BASE_URL",
                setting + "_API_KEY",
                "X-" + title + "-API-Key");
    }
}
