package dev.hypergateway;

import dev.hypergateway.FinishedCall.Kind;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.ChatStream;
import dev.hypergateway.chat.ToolFunction;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.embedding.EmbeddingRequest;
import dev.hypergateway.embedding.EmbeddingResponse;
import dev.hypergateway.failover.Call;
import dev.hypergateway.failover.Explanation;
import dev.hypergateway.failover.FailoverExecutor;
import dev.hypergateway.failover.FailoverPolicy;
import dev.hypergateway.failover.KeyTest;
import dev.hypergateway.failover.ModelLists;
import dev.hypergateway.failover.Outcome;
import dev.hypergateway.image.ImageRequest;
import dev.hypergateway.image.ImageResponse;
import dev.hypergateway.json.JsonRecord;
import dev.hypergateway.key.KeyRing;
import dev.hypergateway.key.Owner;
import dev.hypergateway.key.ProviderKeys;
import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.ProviderDescriptor;
import dev.hypergateway.routing.ModelCatalog;
import dev.hypergateway.routing.ModelRouter;
import dev.hypergateway.routing.Need;
import dev.hypergateway.routing.PriceList;
import dev.hypergateway.routing.Screening;
import dev.hypergateway.routing.Target;
import dev.hypergateway.transport.Cancellation;
import dev.hypergateway.transport.UpstreamClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers chat calls with whichever key and vendor can. Thread-safe; one per process is enough. A call runs on the thread that
 * makes it.
 *
 * <pre>{@code
 * try (Gateway ai = Gateway.fromEnv()) {
 *     System.out.println(ai.chat("google/gemini-2.5-flash", "Why is the sky blue?").text());
 * }
 * }</pre>
 *
 * <p>Every method that makes a call throws a {@link GatewayException} when it cannot be answered; the subclass tells what to do
 * about it.
 */
public final class Gateway implements AutoCloseable {
    /** How often a model may use tools in one call, unless said otherwise. */
    public static final int TOOL_ROUNDS = 8;

    private final List<ChatProvider> providers;
    private final List<ProviderDescriptor> descriptors;
    private final ModelCatalog catalog;
    private final PriceList prices;
    private final ModelRouter router;
    private final FailoverExecutor executor;
    private final ModelLists lists;
    private final RoutePolicies policies;
    private final CallReports reports;
    private final KeyRing keys;
    private final KeyRing environmentKeys;
    private final UpstreamClient http;
    private final ModelRefresh refresh;

    Gateway(
            List<ChatProvider> providers,
            ModelCatalog catalog,
            PriceList prices,
            ModelRouter router,
            FailoverExecutor executor,
            ModelLists lists,
            RoutePolicies policies,
            CallReports reports,
            KeyRing keys,
            KeyRing environmentKeys,
            UpstreamClient http,
            ModelRefresh refresh) {
        this.providers = List.copyOf(providers);
        this.descriptors = providers.stream().map(ChatProvider::descriptor).toList();
        this.catalog = catalog;
        this.prices = prices;
        this.router = router;
        this.executor = executor;
        this.lists = lists;
        this.policies = policies;
        this.reports = reports;
        this.keys = keys;
        this.environmentKeys = environmentKeys;
        this.http = http;
        this.refresh = refresh;
    }

    /** Starts a configuration; without further steps it uses all providers on the class path and an empty key store. */
    public static GatewayBuilder builder() {
        return new GatewayBuilder();
    }

    /**
     * A gateway configured by environment variables and a {@code .env} file in the working directory: keys, base addresses, proxy,
     * and a key store if one on the class path is asked for, else in memory.
     *
     * @throws IllegalArgumentException when a setting makes no sense; the message names it
     */
    public static Gateway fromEnv() {
        return builder().settings(Settings.load()).build();
    }

    /** Asks one question and waits for the whole answer. */
    public ChatResponse chat(String model, String prompt) {
        return chat(ChatRequest.of(model, prompt));
    }

    /** Asks and waits for the whole answer. */
    public ChatResponse chat(ChatRequest request) {
        return chat(request, CallOptions.DEFAULT);
    }

