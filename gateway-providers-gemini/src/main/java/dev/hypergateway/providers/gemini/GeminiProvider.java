package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.provider.Failures;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderDescriptor;
import dev.hypergateway.provider.ProviderStream;
import dev.hypergateway.transport.TransportException;
import dev.hypergateway.transport.UpstreamHeaders;
import dev.hypergateway.transport.UpstreamRequest;
import dev.hypergateway.transport.UpstreamResponse;
import dev.hypergateway.transport.UpstreamStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Google Gemini on the native API of Google AI Studio ({@code ai.google.dev/api/generate-content}). The key travels in the header
 * {@code x-goog-api-key} only. Stateless and thread-safe.
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

    private static final int LARGEST_ERROR = 1 << 20;
    private static final int MOST_PAGES = 50;

    private final Clock clock;
    private final Supplier<String> callIds;
    private final GeminiErrorClassifier errors;
    private final List<Model> models = GeminiModels.shipped();

    /** The provider on the system clock, as {@link java.util.ServiceLoader} makes it. */
    public GeminiProvider() {
        this(Clock.systemUTC(), () -> "call_" + UUID.randomUUID().toString().replace("-", ""));
    }

    /**
     * @param clock for the time of answers and of quota resets
     * @param callIds ids for tool calls to which Gemini gives none; each begins with {@code call_}
     */
    GeminiProvider(Clock clock, Supplier<String> callIds) {
        this.clock = clock;
        this.callIds = callIds;
        this.errors = new GeminiErrorClassifier(clock);
    }

    @Override
    public ProviderDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ChatResponse chat(ChatRequest request, ProviderCall call) {
        UpstreamRequest upstreamRequest = request(request, call, ":generateContent", "application/json");
        JsonNode body = send(upstreamRequest, call);
        JsonNode error = body.path("error");
        if (error.isObject()) {
            throw errors.inBand(error, call.credential(), call.control());
        }
        return GeminiResponseReader.read(body, answer(call));
    }

    @Override
    public ProviderStream stream(ChatRequest request, ProviderCall call) {
        UpstreamRequest upstreamRequest = request(request, call, ":streamGenerateContent?alt=sse", "text/event-stream");
        UpstreamStream upstream;
        try {
            upstream = call.http().open(upstreamRequest, call.control());
        } catch (TransportException e) {
            throw Failures.exception(e, call.control());
        }
        if (upstream.isSuccess()) {
            return new GeminiStream(call, upstream, answer(call), errors);
        }
        try (upstream) {
            byte[] body = upstream.readBody(LARGEST_ERROR);
            throw errors.classify(upstream.status(), upstream.headers(), body, call.credential());
        } catch (TransportException e) {
            throw Failures.exception(e, call.control());
        }
    }

    @Override
    public List<Model> models() {
        return models;
    }

    @Override
    public List<Model> listModels(ProviderCall call) {
        List<Model> found = new ArrayList<>();
        String token = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            String query = token.isEmpty() ? "" : "&pageToken=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
            URI uri = call.endpoint("/models?pageSize=1000" + query);
            JsonNode body = send(UpstreamRequest.get(uri, headers(call, "application/json")), call);
            found.addAll(GeminiModels.page(body));
            token = body.path("nextPageToken").asText("");
            if (token.isEmpty()) {
                break;
            }
        }
        return List.copyOf(found);
    }

    private GeminiAnswer answer(ProviderCall call) {
        return new GeminiAnswer(call.model(), clock.instant(), callIds);
    }

    private static UpstreamRequest request(ChatRequest request, ProviderCall call, String method, String accept) {
        GeminiModelName model = GeminiModelName.of(call.model());
        IgnoredFields.report(request, call);
        byte[] body = GeminiJson.bytes(GeminiRequestWriter.write(request, model));
        return UpstreamRequest.postJson(call.endpoint(model.path() + method), headers(call, accept), body);
    }

    private static Map<String, String> headers(ProviderCall call, String accept) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-goog-api-key", call.credential().secret().reveal());
        headers.put("Accept", accept);
        return headers;
    }

    private JsonNode send(UpstreamRequest request, ProviderCall call) {
        UpstreamResponse response;
        try {
            response = call.http().send(request, call.control());
        } catch (TransportException e) {
            throw Failures.exception(e, call.control());
        }
        UpstreamHeaders headers = response.headers();
        if (!response.isSuccess()) {
            throw errors.classify(response.status(), headers, response.body(), call.credential());
        }
        try {
            JsonNode body = GeminiJson.parse(response.body());
            if (body.isObject()) {
                return body;
            }
        } catch (IOException notJson) {
            // Not the cause: Jackson quotes the text that it stumbled over.
            throw Failures.unreadable("it is not JSON", null);
        }
        throw Failures.unreadable("it is not a JSON object", null);
    }
}
