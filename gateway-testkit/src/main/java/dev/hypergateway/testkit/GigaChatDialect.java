package dev.hypergateway.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.testkit.wire.WireHeaders;
import dev.hypergateway.testkit.wire.WireRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * GigaChat's API v1 and its token endpoint as recorded in 2026: compact JSON, LF, {@code [DONE]}, errors {@code {"status","message"}}
 * that end in a line feed.
 */
final class GigaChatDialect implements Dialect {
    static final String TOKEN_PATH = "/api/v2/oauth";

    private static final String BASE = "/api/v1";
    private static final byte[] DONE = Json.bytes("data: [DONE]\n\n");

    private final GigaChatTokens tokens = new GigaChatTokens();
    private final GigaChatFiles files = new GigaChatFiles();

    GigaChatDialect() {}

    GigaChatTokens tokens() {
        return tokens;
    }

    GigaChatFiles files() {
        return files;
    }

    void reset() {
        tokens.reset();
        files.reset();
    }

    @Override
    public String name() {
        return "gigachat";
    }

    @Override
    public String basePath() {
        return BASE;
    }

    @Override
    public List<String> models() {
        return GigaChatModels.NAMES;
    }

    @Override
    public Route route(WireRequest request) {
        String path = request.path();
        boolean post = request.method().equals("POST");
        if (post && path.equals(BASE + "/chat/completions")) {
            Map<String, Object> body = Json.object(request.body());
            return new Route(
                    Route.Target.CHAT,
                    body.get("model") instanceof String name ? name : null,
                    Boolean.TRUE.equals(body.get("stream")) ? Route.Style.EVENTS : Route.Style.WHOLE);
        } else if (post && path.equals(BASE + "/embeddings")) {
            Object model = Json.object(request.body()).get("model");
            return whole(Route.Target.EMBEDDINGS, model instanceof String name ? name : null);
        } else if (post && path.equals(TOKEN_PATH)) {
            return whole(Route.Target.TOKEN, null);
        } else if (path.equals(BASE + "/files") || path.startsWith(BASE + "/files/")) {
            return whole(Route.Target.FILES, null);
        } else if (!post && path.equals(BASE + "/models")) {
            return whole(Route.Target.MODELS, null);
        } else if (!post && path.startsWith(BASE + "/models/")) {
            return whole(Route.Target.MODEL, path.substring((BASE + "/models/").length()));
        }
        return whole(Route.Target.NOTHING, null);
    }

    /** The authorization key: as it is at the token endpoint, behind the token everywhere else. */
    @Override
    public @Nullable String key(WireRequest request) {
        boolean exchange = request.path().equals(TOKEN_PATH);
        String credential = credential(request, exchange ? "Basic " : "Bearer ");
        return credential == null || exchange ? credential : tokens.key(credential);
    }

    @Override
    public @Nullable WireResponse refusal(WireRequest request) {
        String token = credential(request, "Bearer ");
        return token != null && tokens.isExpired(token) ? GigaChatErrors.api(401, "Token has expired") : null;
    }

    @Override
    public SandboxRequest read(WireRequest request, Route route, List<String> models) throws Rejection {
        String key = String.valueOf(key(request));
        return new GigaChatReader(route, models, id -> files.has(id, key)).read(request);
    }

    @Override
    public WireResponse other(WireRequest request, Route route, List<String> models) {
        return switch (route.target()) {
            case TOKEN -> token(request);
            case FILES -> file(request, String.valueOf(key(request)));
            case EMBEDDINGS -> GigaChatEmbeddings.answer(request);
            case MODELS -> json(GigaChatModels.list(models));
            case MODEL ->
                models.contains(route.model())
                        ? json(GigaChatModels.describe(String.valueOf(route.model()), "chat"))
                        : GigaChatErrors.api(404, "No such model");
            default -> GigaChatErrors.api(404, "Not Found");
        };
    }

    @Override
    public WireResponse error(Outcome.Refusal error, Route route, @Nullable String key) {
        if (route.target() == Route.Target.TOKEN) {
            return GigaChatErrors.token(error);
        }
        return error.error() == VendorError.CONTENT_FILTERED ? filtered(route) : GigaChatErrors.api(error);
    }

    @Override
    public WireHeaders answerHeaders(Route route, SandboxRequest request) {
        return GigaChatHeaders.api(route.streamed() ? "text/event-stream" : "application/json; charset=utf-8");
    }

    @Override
    public byte[] whole(SandboxRequest request, SandboxAnswer answer, boolean finish) {
        return Json.bytes(Json.compact(
                new GigaChatBodies(request, GigaChatPictures.drawn(request, answer, files)).whole(finish)));
    }