    /** Asks on somebody's behalf and waits for the whole answer. */
    public ChatResponse chat(ChatRequest request, CallOptions options) {
        Call call = call(request, options, false);
        Outcome.Answered<ChatResponse> answered =
                answered(Kind.CHAT, call, other -> executor.chat(request, other), ChatResponse::usage, "messages");
        return answered.value().toBuilder().trace(answered.trace()).build();
    }

    /** Asks one question and waits for the answer as a record, as {@link #chat(ChatRequest, Class)}. */
    public <T extends Record> T chat(String model, String prompt, Class<T> type) {
        return chat(ChatRequest.of(model, prompt), type);
    }

    /**
     * Asks and waits for the answer as a record, for example
     *
     * <pre>{@code
     * record Invoice(String number, LocalDate date, List<Line> lines, Optional<BigDecimal> discount) {}
     * Invoice invoice = gateway.chat(request, Invoice.class);
     * }</pre>
     *
     * <p>The model gets the record's {@link JsonRecord JSON Schema} in place of the request's response format. An answer that does not
     * fit is shown to it once, with what is wrong; each of the two calls has the request's timeout.
     *
     * @throws IllegalArgumentException when the record cannot be described as JSON Schema; the message names the component
     * @throws InvalidAnswerException when the repaired answer does not fit either, or the answer is cut off or refused
     */
    public <T extends Record> T chat(ChatRequest request, Class<T> type) {
        return typed(request, type, CallOptions.DEFAULT).value();
    }

    /** As {@link #chat(ChatRequest, Class)} on somebody's behalf, with the response that the record was read from. */
    public <T extends Record> TypedResponse<T> typed(ChatRequest request, Class<T> type, CallOptions options) {
        return new TypedChat<>(JsonRecord.of(type), rounds(options)).ask(request);
    }

    /** Asks a model that may use tools, as {@link #chat(ChatRequest, List, int, CallOptions)} with {@value #TOOL_ROUNDS} rounds. */
    public ChatResponse chat(ChatRequest request, ToolFunction<?>... tools) {
        return chat(request, List.of(tools), TOOL_ROUNDS, CallOptions.DEFAULT);
    }

    /**
     * Asks a model that may use tools, runs its calls in order on this thread, and hands it the results until it answers.
     *
     * <pre>{@code
     * record City(String name) {}
     * var weather = Tool.of("weather", "The weather in a city", City.class, city -> lookup(city.name()));
     * gateway.chat(request, weather).text();
     * }</pre>
     *
     * <p>Arguments that do not fit, tools that do not exist and exceptions of a tool are told to the model. When it calls a tool that
     * stands in the request itself, the caller gets the response with the calls. A tool choice that forces a call holds for the
     * first round only. The response's trace and usage are the sum of all rounds; each round has the request's timeout.
     *
     * @param tools what the model may use, beside the request's own tools
     * @param maxRounds how often it may do so, at least 1
     * @throws ToolRoundsExceededException when it calls tools once more after that
     */
    public ChatResponse chat(
            ChatRequest request, List<? extends ToolFunction<?>> tools, int maxRounds, CallOptions options) {
        return new ToolLoop(tools, maxRounds, rounds(options)).run(request);
    }

    /** Asks for a streamed answer. An unknown model is refused here; nothing is sent before the stream is read. */
    public ChatStream stream(ChatRequest request) {
        return stream(request, CallOptions.DEFAULT);
    }

    /** Asks for a streamed answer on somebody's behalf, as {@link #stream(ChatRequest)}. */
    public ChatStream stream(ChatRequest request, CallOptions options) {
        return new GatewayStream(executor, request, call(request, options, true), reports);
    }

    /** Turns one text into a vector. */
    public EmbeddingResponse embed(String model, String text) {
        return embed(EmbeddingRequest.of(model, List.of(text)));
    }

    /** Turns texts into vectors, one for each. */
    public EmbeddingResponse embed(EmbeddingRequest request) {
        return embed(request, CallOptions.DEFAULT);
    }

