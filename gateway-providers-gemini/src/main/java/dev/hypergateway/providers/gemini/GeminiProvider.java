package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.provider.EmbeddingProvider;
import dev.hypergateway.provider.ImageProvider;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderDescriptor;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.ProviderStream;
import dev.hypergateway.transport.MediaFetcher;
import dev.hypergateway.transport.UpstreamStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Google Gemini on the native API of Google AI Studio ({@code ai.google.dev/api/generate-content}). The key travels in the header
 * {@code x-goog-api-key} only. Thread-safe.
 *
 * <p>Two things are kept in memory for later calls: which files were uploaded with which key, and the signatures of thoughts that
 * clients do not send back. Both are found again only by who had them.
 */
public final class GeminiProvider implements ChatProvider {
    static final String BASE_URI_SETTING = "GEMINI_API_BASE_URL";

    private static final ProviderDescriptor DESCRIPTOR = new ProviderDescriptor(
            "google",
            "Google AI (Gemini)",
            List.of("google", "gemini"),
            List.of("gemini"),
            URI.create("https://generativelanguage.googleapis.com/v1beta"),
            BASE_URI_SETTING,
            "GOOGLE_AI_STUDIO_API_KEY",
            "X-Google-API-Key");

    private static final int MOST_PAGES = 50;

    /** Some ten thousand signatures of usual length. */
    private static final long MOST_SIGNATURE_CHARS = 32L << 20;

    private final Clock clock;
    private final Supplier<String> callIds;
    private final GeminiErrorClassifier errors;
    private final FileStore files;
    private final SignatureStore signatures;
    private final Attachments attachments;
    private final List<Model> models = GeminiModels.shipped();

    /** The provider on the system clock, as {@link java.util.ServiceLoader} makes it. */
    public GeminiProvider() {
        this(
                Clock.systemUTC(),
                () -> "call_" + UUID.randomUUID().toString().replace("-", ""),
                MediaFetcher.publicOnly(),
                wait -> new CompletableFuture<Void>().completeOnTimeout(null, wait.toMillis(), TimeUnit.MILLISECONDS));
    }

    /**
     * @param clock for the time of answers, of quota resets, and of what is kept
     * @param callIds ids for tool calls; each begins with {@code call_}, and nobody can guess the next
     * @param fetcher fetches what a request points to
     * @param delay something that is complete after a time, to wait for a file
     */
    GeminiProvider(
            Clock clock,
            Supplier<String> callIds,
            MediaFetcher fetcher,
            Function<Duration, CompletableFuture<?>> delay) {
        this.clock = clock;
        this.callIds = callIds;
        this.errors = new GeminiErrorClassifier(clock);
        this.files = new FileStore(clock);
        this.signatures = new SignatureStore(clock, MOST_SIGNATURE_CHARS);
        this.attachments = new Attachments(fetcher, files, clock, delay);
    }

    @Override
    public ProviderDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ChatResponse chat(ChatRequest request, ProviderCall call) {
        GeminiModelName model = GeminiModelName.of(call.model());
        Draft draft = draft(request, model, call);
        GeminiApi api = new GeminiApi(call, errors);
        try {
            JsonNode body = api.post(model.path() + ":generateContent", attachments.write(draft, api));
            return GeminiResponseReader.read(body, answer(draft, model));
        } catch (ProviderException e) {
            throw draft.reused().judge(e);
        }
    }

    @Override
    public ProviderStream stream(ChatRequest request, ProviderCall call) {
        GeminiModelName model = GeminiModelName.of(call.model());
        Draft draft = draft(request, model, call);
        GeminiApi api = new GeminiApi(call, errors);
        try {
            UpstreamStream upstream =
                    api.open(model.path() + ":streamGenerateContent?alt=sse", attachments.write(draft, api));
            return new GeminiStream(call, upstream, answer(draft, model), errors);
        } catch (ProviderException e) {
            throw draft.reused().judge(e);
        }
    }

    @Override
    public Optional<EmbeddingProvider> embeddings() {
        return Optional.of((request, call) -> {
            GeminiModelName model = GeminiModelName.of(call.model());
            List<byte[]> wish = GeminiJson.written(GeminiEmbeddings.write(request, model, call))
                    .pieces();
            JsonNode body = new GeminiApi(call, errors).post(model.path() + GeminiEmbeddings.METHOD, wish);
            return GeminiEmbeddings.read(body, model.id());
        });
    }

    @Override
    public Optional<ImageProvider> images() {
        return Optional.of((request, call) -> {
            GeminiModelName model = GeminiModelName.of(call.model());
            GeminiApi api = new GeminiApi(call, errors);
            Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            if (model.is("imagen")) {
                List<byte[]> wish =
                        GeminiJson.written(ImagenImages.write(request, call)).pieces();
                return ImagenImages.read(api.post(model.path() + ImagenImages.METHOD, wish), model.id(), now);
            }
            List<byte[]> wish =
                    GeminiJson.written(GeminiImages.write(request, call)).pieces();
            return GeminiImages.read(api.post(model.path() + GeminiImages.METHOD, wish), model.id(), now);
        });
    }

    @Override
    public List<Model> models() {
        return models;
    }

    @Override
    public List<Model> listModels(ProviderCall call) {
        GeminiApi api = new GeminiApi(call, errors);
        List<Model> found = new ArrayList<>();
        String token = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            String query = token.isEmpty() ? "" : "&pageToken=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
            JsonNode body = api.get("/models?pageSize=1000" + query);
            found.addAll(GeminiModels.page(body));
            token = body.path("nextPageToken").asText("");
            if (token.isEmpty()) {
                break;
            }
        }
        return List.copyOf(found);
    }

    private Draft draft(ChatRequest request, GeminiModelName model, ProviderCall call) {
        Draft draft = GeminiRequestWriter.write(request, model, files, signatures);
        IgnoredFields.report(request, model, call);
        return draft;
    }

    private GeminiAnswer answer(Draft draft, GeminiModelName model) {
        return new GeminiAnswer(
                model.id(), clock.instant(), new AnswerSignatures(signatures, model, draft.digest(), callIds));
    }
}
