package dev.hypergateway.providers.grok;

import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Part;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.openai.DeferredAnswer;
import dev.hypergateway.openai.ImageResponseReader;
import dev.hypergateway.openai.OpenAiDialectProvider;
import dev.hypergateway.provider.Capability;
import dev.hypergateway.provider.ImageProvider;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderDescriptor;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.ProviderStream;
import dev.hypergateway.provider.Refusal;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * xAI Grok through {@code api.x.ai/v1/chat/completions}, a dialect of OpenAI's. Requests are passed on whole, unnamed fields
 * included. Pictures come from {@code /v1/images/generations}; embeddings xAI has none. Thread-safe.
 */
public final class GrokProvider extends OpenAiDialectProvider {
    static final String BASE_URI_SETTING = "XAI_API_BASE_URL";

    private static final String DEFERRED = "deferred";
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private static final ProviderDescriptor DESCRIPTOR = new ProviderDescriptor(
            "xai",
            "X.AI (Grok)",
            List.of("x-ai", "xai", "grok"),
            List.of("grok"),
            URI.create("https://api.x.ai/v1"),
            BASE_URI_SETTING,
            "XAI_API_KEY",
            "X-xAI-API-Key");

    private final List<Model> models = GrokModels.shipped();

    /** The provider on the system clock, as {@link java.util.ServiceLoader} makes it. */
    public GrokProvider() {
        super(GrokErrors.table(Clock.systemUTC()));
    }

    @Override
    public ProviderDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public List<Model> models() {
        return models;
    }

    /**
     * Asks for the models that answer chats, and for those that make pictures. xAI's general list also has those that make films; it
     * is asked only where the list of language models is missing, as at a proxy.
     */
    @Override
    public List<Model> listModels(ProviderCall call) {
        Optional<List<Model>> speaking = listIf(call, "/language-models", NOT_FOUND);
        if (speaking.isEmpty()) {
            return withWindows(listModels(call, "/models"));
        }
        List<Model> listed = new ArrayList<>(withWindows(speaking.get()));
        // A key can be limited to some endpoints.
        listIf(call, "/image-generation-models", NOT_FOUND, FORBIDDEN).orElse(List.of()).stream()
                .map(model -> model.withCapabilities(Set.of(Capability.IMAGE_GENERATION)))
                .forEach(listed::add);
        return List.copyOf(listed);
    }

    /** A list of models, unless xAI answers with one of these statuses. */
    private Optional<List<Model>> listIf(ProviderCall call, String path, int... refusals) {
        try {
            return Optional.of(listModels(call, path));
        } catch (ProviderException e) {
            int status = e.failure().httpStatus().orElse(0);
            if (Arrays.stream(refusals).anyMatch(refusal -> refusal == status)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** A stream is an answer now; {@code deferred} asks for one later. */
    @Override
    public ProviderStream stream(ChatRequest request, ProviderCall call) {
        if (isDeferred(request)) {
            throw Refusal.of(DEFERRED, "an answer that is deferred cannot be streamed; leave out deferred or stream");
        }
        return super.stream(request, call);
    }

    @Override
    protected ChatResponse read(ChatRequest request, byte[] body) {
        return isDeferred(request) ? DeferredAnswer.read(body) : super.read(request, body);
    }

    @Override
    public Optional<ImageProvider> images() {
        return Optional.of((request, call) ->
                post(GrokImages.PATH, GrokImages.write(request, call), call, ImageResponseReader::read));
    }

    /** With xAI's {@code content: ""} where a turn only calls tools; OpenAI's null is not among the recorded requests. */
    @Override
    protected ChatRequest adjust(ChatRequest request, ProviderCall call) {
        Refusal.unlessText(request.extra(), "Grok");
        if (request.messages().stream().noneMatch(GrokProvider::onlyCallsTools)) {
            return request;
        }
        return request.toBuilder()
                .messages(request.messages().stream()
                        .map(GrokProvider::withContent)
                        .toList())
                .build();
    }

    /**
     * With reasoning counted into the completion: xAI counts it beside the completion, so that its total is the sum of all three.
     * A figure whose total says otherwise is left alone.
     */
    @Override
    protected Usage convert(Usage usage) {
        long reasoning = usage.reasoningTokens().orElse(0);
        if (reasoning == 0 || usage.totalTokens() != usage.promptTokens() + usage.completionTokens() + reasoning) {
            return usage;
        }
        return Usage.builder()
                .promptTokens(usage.promptTokens())
                .completionTokens(usage.completionTokens() + reasoning)
                .totalTokens(usage.totalTokens())
                .cachedTokens(
                        usage.cachedTokens().isPresent() ? usage.cachedTokens().getAsLong() : null)
                .reasoningTokens(reasoning)
                .extra(usage.extra())
                .build();
    }

    private static boolean isDeferred(ChatRequest request) {
        return Boolean.TRUE.equals(request.extra().get(DEFERRED));
    }

    private static boolean onlyCallsTools(Message message) {
        return message instanceof Message.Assistant assistant
                && assistant.content().isEmpty()
                && !assistant.toolCalls().isEmpty();
    }

    private static Message withContent(Message message) {
        if (!onlyCallsTools(message)) {
            return message;
        }
        Message.Assistant turn = (Message.Assistant) message;
        return Message.Assistant.builder()
                .content(List.of(Part.text("")))
                .name(turn.name())
                .reasoning(turn.reasoning())
                .refusal(turn.refusal())
                .toolCalls(turn.toolCalls())
                .citations(turn.citations())
                .extra(turn.extra())
                .build();
    }

    private List<Model> withWindows(List<Model> listed) {
        Map<String, Model> known = models.stream().collect(Collectors.toMap(Model::id, Function.identity()));
        return listed.stream()
                .map(model -> withWindow(model, known.get(model.id())))
                .toList();
    }

    private static Model withWindow(Model listed, @Nullable Model known) {
        if (known == null || listed.contextWindow() != null) {
            return listed;
        }
        return new Model(
                listed.id(),
                listed.ownedBy(),
                listed.created(),
                known.contextWindow(),
                known.outputLimit(),
                listed.aliases());
    }
}