    /**
     * Turns texts into vectors on somebody's behalf. Keys, failover, cost and trace are those of a chat; targets of a route that have
     * no embeddings are passed over.
     *
     * @throws InvalidRequestException when there is no input, or no target has embeddings; nothing is sent then
     */
    public EmbeddingResponse embed(EmbeddingRequest request, CallOptions options) {
        if (request.inputs().isEmpty()) {
            throw FailedCalls.invalid("input", "There is nothing to embed. Put at least one text into 'input'.");
        }
        Call call = call(
                request.model(),
                request.endUser().orElse(null),
                targets(request.model(), request.fallbacks()),
                List.of(Need.EMBEDDINGS),
                request.timeout().orElse(null),
                options);
        Outcome.Answered<EmbeddingResponse> answered = answered(
                Kind.EMBEDDING, call, other -> executor.embed(request, other), EmbeddingResponse::usage, "input");
        return answered.value().toBuilder().trace(answered.trace()).build();
    }

    /** Makes a picture and waits for it. */
    public ImageResponse generateImages(ImageRequest request) {
        return generateImages(request, CallOptions.DEFAULT);
    }

    /**
     * Makes pictures on somebody's behalf and waits for them. Keys, failover, cost and trace are those of a chat; targets of a route
     * that make no pictures are passed over.
     *
     * @throws InvalidRequestException when there is no prompt, or no target makes pictures; nothing is sent then
     */
    public ImageResponse generateImages(ImageRequest request, CallOptions options) {
        if (request.prompt().isBlank()) {
            throw FailedCalls.invalid("prompt", "There is nothing to draw. Describe the picture in 'prompt'.");
        }
        Call call = call(
                request.model(),
                request.endUser().orElse(null),
                targets(request.model(), request.fallbacks()),
                List.of(Need.PICTURES),
                request.timeout().orElse(null),
                options);
        Outcome.Answered<ImageResponse> answered =
                answered(Kind.IMAGE, call, other -> executor.generate(request, other), ImageResponse::usage, "prompt");
        return answered.value().toBuilder().trace(answered.trace()).build();
    }

    /**
     * Says which key and target would serve a call, and why each other would not, without sending anything. Also for a request that
     * no model of the call can answer.
     */
    public Explanation explain(ChatRequest request, CallOptions options) {
        List<Target> targets = targets(request);
        Call call = new Call(
                request.model(),
                affinity(request),
                targets,
                options.owner(),
                options.callerKeys(),
                policies.of(request.model()),
                new Cancellation());
        return executor.explain(call, Screening.of(targets, Need.of(request, false), catalog));
    }

    /** As {@link #explain(ChatRequest, CallOptions)}, for the local owner. */
    public Explanation explain(ChatRequest request) {
        return explain(request, CallOptions.DEFAULT);
    }

    /**
     * Asks a vendor whether it accepts a stored key, which costs nothing. A key that it accepts is available again; one that it
     * rejects is put aside.
     *
     * @return empty when the owner has no such key, or no provider for it is in use
     */
    public Optional<KeyTest> testKey(Owner owner, String keyId) {
        return keys().find(owner, keyId)
                .flatMap(status -> providers.stream()
                        .filter(provider ->
                                provider.descriptor().id().equals(status.key().provider()))
                        .findFirst()
                        .map(provider -> lists.test(status.key(), provider, policies.gateway())));
    }

    /**
     * The models that can be named, at once: those that the providers know of themselves and those on their vendors' lists, as far as
     * these have come. Lists that are old are asked for behind the call, see {@link #refreshModels}. Other names with a known prefix
     * are passed to the vendor as well.
     */
    public List<ListedModel> models() {
        List<ListedModel> known = catalog.entries().stream().map(this::listed).toList();
        refreshModels(Owner.LOCAL);
        return known;
    }

    /** A listed model by any name that a call could use for it: with any accepted prefix, or bare; as {@link #models} knows it. */
    public Optional<ListedModel> model(String name) {
        refreshModels(Owner.LOCAL);
        return router.resolve(name).stream()
                .findFirst()
                .flatMap(target -> catalog.find(target.providerId(), target.model()))
                .map(this::listed);
    }

