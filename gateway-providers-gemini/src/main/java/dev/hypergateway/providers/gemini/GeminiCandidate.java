package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.Citation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One candidate of an answer while its chunks come in: passes on its parts as events and gathers what can only be told at the
 * end. Not thread-safe.
 *
 * <p>Fields that have no counterpart are kept under {@code extra_content.google} of the choice in Gemini's own names
 * ({@code safetyRatings}, {@code groundingMetadata}, {@code finishMessage}, …). Parts that are neither text nor tool call (pictures,
 * sound, executed code) are kept there in the message, see {@link GooglesExtra}.
 */
final class GeminiCandidate {
    private static final Set<String> MAPPED = Set.of("content", "index", "logprobsResult");

    private final int index;
    private final AnswerSignatures signatures;
    private final StringBuilder text = new StringBuilder();
    private final ObjectNode fields = GeminiJson.object();
    private final ArrayNode otherParts = GeminiJson.object().putArray("parts");
    private int toolCalls;
    private boolean hasReasoning;
    private @Nullable String finishReason;
    private @Nullable String signature;

    GeminiCandidate(int index, AnswerSignatures signatures) {
        this.index = index;
        this.signatures = signatures;
    }

    /** Takes what a chunk says of this candidate; events go to {@code out}. */
    void accept(JsonNode candidate, List<ChatEvent> out) {
        Map<String, Object> logprobs = GeminiLogprobs.of(candidate.path("logprobsResult"));
        for (JsonNode part : candidate.path("content").path("parts")) {
            if (isText(part)) {
                text(part, logprobs, out);
                logprobs = part.path("thought").asBoolean() ? logprobs : null;
            } else if (part.has("functionCall")) {
                toolCall(part, out);
            } else {
                otherParts.add(part);
            }
        }
        if (logprobs != null) {
            out.add(new ChatEvent.TextDelta(index, "", logprobs));
        }
        keep(candidate);
    }

    @Nullable
    String finishReason() {
        return finishReason;
    }

    /** Whether the model has written anything at all. */
    boolean hasContent() {
        return !text.isEmpty() || hasReasoning || toolCalls > 0 || !otherParts.isEmpty();
    }

    JsonNode fields() {
        return fields;
    }

    /** Tells what is known at the end of the answer. */
    void end(List<ChatEvent> out) {
        List<Citation> citations = GeminiCitations.of(fields, text.toString());
        if (!citations.isEmpty()) {
            out.add(new ChatEvent.Citations(index, citations));
        }
        if (finishReason != null && FinishReasons.isFiltered(finishReason)) {
            fields.put("finishReason", finishReason);
        }
        Map<String, Object> toComeBack = toComeBack();
        if (!toComeBack.isEmpty()) {
            out.add(new ChatEvent.Extra(index, true, GooglesExtra.fields(toComeBack)));
        }
        if (!fields.isEmpty()) {
            out.add(new ChatEvent.Extra(index, GooglesExtra.fields(GeminiJson.fields(fields))));
        }
        if (finishReason != null) {
            out.add(new ChatEvent.Finish(index, FinishReasons.of(finishReason, toolCalls > 0)));
        }
    }

    private Map<String, Object> toComeBack() {
        Map<String, Object> googles = new LinkedHashMap<>();
        if (signature != null) {
            signatures.keepText(text.toString(), signature);
            googles.put("thought_signature", signature);
        }
        if (!otherParts.isEmpty()) {
            googles.put("parts", GeminiJson.value(otherParts));
        }
        return googles;
    }

    private static boolean isText(JsonNode part) {
        return part.path("text").isTextual();
    }

    private void text(JsonNode part, @Nullable Map<String, Object> logprobs, List<ChatEvent> out) {
        String piece = part.get("text").asText();
        if (part.path("thought").asBoolean()) {
            hasReasoning = true;
            out.add(new ChatEvent.ReasoningDelta(index, piece));
            return;
        }
        if (part.hasNonNull("thoughtSignature")) {
            signature = part.get("thoughtSignature").asText();
        }
        if (!piece.isEmpty() || logprobs != null) {
            text.append(piece);
            out.add(new ChatEvent.TextDelta(index, piece, logprobs));
        }
    }

    /** AI Studio sends each call whole. */
    private void toolCall(JsonNode part, List<ChatEvent> out) {
        JsonNode call = part.get("functionCall");
        JsonNode arguments = call.path("args");
        String signature = part.path("thoughtSignature").asText(null);
        out.add(new ChatEvent.ToolCallDelta(
                index,
                toolCalls++,
                signatures.keepCall(call.path("id").asText(null), signature),
                call.path("name").asText(),
                arguments.isObject() ? arguments.toString() : "{}",
                signature == null ? Map.of() : GooglesExtra.fields(signature)));
    }

    /** Later values replace earlier ones, but an empty object, which stands for "nothing to add", replaces nothing. */
    private void keep(JsonNode candidate) {
        for (Map.Entry<String, JsonNode> field : candidate.properties()) {
            JsonNode value = field.getValue();
            if (field.getKey().equals("finishReason")) {
                String reason = value.asText();
                finishReason = reason.equals("FINISH_REASON_UNSPECIFIED") ? finishReason : reason;
            } else if (!MAPPED.contains(field.getKey()) && !(value.isContainerNode() && value.isEmpty())) {
                fields.set(field.getKey(), value);
            }
        }
    }
}
