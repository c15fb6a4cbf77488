package dev.hypergateway.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.testkit.wire.WireHeaders;
import dev.hypergateway.testkit.wire.WireRequest;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gemini's native API, {@code v1beta}, as recorded in 2026: pretty JSON in whole bodies, one JSON object to an event, CRLF, no
 * {@code [DONE]}, usage in every chunk, an error to a streamed request as plain JSON under {@code text/event-stream}.
 */
final class GeminiDialect implements Dialect {
    private static final Pattern METHOD = Pattern.compile("/v1beta/models/([^/:]+):([A-Za-z]+)");
    private static final Pattern MODEL = Pattern.compile("/v1beta/models/([^/:]+)");
    private static final String JSON = "application/json; charset=UTF-8";

    private final GeminiFiles files = new GeminiFiles();

    GeminiDialect() {}

    GeminiFiles files() {
        return files;
    }

    @Override
    public String name() {
        return "gemini";
    }

    @Override
    public String basePath() {
        return "/v1beta";
    }

    @Override
    public List<String> models() {
        return GeminiModels.NAMES;
    }

    @Override
    public Route route(WireRequest request) {
        String path = request.path();
        Matcher method = METHOD.matcher(path);
        Matcher model = MODEL.matcher(path);
        if (request.method().equals("POST") && method.matches()) {
            return method(request, method.group(1), method.group(2));
        } else if (request.method().equals("GET") && path.equals("/v1beta/models")) {
            return new Route(Route.Target.MODELS, null, Route.Style.WHOLE);
        } else if (request.method().equals("GET") && model.matches()) {
            return new Route(Route.Target.MODEL, model.group(1), Route.Style.WHOLE);
        }
        boolean isFile = path.equals(GeminiFiles.UPLOADS)
                || path.equals(GeminiFiles.FILES)
                || path.startsWith(GeminiFiles.FILES + "/");
        return new Route(isFile ? Route.Target.FILES : Route.Target.NOTHING, null, Route.Style.WHOLE);
    }

    private static Route method(WireRequest request, String model, String method) {
        return switch (method) {
            case "generateContent" -> new Route(Route.Target.CHAT, model, Route.Style.WHOLE);
            case "streamGenerateContent" -> {
                boolean events = request.parameter("alt").filter("sse"::equals).isPresent();
                yield new Route(Route.Target.CHAT, model, events ? Route.Style.EVENTS : Route.Style.ARRAY);
            }
            case "embedContent", "batchEmbedContents" -> new Route(Route.Target.EMBEDDINGS, model, Route.Style.WHOLE);
            case "predict" -> new Route(Route.Target.IMAGES, model, Route.Style.WHOLE);
            case "countTokens" -> new Route(Route.Target.COUNT_TOKENS, model, Route.Style.WHOLE);
            default -> new Route(Route.Target.NOTHING, model, Route.Style.WHOLE);
        };
    }

    @Override
    public @Nullable String key(WireRequest request) {
        return request.headers()
                .first("x-goog-api-key")
                .or(() -> request.parameter("key"))
                .filter(key -> !key.isBlank())
                .orElseGet(() -> files.keyOfUpload(request));
    }

    @Override
    public SandboxRequest read(WireRequest request, Route route, List<String> models) throws Rejection {
        String key = String.valueOf(key(request));
        return new GeminiReader(route, models, uri -> files.problem(uri, request, key)).read(request);
    }

    @Override
    public WireResponse other(WireRequest request, Route route, List<String> models) {
        return switch (route.target()) {
            case MODELS -> json(200, GeminiModels.page(request, models));
            case MODEL ->
                models.contains(route.model())
                        ? json(200, GeminiModels.describe(String.valueOf(route.model())))
                        : error(Outcome.Refusal.of(VendorError.MODEL_NOT_FOUND), route, null);
            case EMBEDDINGS -> GeminiEmbedder.answer(request, route, models);
            case IMAGES -> GeminiPainter.predict(request, route, models);
            case COUNT_TOKENS -> countTokens(request, route, models);
            case FILES -> files.answer(request, String.valueOf(key(request)));
            default ->
                new WireResponse(404, GeminiHeaders.common().add("Content-Type", "text/html"), new byte[0], false);
        };
    }

    private WireResponse countTokens(WireRequest request, Route route, List<String> models) {
        try {
            int tokens = new GeminiReader(route, models).readCounted(request).promptTokens();
            ObjectNode body = Json.object().put("totalTokens", tokens);
            GeminiBodies.addTextDetails(body, tokens);
            return json(200, body);
        } catch (Rejection e) {
            return e.response();
        }
    }

    @Override
    public WireResponse error(Outcome.Refusal error, Route route, @Nullable String key) {
        String model = route.model() == null ? "unknown" : route.model();
        if (error.error() == VendorError.CONTENT_FILTERED) {
            return blocked(model, route);
        }
        return GeminiErrors.response(GeminiErrors.body(error, model), route);
    }

    private static WireResponse blocked(String model, Route route) {
        ObjectNode body = GeminiBodies.blocked(model);
        List<byte[]> chunk = GeminiFraming.frame(List.of(body), route.style());
        WireHeaders headers = GeminiHeaders.answer(route.style());
        return new WireResponse(200, headers, join(chunk), true);
    }

    @Override
    public WireHeaders answerHeaders(Route route, SandboxRequest request) {
        return GeminiHeaders.answer(route.style());
    }

    @Override
    public byte[] whole(SandboxRequest request, SandboxAnswer answer, boolean finish) {
        ObjectNode body = GeminiPainter.draws(request, answer)
                ? GeminiPainter.drawn(request)
                : new GeminiBodies(request, answer).whole(finish);
        return Json.bytes(Json.pretty(body));
    }

    @Override
    public Rendering stream(SandboxRequest request, SandboxAnswer answer, Route route, boolean finish, boolean done) {
        GeminiBodies bodies = new GeminiBodies(request, answer);
        List<ObjectNode> chunks = bodies.chunks(finish);
        List<ObjectNode> all = new ArrayList<>(chunks);
        all.addAll(bodies.ending(finish));
        List<byte[]> framed = GeminiFraming.frame(all, route.style());
        return new Rendering(framed.subList(0, chunks.size()), framed.subList(chunks.size(), framed.size()));
    }

    @Override
    public byte[] errorEvent(Route route) {
        ObjectNode body = GeminiErrors.body(Outcome.Refusal.of(VendorError.OVERLOADED), String.valueOf(route.model()));
        return route.style() == Route.Style.EVENTS
                ? GeminiFraming.event(body)
                : Json.bytes(",\r\n" + Json.pretty(body) + "]\n");
    }

    @Override
    public byte[] comment() {
        return Json.bytes(": keep-alive\r\n\r\n");
    }

    static WireResponse json(int status, ObjectNode body) {
        WireHeaders headers = GeminiHeaders.common().add("Content-Type", JSON);
        return new WireResponse(status, headers, Json.bytes(Json.pretty(body)), true);
    }

    private static byte[] join(List<byte[]> pieces) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        pieces.forEach(joined::writeBytes);
        return joined.toByteArray();
    }
}