    /**
     * Asks the vendors for their lists of models in the background, as far as there is a key for them and their lists are older than
     * {@code HYPER_MODEL_REFRESH} (6 h unless set). From then on calls keep the lists fresh. What fails is told in the log only.
     *
     * @param owner whose stored keys may be used beside those of the environment
     */
    public void refreshModels(Owner owner) {
        refresh.want(owner);
    }

    /** The providers in use, in the order in which they were found. */
    public List<ProviderDescriptor> providers() {
        return descriptors;
    }

    /** The stored keys: to list, add, change, select and delete. */
    public ProviderKeys keys() {
        return keys.keys();
    }

    /** Writes what is not yet stored and closes the key store and all connections. */
    @Override
    public void close() {
        refresh.close();
        keys.close();
        environmentKeys.close();
        http.close();
    }

    /** Makes a call, tells the listeners what became of it, and throws when it was not answered. */
    private <T> Outcome.Answered<T> answered(
            Kind kind,
            Call call,
            Function<Call, Outcome<T>> runner,
            Function<T, Optional<Usage>> usage,
            String promptField) {
        CallReports.Report report = reports.begin(kind, call);
        Outcome<T> outcome = runner.apply(call);
        if (outcome instanceof Outcome.Answered<T> answered) {
            report.answered(answered.trace(), usage.apply(answered.value()).orElse(null));
            return answered;
        }
        GatewayException failure = FailedCalls.of((Outcome.Failed<T>) outcome, call.targets(), promptField);
        report.failed(failure);
        throw failure;
    }

    private Rounds rounds(CallOptions options) {
        return new Rounds(request -> chat(request, options));
    }

    private Call call(ChatRequest request, CallOptions options, boolean stream) {
        return call(
                request.model(),
                affinity(request),
                targets(request),
                Need.of(request, stream),
                request.timeout().orElse(null),
                options);
    }

    /** A call for those of the targets whose models can do what it needs. */
    private Call call(
            String model,
            @Nullable String affinity,
            List<Target> targets,
            List<Need> needs,
            @Nullable Duration timeout,
            CallOptions options) {
        Screening screening = Screening.of(targets, needs, catalog);
        if (screening.fit().isEmpty()) {
            throw FailedCalls.unable(targets, screening);
        }
        refresh.called(options.owner());
        FailoverPolicy policy = policies.of(model);
        return new Call(
                model,
                affinity,
                screening.fit(),
                options.owner(),
                options.callerKeys(),
                timeout == null ? policy : policy.withDeadline(timeout),
                new Cancellation(),
                targets.size() > 1);
    }

    private static @Nullable String affinity(ChatRequest request) {
        return request.promptCacheKey().or(request::endUser).orElse(null);
    }

    private List<Target> targets(ChatRequest request) {
        if (request.messages().isEmpty()) {
            throw FailedCalls.invalid(
                    "messages", "The conversation is empty. Put at least one message into 'messages'.");
        }
        return targets(request.model(), request.fallbacks());
    }

    private List<Target> targets(String model, List<String> fallbacks) {
        if (fallbacks.isEmpty()) {
            return resolved(model);
        }
        Map<String, Target> targets = new LinkedHashMap<>();
        Stream.concat(Stream.of(model), fallbacks.stream())
                .flatMap(name -> resolved(name).stream())
                .forEach(target -> targets.putIfAbsent(target.toString(), target));
        return List.copyOf(targets.values());
    }

    private List<Target> resolved(String name) {
        List<Target> resolved = router.resolve(name);
        if (resolved.isEmpty()) {
            throw FailedCalls.unknownModel(router.explainUnknown(name));
        }
        return resolved;
    }

    private ListedModel listed(ModelCatalog.Entry entry) {
        String provider = entry.provider().descriptor().id();
        Model model = entry.model();
        return new ListedModel(
                entry.reference(),
                provider,
                model.withPricing(prices.find(provider, model.id()).orElse(null)));
    }
}
