package dev.hypergateway.providers.gigachat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Part;
import dev.hypergateway.chat.ToolCall;
import dev.hypergateway.provider.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The function calls of one assistant turn and their results. GigaChat makes one call at a time and wants each result right behind
 * its call, so several calls of one turn (another vendor's, in a history that moves here) become pairs, one after the other.
 * Results may stand in any order. Not thread-safe.
 */
final class ToolRounds {
    private final Map<String, ToolCall> calls = new LinkedHashMap<>();
    private final Map<String, Message.ToolResult> results = new LinkedHashMap<>();
    private String content = "";
    private @Nullable String state;
    private String param = "messages";

    ToolRounds() {}

    boolean isEmpty() {
        return calls.isEmpty();
    }

    /**
     * Begins with a turn that calls functions.
     *
     * @param where the turn's place in the request, for messages
     */
    void begin(Message.Assistant turn, String text, String where) {
        content = text;
        state = StateId.in(turn.extra());
        param = where;
        for (ToolCall call : turn.toolCalls()) {
            if (calls.put(call.id(), call) != null) {
                throw Refusal.of(where, "two tool calls of one message have the same id '" + call.id() + "'");
            }
        }
    }

    /** Takes the result of a call. */
    void add(Message.ToolResult result, String where) {
        if (!calls.containsKey(result.toolCallId())) {
            throw Refusal.of(
                    where,
                    "the tool message for call '" + result.toolCallId()
                            + "' does not follow an assistant message with that tool call");
        }
        if (results.put(result.toolCallId(), result) != null) {
            throw Refusal.of(where, "two tool messages answer the same call '" + result.toolCallId() + "'");
        }
        for (Part part : result.content()) {
            if (!(part instanceof Part.Text)) {
                throw Refusal.of(
                        where,
                        "a tool message can hold only text for GigaChat, not a part of type '" + part.type()
                                + "'; move it to a user message");
            }
        }
    }

    /** Writes the pairs and is empty again. */
    void flush(ArrayNode messages) {
        String text = content;
        for (ToolCall call : calls.values()) {
            Message.ToolResult result = results.get(call.id());
            if (result == null) {
                throw Refusal.of(
                        param,
                        "the tool call '" + call.id()
                                + "' has no tool message with its result, which GigaChat demands");
            }
            ObjectNode turn = messages.addObject().put("role", "assistant").put("content", text);
            ObjectNode function = turn.putObject("function_call");
            function.put("name", call.name()).set("arguments", arguments(call));
            String id = StateId.of(call.extra(), call.id());
            if (id != null || state != null) {
                turn.put("functions_state_id", id != null ? id : state);
            }
            messages.addObject()
                    .put("role", "function")
                    .put("name", call.name())
                    .put("content", document(result.text()));
            text = "";
        }
        calls.clear();
        results.clear();
    }

    /** GigaChat takes objects only, where OpenAI has them as text. */
    private JsonNode arguments(ToolCall call) {
        if (call.arguments().isBlank()) {
            return GigaChatJson.object();
        }
        try {
            JsonNode arguments = GigaChatJson.parse(call.arguments());
            if (arguments.isObject()) {
                return arguments;
            }
        } catch (JsonProcessingException e) {
            throw notAnObject(call);
        }
        throw notAnObject(call);
    }

    private RuntimeException notAnObject(ToolCall call) {
        return Refusal.of(
                param,
                "the arguments of the earlier call of '" + call.name()
                        + "' are not a JSON object; send them back as the model wrote them");
    }

    /** GigaChat wants a JSON document as the result (422 "invalid function result for function … json string"). */
    private static String document(String text) {
        try {
            if (!GigaChatJson.parse(text).isMissingNode()) {
                return text;
            }
        } catch (JsonProcessingException plainText) {
            return GigaChatJson.text(GigaChatJson.tree(text));
        }
        return GigaChatJson.text(GigaChatJson.tree(text));
    }
}
