package dev.hypergateway.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Writes answers as GigaChat's {@code chat.completion}: no id, one function call at most with arguments as an object, finish reason
 * and usage in the same event.
 */
final class GigaChatBodies {
    /** What the thematic filter says in place of an answer. */
    static final String FILTERED = "Не люблю менять тему разговора, но вот сейчас тот самый случай.";

    private static final String OBJECT = "chat.completion";

    private final SandboxRequest request;
    private final SandboxAnswer answer;
    private final long created = Instant.now().getEpochSecond();

    GigaChatBodies(SandboxRequest request, SandboxAnswer answer) {
        boolean thinks = GigaChatModels.reasons(request.model(), request.body().get("reasoning_effort") != null);
        boolean filtered = isFiltered(answer.finish());
        this.request = request;
        this.answer = filtered
                ? SandboxAnswer.text(FILTERED).withFinish(answer.finish())
                : thinks ? answer : answer.withoutReasoning();
    }

    /** The whole answer. */
    ObjectNode whole(boolean finish) {
        ObjectNode body = Json.object();
        ArrayNode choices = body.putArray("choices");
        for (int index = 0; index < request.choices(); index++) {
            ObjectNode choice = choices.addObject();
            ObjectNode message =
                    choice.putObject("message").put("content", answer.text()).put("role", "assistant");
            if (!answer.reasoningChunks().isEmpty()) {
                message.put("reasoning_content", String.join("", answer.reasoningChunks()));
            }
            call(message);
            choice.put("index", index);
            if (finish) {
                choice.put("finish_reason", reason());
            }
        }
        tail(body).set("usage", usage());
        return body;
    }

    /** Reasoning, then text, then the call; the first chunk has the role. One choice after the other. */
    List<ObjectNode> chunks() {
        List<ObjectNode> chunks = new ArrayList<>();
        for (int index = 0; index < request.choices(); index++) {
            for (ObjectNode delta : deltas()) {
                ObjectNode chunk = Json.object();
                ObjectNode choice = chunk.putArray("choices").addObject();
                choice.set("delta", delta);
                choice.put("index", index);
                chunks.add(tail(chunk));
            }
        }
        return chunks;
    }

    private List<ObjectNode> deltas() {
        List<ObjectNode> deltas = new ArrayList<>();
        answer.reasoningChunks()
                .forEach(text -> deltas.add(Json.object().put("content", "").put("reasoning_content", text)));
        answer.textChunks().forEach(text -> deltas.add(Json.object().put("content", text)));
        if (!answer.toolCalls().isEmpty()) {
            ObjectNode delta = Json.object().put("content", "");
            call(delta);
            deltas.add(delta);
        }
        if (deltas.isEmpty()) {
            deltas.add(Json.object().put("content", ""));
        }
        deltas.get(0).put("role", "assistant");
        return deltas;
    }

    /** The event with finish reasons and usage. */
    ObjectNode ending(boolean finish) {
        ObjectNode chunk = Json.object();
        ArrayNode choices = chunk.putArray("choices");
        for (int index = 0; index < request.choices(); index++) {
            ObjectNode choice = choices.addObject();
            choice.putObject("delta").put("content", "");
            choice.put("index", index);
            if (finish) {
                choice.put("finish_reason", reason());
            }
        }
        tail(chunk).set("usage", usage());
        return chunk;
    }

    private void call(ObjectNode message) {
        if (answer.toolCalls().isEmpty()) {
            return;
        }
        SandboxAnswer.Call first = answer.toolCalls().get(0);
        JsonNode arguments = Json.tryObject(first.arguments());
        ObjectNode call = message.putObject("function_call").put("name", first.name());
        call.set("arguments", arguments == null ? Json.object() : arguments);
        message.put("functions_state_id", UUID.randomUUID().toString());
    }

    private String reason() {
        if (!answer.toolCalls().isEmpty()) {
            return "function_call";
        }
        return switch (answer.finish()) {
            case STOP, TOOL_CALLS -> "stop";
            case LENGTH -> "length";
            case SAFETY, RECITATION -> "blacklist";
            case MALFORMED_FUNCTION_CALL -> "error";
        };
    }

    private static boolean isFiltered(SandboxAnswer.Finish finish) {
        return finish == SandboxAnswer.Finish.SAFETY || finish == SandboxAnswer.Finish.RECITATION;
    }

    private ObjectNode tail(ObjectNode body) {
        return body.put("created", created)
                .put("model", GigaChatModels.version(request.model()))
                .put("object", OBJECT);
    }

    private ObjectNode usage() {
        int prompt = request.promptTokens();
        int completion = Words.count(answer.textChunks())
                + Words.count(answer.reasoningChunks())
                + answer.toolCalls().stream()
                        .limit(1)
                        .mapToInt(call -> 1 + Words.count(call.arguments()))
                        .sum();
        return Json.object()
                .put("prompt_tokens", prompt)
                .put("completion_tokens", completion)
                .put("total_tokens", prompt + completion)
                .put("precached_prompt_tokens", Math.min(prompt, answer.cachedTokens()));
    }
}
