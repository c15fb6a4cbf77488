package dev.hypergateway.providers.gigachat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.embedding.EmbeddingRequest;
import dev.hypergateway.embedding.EmbeddingResponse;
import dev.hypergateway.image.GeneratedImage;
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
import dev.hypergateway.transport.MediaFetcher;
import dev.hypergateway.transport.UpstreamClient;
import dev.hypergateway.transport.UpstreamHeaders;
import dev.hypergateway.transport.UpstreamResponse;
import dev.hypergateway.transport.UpstreamStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * GigaChat of Sber, API v1 ({@code developers.sber.ru/docs/ru/gigachat/api/reference/rest/gigachat-api}). Thread-safe.
 *
 * <p>A key is GigaChat's authorization key; it is exchanged for a token that lasts half an hour. The token, the uploaded files and
 * the queue of a key are kept in memory as long as the key is used and does not change.
 */
public final class GigaChatProvider implements ChatProvider {
    private static final ProviderDescriptor DESCRIPTOR = new ProviderDescriptor(
            "gigachat",
            "GigaChat",
            List.of("sber", "gigachat"),
            List.of("gigachat"),
            URI.create("https://gigachat.devices.sberbank.ru/api/v1"),
            GigaChatSettings.CHAT_URL,
            "GIGACHAT_AUTH_KEY",
            "X-GigaChat-API-Key");

    private static final String CHAT = "/chat/completions";
    private static final String JSON = "application/json";

    private final Clock clock;
    private final Supplier<UUID> ids;
    private final MediaFetcher fetcher;
    private final GigaChatErrors errors;
    private final TokenExchange exchange;
    private final TrustedClients clients = new TrustedClients();
    private final FileSweeper sweeper = new FileSweeper();
    private final Cache<KeyIdentity, KeyState> keys = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterAccess(Duration.ofHours(6))
            .build();
    private final List<Model> models = GigaChatModels.shipped();

    /** The provider on the system clock, as {@link java.util.ServiceLoader} makes it. */
    public GigaChatProvider() {
        this(Clock.systemUTC(), UUID::randomUUID, MediaFetcher.publicOnly());
    }

    /**
     * @param clock tells when tokens and files are old
     * @param ids for requests and tool calls
     * @param fetcher fetches pictures that a request points to
     */
    GigaChatProvider(Clock clock, Supplier<UUID> ids, MediaFetcher fetcher) {
        this.clock = clock;
        this.ids = ids;
        this.fetcher = fetcher;
        this.errors = new GigaChatErrors(clock);
        this.exchange = new TokenExchange(clock, ids, errors);
    }

    @Override
    public ProviderDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ChatResponse chat(ChatRequest request, ProviderCall call) {
        Draft draft = draft(request, call, false);
        Uploads uploads = Uploads.fetch(draft.attachments(), fetcher, call);
        KeyState key = key(call);
        Turnstile.Turn turn = enter(call, key);
        try {
            Session session = session(call, key, sessionName(request));
            uploads.attach(session);
            UpstreamResponse response = session.send("POST", CHAT, JSON, GigaChatJson.bytes(draft.body()));
            sweeper.sweep(session);
            return GigaChatAnswer.read(session.object(response), answer(call, response.headers()));
        } catch (ProviderException e) {
            throw orUploadAgain(e, uploads, key);
        } finally {
            turn.close();
        }
    }

    @Override
    public ProviderStream stream(ChatRequest request, ProviderCall call) {
        Draft draft = draft(request, call, true);
        Uploads uploads = Uploads.fetch(draft.attachments(), fetcher, call);
        KeyState key = key(call);
        Turnstile.Turn turn = enter(call, key);
        boolean opened = false;
        try {
            Session session = session(call, key, sessionName(request));
            uploads.attach(session);
            UpstreamStream upstream = session.open(CHAT, GigaChatJson.bytes(draft.body()));
            opened = true;
            sweeper.sweep(session);
            return new GigaChatStream(call, upstream, answer(call, upstream.headers()), errors, turn);
        } catch (ProviderException e) {
            throw orUploadAgain(e, uploads, key);
        } finally {
            if (!opened) {
                turn.close();
            }
        }
    }

    @Override
    public Optional<EmbeddingProvider> embeddings() {
        return Optional.of(this::embed);
    }

