package dev.hypergateway.providers.gigachat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.chat.ChatEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One choice of an answer while it comes in, in pieces or whole. Not thread-safe. */
final class GigaChatChoice {
    private static final Set<String> MAPPED = Set.of("role", "content", "reasoning_content", "function_call");

    /** The role of news about a function that GigaChat runs itself; it is no part of the answer. */
    private static final String PROGRESS = "function_in_progress";

    private final int index;
    private final Supplier<UUID> ids;
    private final ObjectNode fields = GigaChatJson.object();
    private int calls;
    private @Nullable String finishReason;

    GigaChatChoice(int index, Supplier<UUID> ids) {
        this.index = index;
        this.ids = ids;
    }

    boolean isFinished() {
        return finishReason != null;
    }

    /** Takes what a chunk or a whole answer says of this choice. */
    void accept(JsonNode choice, List<ChatEvent> out) {
        JsonNode message = choice.has("delta") ? choice.path("delta") : choice.path("message");
        if (message.path("role").asText().equals(PROGRESS)) {
            fields.withArray(PROGRESS).add(message);
        } else {
            say(message, out);
        }
        String reason = choice.path("finish_reason").asText("");
        finishReason = reason.isEmpty() || reason.equals("null") ? finishReason : reason;
    }

    /** Tells what is known at the end of the answer. */
    void end(List<ChatEvent> out) {
        if (!fields.isEmpty()) {
            out.add(new ChatEvent.Extra(
                    index, true, Map.of("extra_content", Map.of("gigachat", GigaChatJson.fields(fields)))));
        }
        if (finishReason != null) {
            out.add(new ChatEvent.Finish(index, FinishReasons.of(finishReason, calls > 0)));
        }
    }

    private void say(JsonNode message, List<ChatEvent> out) {
        String reasoning = message.path("reasoning_content").asText("");
        if (!reasoning.isEmpty() && message.get("reasoning_content").isTextual()) {
            out.add(new ChatEvent.ReasoningDelta(index, reasoning));
        }
        JsonNode content = message.path("content");
        if (content.isTextual() && !content.asText().isEmpty()) {
            out.add(new ChatEvent.TextDelta(index, content.asText()));
        }
        for (Map.Entry<String, JsonNode> field : message.properties()) {
            if (!MAPPED.contains(field.getKey()) && !field.getValue().isNull()) {
                fields.set(field.getKey(), field.getValue());
            }
        }
        if (message.path("function_call").isObject()) {
            call(message.get("function_call"), out);
        }
    }

    /** GigaChat sends a call whole; a piece without a name would go on with the one before. */
    private void call(JsonNode call, List<ChatEvent> out) {
        JsonNode arguments = call.path("arguments");
        String text = arguments.isTextual() ? arguments.asText() : arguments.isObject() ? arguments.toString() : "";
        String name = call.path("name").asText("");
        if (name.isEmpty() && calls > 0) {
            out.add(new ChatEvent.ToolCallDelta(index, calls - 1, null, null, text, Map.of()));
            return;
        }
        String state = fields.path("functions_state_id").asText("");
        out.add(new ChatEvent.ToolCallDelta(
                index,
                calls++,
                StateId.callId(state, ids),
                name,
                text.isEmpty() ? "{}" : text,
                StateId.fields(state.isEmpty() ? null : state)));
    }
}
