package dev.hypergateway.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.testkit.wire.WireHeaders;
import dev.hypergateway.testkit.wire.WireRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Perplexity's chat completions as recorded in 2026: compact JSON, CRLF, no {@code [DONE]}, sources, usage and the text so far in
 * every chunk, {@code chat.completion.done} at the end, {@code : ping} in between.
 */
final class PerplexityDialect implements Dialect {
    PerplexityDialect() {}

    @Override
    public String name() {
        return "perplexity";
    }

    @Override
    public String basePath() {
        return "";
    }

    @Override
    public List<String> models() {
        return PerplexityModels.NAMES;
    }

    @Override
    public Route route(WireRequest request) {
        if (request.method().equals("POST") && request.path().equals("/chat/completions")) {
            Map<String, Object> body = Json.object(request.body());
            return new Route(
                    Route.Target.CHAT,
                    body.get("model") instanceof String name ? name : null,
                    Boolean.TRUE.equals(body.get("stream")) ? Route.Style.EVENTS : Route.Style.WHOLE);
        }
        if (request.method().equals("POST") && request.path().equals("/v1/embeddings")) {
            Object model = Json.object(request.body()).get("model");
            return new Route(Route.Target.EMBEDDINGS, model instanceof String name ? name : null, Route.Style.WHOLE);
        }
        boolean models = request.method().equals("GET") && request.path().equals("/v1/models");
        return new Route(models ? Route.Target.MODELS : Route.Target.NOTHING, null, Route.Style.WHOLE);
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
        return new PerplexityReader(route, models).read(request);
    }

    @Override
    public WireResponse other(WireRequest request, Route route, List<String> models) {
        if (route.target() == Route.Target.EMBEDDINGS) {
            return PerplexityEmbeddings.answer(request);
        }
        if (route.target() != Route.Target.MODELS) {
            return PerplexityErrors.nothingHere();
        }
        WireHeaders headers = PerplexityHeaders.common().add("Content-Type", "application/json");
        return new WireResponse(200, headers, Json.bytes(Json.compact(PerplexityModels.agentModels())), true);
    }

    @Override
    public WireResponse error(Outcome.Refusal error, Route route, @Nullable String key) {
        return PerplexityErrors.response(error, route.model());
    }

    @Override
    public WireHeaders answerHeaders(Route route, SandboxRequest request) {
        return PerplexityHeaders.answer(route);
    }

    @Override
    public byte[] whole(SandboxRequest request, SandboxAnswer answer, boolean finish) {
        return Json.bytes(Json.compact(new PerplexityBodies(request, answer).whole(finish)));
    }

    @Override
    public Rendering stream(SandboxRequest request, SandboxAnswer answer, Route route, boolean finish, boolean done) {
        PerplexityBodies bodies = new PerplexityBodies(request, answer);
        return new Rendering(
                bodies.chunks().stream().map(PerplexityDialect::event).toList(),
                bodies.ending(finish).stream().map(PerplexityDialect::event).toList());
    }

    @Override
    public byte[] errorEvent(Route route) {
        return event(PerplexityErrors.body(Outcome.Refusal.of(VendorError.OVERLOADED), route.model()));
    }

    @Override
    public byte[] comment() {
        return Json.bytes(": ping - 2026-06-08 18:49:47.737080\r\n\r\n");
    }

    private static byte[] event(ObjectNode body) {
        return Json.bytes("data: " + Json.compact(body) + "\r\n\r\n");
    }
}
