package dev.hypergateway.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.testkit.wire.WireHeaders;
import dev.hypergateway.testkit.wire.WireRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * xAI's chat completions as recorded in 2026: compact JSON, LF, {@code [DONE]}, usage in a chunk of its own with
 * {@code choices:[]} and only on demand, flat errors {@code {"code","error"}}, Cloudflare's header fields.
 */
final class XaiDialect implements Dialect {
    private static final byte[] DONE = Json.bytes("data: [DONE]\n\n");

    XaiDialect() {}

    @Override
    public String name() {
        return "xai";
    }

    @Override
    public String basePath() {
        return "/v1";
    }

    @Override
    public List<String> models() {
        return XaiModels.NAMES;
    }

    @Override
    public Route route(WireRequest request) {
        String path = request.path();
        if (request.method().equals("POST") && path.equals("/v1/chat/completions")) {
            Object model = Json.object(request.body()).get("model");
            boolean stream = Boolean.TRUE.equals(Json.object(request.body()).get("stream"));
            return new Route(
                    Route.Target.CHAT,
                    model instanceof String name ? name : null,
                    stream ? Route.Style.EVENTS : Route.Style.WHOLE);
        } else if (request.method().equals("POST") && path.equals("/v1/images/generations")) {
            Object model = Json.object(request.body()).get("model");
            return new Route(Route.Target.IMAGES, model instanceof String name ? name : null, Route.Style.WHOLE);
        } else if (request.method().equals("GET") && path.equals("/v1/image-generation-models")) {
            return new Route(Route.Target.IMAGE_MODELS, null, Route.Style.WHOLE);
        } else if (request.method().equals("GET") && path.equals("/v1/models")) {
            return new Route(Route.Target.MODELS, null, Route.Style.WHOLE);
        } else if (request.method().equals("GET") && path.startsWith("/v1/models/")) {
            return new Route(Route.Target.MODEL, path.substring("/v1/models/".length()), Route.Style.WHOLE);
        } else if (request.method().equals("GET") && path.equals("/v1/language-models")) {
            return new Route(Route.Target.LANGUAGE_MODELS, null, Route.Style.WHOLE);
        }
        return new Route(Route.Target.NOTHING, null, Route.Style.WHOLE);
    }

    @Override
    public @Nullable String key(WireRequest request) {
        return request.headers()
                .first("Authorization")
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7).strip())
                .filter(key -> !key.isEmpty())
                .orElse(null);
    }

    @Override
    public SandboxRequest read(WireRequest request, Route route, List<String> models) throws Rejection {
        return new XaiReader(route, models).read(request);
    }

    @Override
    public WireResponse other(WireRequest request, Route route, List<String> models) {
        return switch (route.target()) {
            case MODELS -> json(XaiModels.list(models));
            case IMAGES -> XaiImages.answer(request);
            case IMAGE_MODELS -> json(XaiImages.models());
            case LANGUAGE_MODELS -> json(XaiModels.languageModels(models));
            case MODEL ->
                models.contains(route.model())
                        ? json(XaiModels.describe(String.valueOf(route.model())))
                        : error(Outcome.Refusal.of(VendorError.MODEL_NOT_FOUND), route, null);
            default ->
                XaiErrors.text(
                        404,
                        "No handler found on route. Please double check your URL and consult https://api.x.ai/docs for"
                                + " more information.");
        };
    }

    @Override
    public WireResponse error(Outcome.Refusal error, Route route, @Nullable String key) {
        return XaiErrors.response(error, route.model(), key);
    }

    @Override
    public WireHeaders answerHeaders(Route route, SandboxRequest request) {
        return XaiHeaders.answer(route, request);
    }

    @Override
    public byte[] whole(SandboxRequest request, SandboxAnswer answer, boolean finish) {
        return Json.bytes(Json.compact(new XaiBodies(request, answer).whole(finish)));
    }

    @Override
    public Rendering stream(SandboxRequest request, SandboxAnswer answer, Route route, boolean finish, boolean done) {
        XaiBodies bodies = new XaiBodies(request, answer);
        List<byte[]> chunks = bodies.chunks().stream().map(XaiDialect::event).toList();
        List<byte[]> ending = new ArrayList<>();
        bodies.ending(finish).forEach(event -> ending.add(event(event)));
        if (done) {
            ending.add(DONE);
        }
        return new Rendering(chunks, ending);
    }

    @Override
    public byte[] errorEvent(Route route) {
        return event(XaiErrors.body(Outcome.Refusal.of(VendorError.OVERLOADED), route.model(), null));
    }

    @Override
    public byte[] comment() {
        return Json.bytes(": keep-alive\n\n");
    }

    private static byte[] event(ObjectNode body) {
        return Json.bytes("data: " + Json.compact(body) + "\n\n");
    }

    static WireResponse json(ObjectNode body) {
        WireHeaders headers = XaiHeaders.common().add("Content-Type", "application/json");
        return new WireResponse(200, headers, Json.bytes(Json.compact(body)), true);
    }
}
