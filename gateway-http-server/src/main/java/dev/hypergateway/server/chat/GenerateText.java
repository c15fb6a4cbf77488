package dev.hypergateway.server.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.Gateway;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.openai.ChatRequestReader;
import dev.hypergateway.server.http.Exchange;
import dev.hypergateway.server.http.Handler;
import dev.hypergateway.server.http.InvalidField;
import dev.hypergateway.server.http.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v1/chat/generate-text}: a question, with the conversation before it, as {@code message} and {@code history}. The
 * other fields are those of a chat completion. Thread-safe.
 */
public final class GenerateText implements Handler {
    private final Gateway gateway;
    private final TextDefaults defaults;

    public GenerateText(Gateway gateway, TextDefaults defaults) {
        this.gateway = gateway;
        this.defaults = defaults;
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        GatewayCall.runWithDetail(exchange, gateway, options -> {
            ChatRequest request = request(Json.object(exchange.body()));
            exchange.note("model", request.model());
            ChatResponse response = gateway.chat(request, options);
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("response_text", response.text());
            answer.put("model_used", request.model());
            GatewayCall.reply(exchange, Json.bytes(answer), response.trace());
        });
    }

    private ChatRequest request(ObjectNode body) {
        String message = text(body.remove("message"), "message");
        JsonNode history = body.remove("history");
        if (body.has("messages")) {
            throw new InvalidField("body", "messages", "is not known here; use message and history");
        }
        if (body.path("stream").asBoolean()) {
            throw new InvalidField("body", "stream", "is not possible here; use /v1/chat/completions");
        }
        ArrayNode messages = body.putArray("messages");
        if (history != null && !history.isNull()) {
            if (!history.isArray()) {
                throw new InvalidField("body", "history", "must be a list of objects with role and content");
            }
            for (int i = 0; i < history.size(); i++) {
                add(messages, history.get(i), "history[" + i + "]");
            }
        }
        messages.addObject().put("role", "user").put("content", message);
        JsonNode model = body.get("model");
        if (model == null || model.isNull()) {
            body.put("model", defaults.chatModel());
        }
        return ChatRequestReader.read(Json.bytes(body)).request();
    }

    private static void add(ArrayNode messages, JsonNode turn, String place) {
        String role = text(turn.get("role"), place + ".role");
        String content = text(turn.get("content"), place + ".content");
        // Google's word for it, which clients of the endpoint use for every vendor.
        messages.addObject()
                .put("role", role.equals("model") ? "assistant" : role)
                .put("content", content);
    }

    private static String text(@Nullable JsonNode node, String field) {
        if (node == null || node.isNull()) {
            throw new InvalidField("body", field, "is required");
        }
        if (!node.isTextual() || node.textValue().isBlank()) {
            throw new InvalidField("body", field, "must be a string that is not blank");
        }
        return node.textValue();
    }
}
