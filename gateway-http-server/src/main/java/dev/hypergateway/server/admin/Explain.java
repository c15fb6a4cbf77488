package dev.hypergateway.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.CallOptions;
import dev.hypergateway.Gateway;
import dev.hypergateway.GatewayException;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.failover.Explanation;
import dev.hypergateway.openai.ChatRequestReader;
import dev.hypergateway.openai.OpenAiFormatException;
import dev.hypergateway.server.http.Exchange;
import dev.hypergateway.server.http.Handler;
import dev.hypergateway.server.http.InvalidField;
import dev.hypergateway.server.http.Json;
import dev.hypergateway.server.http.Problem;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v1/explain}: which key and target would serve a call for {@code model} at this moment, and why each other would
 * not. The body may be a whole chat request, of which the model, the fallbacks, what keeps a caller on one key and what asks for an
 * ability of the model count. Nothing is sent to a vendor. Thread-safe.
 */
public final class Explain implements Handler {
    private final Gateway gateway;

    public Explain(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        ChatRequest request = request(Json.object(exchange.body()));
        Explanation explanation;
        try {
            explanation = gateway.explain(request, CallOptions.of(exchange.owner()));
        } catch (GatewayException e) {
            throw new Problem(e.status(), e.code(), e.param().orElse("model"), String.valueOf(e.getMessage()));
        }
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("model", request.model());
        answer.put(
                "served_by",
                explanation
                        .servingTarget()
                        .flatMap(target -> target.firstUsable().map(key -> {
                            Map<String, @Nullable Object> served = candidate(key);
                            served.put("provider", target.provider());
                            served.put("model", target.model());
                            return served;
                        }))
                        .orElse(null));
        answer.put(
                "targets", explanation.targets().stream().map(Explain::target).toList());
        exchange.reply(Json.reply(200, answer));
    }

    private static ChatRequest request(ObjectNode body) {
        JsonNode model = body.get("model");
        if (model == null || !model.isTextual() || model.textValue().isBlank()) {
            throw new InvalidField("body", "model", "is required and must be the name of a model or route");
        }
        if (!body.has("messages")) {
            body.putArray("messages").addObject().put("role", "user").put("content", "which key would serve?");
        }
        try {
            return ChatRequestReader.read(Json.bytes(body)).request();
        } catch (OpenAiFormatException e) {
            String field = e.param() == null ? "body" : e.param();
            throw new InvalidField("body", field, String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, @Nullable Object> target(Explanation.TargetOutlook target) {
        Instant downUntil = target.endpointDownUntil();
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("provider", target.provider());
        shown.put("model", target.model());
        shown.put("unable", target.unable());
        shown.put("endpoint_down_until", downUntil == null ? null : downUntil.toString());
        shown.put("keys", target.candidates().stream().map(Explain::candidate).toList());
        return shown;
    }

    private static Map<String, @Nullable Object> candidate(Explanation.Candidate key) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("source", key.source().name().toLowerCase(Locale.ROOT));
        shown.put("key_id", key.keyId());
        shown.put("name", key.name());
        shown.put("is_selected", key.selected());
        shown.put("usable", key.usable());
        shown.put("obstacle", key.obstacle() == null ? null : ProviderKeyInfo.health(key.obstacle()));
        shown.put("limits", key.limits() == null ? null : ProviderKeyInfo.limits(key.limits()));
        return shown;
    }
}
