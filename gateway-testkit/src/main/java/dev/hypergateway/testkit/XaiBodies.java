package dev.hypergateway.testkit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes answers as xAI's {@code chat.completion} and its chunks. The completion's tokens exclude reasoning. */
final class XaiBodies {
    private static final String FINGERPRINT = "fp_eb3c003fc66c14ed";

    private final SandboxRequest request;
    private final SandboxAnswer answer;
    private final boolean showThoughts;
    private final String id = UUID.randomUUID().toString();
    private final long created = Instant.now().getEpochSecond();

    XaiBodies(SandboxRequest request, SandboxAnswer answer) {
        boolean thinks = XaiModels.reasons(request.model())
                && !"none".equals(request.body().get("reasoning_effort"));
        this.request = request;
        this.answer = thinks ? answer : answer.withoutReasoning();
        this.showThoughts = XaiModels.showsThoughts(request.model());
    }

    /** The whole answer. */
    ObjectNode whole(boolean finish) {
        ObjectNode body = head("chat.completion");
        ArrayNode choices = body.putArray("choices");
        for (int index = 0; index < request.choices(); index++) {
            choices.add(choice(index, finish));
        }
        body.set("usage", usage());
        return tail(body);
    }

    private ObjectNode choice(int index, boolean finish) {
        ObjectNode choice = Json.object().put("index", index);
        ObjectNode message =
                choice.putObject("message").put("role", "assistant").put("content", answer.text());
        if (showThoughts && !answer.reasoningChunks().isEmpty()) {
            message.put("reasoning_content", String.join("", answer.reasoningChunks()));
        }
        if (!answer.toolCalls().isEmpty()) {
            for (int i = 0; i < answer.toolCalls().size(); i++) {
                message.withArray("tool_calls").add(call(i, false));
            }
        }
        message.putNull("refusal");
        if (finish) {
            choice.put("finish_reason", answer.finish().xai());
        }
        return choice;
    }

    /** Reasoning, then text, then calls; the first chunk has the role. */
    List<ObjectNode> chunks() {
        List<ObjectNode> deltas = new ArrayList<>();
        if (showThoughts) {
            answer.reasoningChunks().forEach(text -> deltas.add(Json.object().put("reasoning_content", text)));
        }
        answer.textChunks().forEach(text -> deltas.add(Json.object().put("content", text)));
        if (deltas.isEmpty() && answer.toolCalls().isEmpty()) {
            deltas.add(Json.object().put("content", ""));
        }
        deltas.stream().limit(1).forEach(first -> first.put("role", "assistant"));
        for (int i = 0; i < answer.toolCalls().size(); i++) {
            ObjectNode delta = Json.object();
            if (deltas.isEmpty()) {
                delta.put("role", "assistant");
            }
            delta.putArray("tool_calls").add(call(i, true));
            deltas.add(delta);
        }
        List<ObjectNode> chunks = new ArrayList<>();
        for (ObjectNode delta : deltas) {
            for (int index = 0; index < request.choices(); index++) {
                chunks.add(chunk(index, delta));
            }
        }
        return chunks;
    }

    private ObjectNode chunk(int index, ObjectNode delta) {
        ObjectNode chunk = head("chat.completion.chunk");
        chunk.putArray("choices").addObject().put("index", index).set("delta", delta);
        return tail(chunk);
    }

    /** The finish chunk, and the usage chunk for those who asked for it. */
    List<ObjectNode> ending(boolean finish) {
        List<ObjectNode> ending = new ArrayList<>();
        for (int index = 0; finish && index < request.choices(); index++) {
            ObjectNode chunk = chunk(index, Json.object());
            ((ObjectNode) chunk.path("choices").get(0))
                    .put("finish_reason", answer.finish().xai());
            ending.add(chunk);
        }
        if (request.body().get("stream_options") instanceof Map<?, ?> options
                && Boolean.TRUE.equals(options.get("include_usage"))) {
            ObjectNode chunk = head("chat.completion.chunk");
            chunk.putArray("choices");
            chunk.set("usage", usage());
            ending.add(tail(chunk));
        }
        return ending;
    }

    private ObjectNode head(String object) {
        return Json.object()
                .put("id", id)
                .put("object", object)
                .put("created", created)
                .put("model", XaiModels.version(request));
    }

    private ObjectNode tail(ObjectNode body) {
        body.put("system_fingerprint", FINGERPRINT);
        return XaiModels.hasTiers(request.model()) ? body.put("service_tier", "default") : body;
    }

    private ObjectNode call(int index, boolean streamed) {
        SandboxAnswer.Call call = answer.toolCalls().get(index);
        ObjectNode node = Json.object().put("id", "call-" + id + "-" + index);
        node.putObject("function").put("name", call.name()).put("arguments", call.arguments());
        if (streamed) {
            node.put("index", index);
        }
        return node.put("type", "function");
    }

    private ObjectNode usage() {
        int prompt = request.promptTokens();
        int cached = Math.min(prompt, answer.cachedTokens());
        int reasoning = Words.count(answer.reasoningChunks());
        int calls = answer.toolCalls().stream()
                .mapToInt(call -> 1 + Words.count(call.arguments()))
                .sum();
        int completion = (Words.count(answer.textChunks()) + calls) * request.choices();
        ObjectNode usage = Json.object()
                .put("prompt_tokens", prompt)
                .put("completion_tokens", completion)
                .put("total_tokens", prompt + completion + reasoning);
        usage.putObject("prompt_tokens_details")
                .put("text_tokens", prompt)
                .put("audio_tokens", 0)
                .put("image_tokens", 0)
                .put("cached_tokens", cached);
        usage.putObject("completion_tokens_details")
                .put("reasoning_tokens", reasoning)
                .put("audio_tokens", 0)
                .put("accepted_prediction_tokens", 0)
                .put("rejected_prediction_tokens", 0);
        // Prices of grok-4.3: 12500 ticks for a token of prompt, 2000 from the cache, 25000 for a token of answer.
        long ticks = 12_500L * (prompt - cached) + 2_000L * cached + 25_000L * (completion + reasoning);
        return usage.put("num_sources_used", 0).put("cost_in_usd_ticks", ticks);
    }
}
