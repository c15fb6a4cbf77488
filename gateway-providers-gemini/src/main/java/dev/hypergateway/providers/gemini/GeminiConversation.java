package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Part;
import dev.hypergateway.chat.ToolCall;
import dev.hypergateway.provider.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns a conversation into Gemini's {@code contents} and {@code systemInstruction}. Instructions are gathered from wherever they
 * stand; neighbouring turns of the same side become one content with several parts, because Gemini wants the sides to alternate.
 * For one request; not thread-safe.
 */
final class GeminiConversation {
    private static final String PARAM = "messages";

    private final GeminiModelName model;
    private final ArrayNode contents = GeminiJson.object().putArray("contents");
    private final List<String> instructions = new ArrayList<>();
    private final Map<String, ToolCall> calls = new LinkedHashMap<>();
    private final Map<String, Message.ToolResult> results = new LinkedHashMap<>();

    private GeminiConversation(GeminiModelName model) {
        this.model = model;
    }

    /** Puts the conversation into the body. */
    static void write(List<Message> messages, GeminiModelName model, ObjectNode body) {
        GeminiConversation conversation = new GeminiConversation(model);
        messages.forEach(conversation::add);
        conversation.flushResults();
        conversation.finish(body);
    }

    private void add(Message message) {
        if (message instanceof Message.ToolResult result) {
            if (results.put(result.toolCallId(), result) != null) {
                throw Refusal.of(PARAM, "two tool messages answer the same call '" + result.toolCallId() + "'");
            }
            return;
        }
        flushResults();
        if (message instanceof Message.System || message instanceof Message.Developer) {
            instruct(message);
        } else if (message instanceof Message.User) {
            append("user", content(message));
        } else if (message instanceof Message.Assistant assistant) {
            append("model", answer(assistant));
        } else {
            throw Refusal.of(
                    PARAM,
                    "Gemini has no role '" + message.role() + "'; use system, developer, user, assistant or tool");
        }
    }

    private void instruct(Message message) {
        for (Part part : message.content()) {
            if (!(part instanceof Part.Text)) {
                throw Refusal.of(
                        PARAM,
                        "a " + message.role() + " message can hold only text for Gemini, not a part of type '"
                                + part.type() + "'; move it to a user message");
            }
        }
        if (!message.text().isBlank()) {
            instructions.add(message.text());
        }
    }

    /** Empty texts are left out: Gemini answers 400 to a part without data. */
    private static List<ObjectNode> content(Message message) {
        List<ObjectNode> parts = new ArrayList<>(message.content().size());
        for (Part part : message.content()) {
            if (!(part instanceof Part.Text text && text.text().isEmpty())) {
                parts.add(GeminiParts.of(part));
            }
        }
        return parts;
    }

    private List<ObjectNode> answer(Message.Assistant message) {
        List<ObjectNode> parts = content(message);
        String refusal = message.refusal();
        if (refusal != null && !refusal.isEmpty()) {
            parts.add(GeminiParts.text(refusal));
        }
        String signature = ThoughtSignature.in(message.extra());
        if (signature != null && message.toolCalls().isEmpty() && !parts.isEmpty()) {
            parts.get(parts.size() - 1).put("thoughtSignature", signature);
        }
        parts.addAll(GeminiToolCalls.calls(message.toolCalls(), signature, model));
        calls.clear();
        message.toolCalls().forEach(call -> calls.put(call.id(), call));
        return parts;
    }

    /** All results of one model turn go into one content, in the order of the calls. */
    private void flushResults() {
        if (results.isEmpty()) {
            return;
        }
        List<ObjectNode> parts = new ArrayList<>(results.size());
        calls.forEach((id, call) -> {
            Message.ToolResult result = results.remove(id);
            if (result != null) {
                parts.add(GeminiToolCalls.result(result, call));
            }
        });
        if (!results.isEmpty()) {
            throw Refusal.of(
                    PARAM,
                    "the tool message for call '" + results.keySet().iterator().next()
                            + "' does not follow an assistant message with that tool call");
        }
        append("user", parts);
    }

    private void append(String role, List<ObjectNode> parts) {
        if (parts.isEmpty()) {
            return;
        }
        JsonNode last = contents.path(contents.size() - 1);
        ArrayNode target = last.path("role").asText().equals(role) && last.get("parts") instanceof ArrayNode open
                ? open
                : contents.addObject().put("role", role).putArray("parts");
        target.addAll(parts);
    }

    /** Gemini refuses a request without contents, so instructions that stand alone are asked as a question. */
    private void finish(ObjectNode body) {
        @Nullable String instruction = instructions.isEmpty() ? null : String.join("\n\n", instructions);
        if (contents.isEmpty()) {
            if (instruction == null) {
                throw Refusal.of(PARAM, "the conversation is empty; add a user message with some content");
            }
            append("user", List.of(GeminiParts.text(instruction)));
        } else if (instruction != null) {
            body.putObject("systemInstruction").putArray("parts").add(GeminiParts.text(instruction));
        }
        body.set("contents", contents);
    }
}