    @Override
    public Optional<ImageProvider> images() {
        return Optional.of(this::draw);
    }

    @Override
    public List<Model> models() {
        return models;
    }

    @Override
    public List<Model> listModels(ProviderCall call) {
        Session session = session(call, key(call), null);
        return GigaChatModels.listed(session.object(session.get("/models")), models);
    }

    private EmbeddingResponse embed(EmbeddingRequest request, ProviderCall call) {
        GigaChatSettings.checkVersion(call);
        String model = GigaChatModels.spelled(call.model(), models);
        byte[] body = GigaChatJson.bytes(GigaChatEmbeddings.write(request, model, call));
        KeyState key = key(call);
        Turnstile.Turn turn = enter(call, key);
        try {
            Session session = session(call, key, null);
            return GigaChatEmbeddings.read(session.object(session.send("POST", GigaChatEmbeddings.PATH, JSON, body)));
        } finally {
            turn.close();
        }
    }

    private ImageResponse draw(ImageRequest request, ProviderCall call) {
        GigaChatSettings.checkVersion(call);
        String model = GigaChatModels.spelled(call.model(), models);
        byte[] body = GigaChatJson.bytes(GigaChatImages.write(request, model, call));
        KeyState key = key(call);
        Turnstile.Turn turn = enter(call, key);
        try {
            Session session = session(call, key, null);
            JsonNode answer = session.object(session.send("POST", CHAT, JSON, body));
            List<GeneratedImage> images = new ArrayList<>();
            for (String file : GigaChatImages.files(answer)) {
                byte[] picture = session.picture(file);
                key.files().put("drawn:" + file, file);
                images.add(GeneratedImage.builder()
                        .base64(Base64.getEncoder().encodeToString(picture))
                        .mimeType("image/jpeg")
                        .build());
            }
            sweeper.sweep(session);
            return ImageResponse.builder()
                    .created(clock.instant().truncatedTo(ChronoUnit.SECONDS))
                    .model(model)
                    .images(images)
                    .usage(GigaChatUsage.of(answer.path("usage")))
                    .build();
        } finally {
            turn.close();
        }
    }

    private Draft draft(ChatRequest request, ProviderCall call, boolean stream) {
        GigaChatSettings.checkVersion(call);
        Draft draft = GigaChatRequestWriter.write(request, GigaChatModels.spelled(call.model(), models), stream);
        IgnoredFields.report(request, call);
        return draft;
    }

    private KeyState key(ProviderCall call) {
        return keys.get(KeyIdentity.of(call), unused -> new KeyState(clock));
    }

    private static Turnstile.Turn enter(ProviderCall call, KeyState key) {
        return key.turnstile().enter(GigaChatSettings.concurrency(call), call.control());
    }

    private Session session(ProviderCall call, KeyState key, @Nullable String name) {
        UpstreamClient http = clients.client(call);
        AccessToken token = GigaChatSettings.showsCertificateAlone(call)
                ? null
                : key.token().get(() -> exchange.fetch(call, http), call.control());
        return new Session(call, http, key, token, errors, name);
    }

    /** Calls of one name find what GigaChat has kept of their common beginning. */
    private static @Nullable String sessionName(ChatRequest request) {
        return request.promptCacheKey().or(request::endUser).orElse(null);
    }

    private GigaChatAnswer answer(ProviderCall call, UpstreamHeaders headers) {
        return new GigaChatAnswer(call.model(), headers, clock, ids);
    }

    /**
     * A file that an earlier call has uploaded may be gone. That is neither the caller's mistake nor the key's: the next attempt
     * uploads it again.
     */
    private static ProviderException orUploadAgain(ProviderException e, Uploads uploads, KeyState key) {
        Failure failure = e.failure();
        boolean aboutFiles = failure.kind() == FailureKind.INVALID_REQUEST
                && failure.httpStatus().isPresent()
                && failure.message().matches("(?is).*(\\bfiles?\\b|attachment).*");
        if (!aboutFiles || !uploads.hasReused()) {
            return e;
        }
        uploads.forgetReused(key.files());
        return new ProviderException(
                Failure.builder(FailureKind.UNAVAILABLE, failure.message())
                        .httpStatus(failure.httpStatus().getAsInt())
                        .requestId(failure.requestId().orElse(null))
                        .build(),
                e);
    }
}
