package dev.hypergateway.providers.sonar;

import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.openai.OpenAiDialectProvider;
import dev.hypergateway.provider.EmbeddingProvider;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderDescriptor;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.ProviderStream;
import dev.hypergateway.transport.Timeouts;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Perplexity Sonar through {@code api.perplexity.ai/chat/completions}, a dialect of OpenAI's whose models search the web.
 * Unnamed fields, such as {@code search_domain_filter} and {@code web_search_options}, are passed on as they are; citations,
 * search results, images, related questions and the cost come back both as Perplexity sends them and, where the gateway has a
 * type for them, typed. Tools and sound are refused, because Perplexity has neither. Embeddings come from its
 * {@code /v1/embeddings}. Thread-safe.
 */
public final class SonarProvider extends OpenAiDialectProvider {
    static final String BASE_URI_SETTING = "PERPLEXITY_API_BASE_URL";

    private static final String RESEARCHER = "deep-research";
    private static final Duration RESEARCH = Duration.ofMinutes(10);

    private static final ProviderDescriptor DESCRIPTOR = new ProviderDescriptor(
            "perplexity",
            "Perplexity (Sonar)",
            List.of("perplexity", "sonar"),
            List.of("sonar", "r1-1776"),
            URI.create("https://api.perplexity.ai"),
            BASE_URI_SETTING,
            "PERPLEXITY_API_KEY",
            "X-Perplexity-API-Key");

    private final List<Model> models = SonarModels.shipped();

    /** The provider on the system clock, as {@link java.util.ServiceLoader} makes it. */
    public SonarProvider() {
        super(new SonarErrors(Clock.systemUTC()));
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
     * The shipped models, once Perplexity has accepted the key: its own list, which older addresses do not have, names the models
     * of another API and none of these.
     */
    @Override
    public List<Model> listModels(ProviderCall call) {
        try {
            listModels(call, "/v1/models");
        } catch (ProviderException e) {
            if (e.failure().httpStatus().orElse(0) != 404) {
                throw e;
            }
        }
        return models;
    }

    /**
     * At least ten minutes of silence for deep research, which says nothing but {@code : ping} while it reads: some minutes as a
     * rule. The limits for the whole attempt and the deadline of the call hold as they are configured.
     */
    @Override
    public Timeouts timeouts(String model, Timeouts configured) {
        if (!model.contains(RESEARCHER)) {
            return configured;
        }
        return configured
                .withHeaders(atLeast(RESEARCH, configured.headers()))
                .withFirstToken(atLeast(RESEARCH, configured.firstToken()))
                .withIdle(atLeast(RESEARCH, configured.idle()));
    }

    @Override
    public ChatResponse chat(ChatRequest request, ProviderCall call) {
        return SonarAnswer.read(super.chat(request, call));
    }

    @Override
    public ProviderStream stream(ChatRequest request, ProviderCall call) {
        return new SonarStream(super.stream(request, call));
    }

    @Override
    public Optional<EmbeddingProvider> embeddings() {
        return Optional.of((request, call) ->
                post(SonarEmbeddings.PATH, SonarEmbeddings.write(request, call), call, SonarEmbeddings::read));
    }

    @Override
    protected ChatRequest adjust(ChatRequest request, ProviderCall call) {
        return SonarRequest.of(request, call);
    }

    @Override
    protected Usage convert(Usage usage) {
        return SonarUsage.convert(usage);
    }

    private static Duration atLeast(Duration least, Duration configured) {
        return configured.compareTo(least) < 0 ? least : configured;
    }
}