    @Override
    public Rendering stream(SandboxRequest request, SandboxAnswer answer, Route route, boolean finish, boolean done) {
        GigaChatBodies bodies = new GigaChatBodies(request, answer);
        List<byte[]> chunks =
                bodies.chunks().stream().map(GigaChatDialect::event).toList();
        List<byte[]> ending = new ArrayList<>();
        ending.add(event(bodies.ending(finish)));
        if (done) {
            ending.add(DONE);
        }
        return new Rendering(chunks, ending);
    }

    @Override
    public byte[] errorEvent(Route route) {
        return event(GigaChatErrors.body(500, "Internal Server Error"));
    }

    @Override
    public byte[] comment() {
        return Json.bytes(": keep-alive\n\n");
    }

    private WireResponse token(WireRequest request) {
        String scope = "";
        for (String pair : request.text().split("&", -1)) {
            if (pair.startsWith("scope=")) {
                scope = URLDecoder.decode(pair.substring("scope=".length()), StandardCharsets.UTF_8);
            }
        }
        if (request.headers().first("RqUID").isEmpty()) {
            return GigaChatErrors.token(400, 1, "header RqUID is missing");
        }
        if (scope.isEmpty()) {
            return GigaChatErrors.token(400, 5, "scope is empty");
        }
        if (!scope.matches("GIGACHAT_API_(PERS|B2B|CORP)")) {
            return GigaChatErrors.token(400, 1, "scope data format invalid");
        }
        Map.Entry<String, Instant> issued = tokens.issue(String.valueOf(key(request)));
        ObjectNode body = Json.object()
                .put("access_token", issued.getKey())
                .put("expires_at", issued.getValue().toEpochMilli());
        return new WireResponse(200, GigaChatHeaders.token(), Json.bytes(Json.compact(body)), false);
    }

    private WireResponse file(WireRequest request, String key) {
        String rest = request.path().substring((BASE + "/files").length());
        if (request.method().equals("GET") && rest.endsWith("/content")) {
            byte[] content = files.content(rest.substring(1, rest.length() - "/content".length()), key);
            return content == null
                    ? GigaChatErrors.api(404, "No such file")
                    : new WireResponse(200, GigaChatHeaders.api("image/jpg"), content, false);
        }
        ObjectNode result = null;
        if (rest.isEmpty()) {
            result = request.method().equals("POST") ? files.add(request, key) : files.list(key);
            if (result == null) {
                return GigaChatErrors.api(400, "Bad Request");
            }
        } else if (request.method().equals("POST") && rest.endsWith("/delete")) {
            result = files.delete(rest.substring(1, rest.length() - "/delete".length()), key);
        }
        return result == null ? GigaChatErrors.api(404, "No such file") : json(result);
    }

    /** HTTP 200 with words of the vendor's own in place of an answer. */
    private WireResponse filtered(Route route) {
        SandboxRequest request = SandboxRequest.builder(name(), String.valueOf(route.model()), Map.of())
                .streaming(route.streamed())
                .build();
        SandboxAnswer answer = SandboxAnswer.text("").withFinish(SandboxAnswer.Finish.SAFETY);
        WireHeaders headers = answerHeaders(route, request);
        if (!route.streamed()) {
            return new WireResponse(200, headers, whole(request, answer, true), false);
        }
        StringBuilder events = new StringBuilder();
        Rendering rendering = stream(request, answer, route, true, true);
        rendering.chunks().forEach(event -> events.append(new String(event, StandardCharsets.UTF_8)));
        rendering.ending().forEach(event -> events.append(new String(event, StandardCharsets.UTF_8)));
        return new WireResponse(200, headers, Json.bytes(events.toString()), true);
    }

    private static @Nullable String credential(WireRequest request, String scheme) {
        return request.headers()
                .first("Authorization")
                .filter(value -> value.regionMatches(true, 0, scheme, 0, scheme.length()))
                .map(value -> value.substring(scheme.length()).strip())
                .filter(value -> !value.isEmpty())
                .orElse(null);
    }

    private static Route whole(Route.Target target, @Nullable String model) {
        return new Route(target, model, Route.Style.WHOLE);
    }

    private static byte[] event(ObjectNode body) {
        return Json.bytes("data: " + Json.compact(body) + "\n\n");
    }

    static WireResponse json(ObjectNode body) {
        WireHeaders headers = GigaChatHeaders.api("application/json; charset=utf-8");
        return new WireResponse(200, headers, Json.bytes(Json.compact(body)), false);
    }
}
