package dev.hypergateway.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Writes answers as {@code GenerateContentResponse}. Usage is cumulative; the candidate's tokens exclude thoughts. */
final class GeminiBodies {
    private static final AtomicLong SERIAL = new AtomicLong();

    private final SandboxRequest request;
    private final SandboxAnswer answer;
    private final boolean showThoughts;
    private final int thoughts;
    private final String responseId = responseId();

    GeminiBodies(SandboxRequest request, SandboxAnswer answer) {
        this.request = request;
        this.answer = GeminiThinking.disabled(request) ? answer.withoutReasoning() : answer;
        this.showThoughts = GeminiThinking.included(request);
        this.thoughts = Words.count(this.answer.reasoningChunks());
    }

    /** The whole answer as one object. */
    ObjectNode whole(boolean finish) {
        List<ObjectNode> parts = new ArrayList<>();
        if (showThoughts && thoughts > 0) {
            parts.add(Json.object()
                    .put("text", String.join("", answer.reasoningChunks()))
                    .put("thought", true));
        }
        if (!answer.textChunks().isEmpty()) {
            ObjectNode part = Json.object().put("text", answer.text());
            parts.add(signsText() ? part.put("thoughtSignature", GeminiSignatures.ofText()) : part);
        }
        parts.addAll(calls());
        ArrayNode candidates = Json.object().arrayNode();
        for (int index = 0; index < request.choices(); index++) {
            candidates.add(candidate(parts, finish, index));
        }
        return body(candidates, answerTokens(), true);
    }

    /** The answer in chunks; the finish reason is in the last one unless an {@link #ending} follows. */
    List<ObjectNode> chunks(boolean finish) {
        boolean finishHere = finish && !signsText();
        List<ObjectNode> chunks = new ArrayList<>();
        if (showThoughts) {
            for (String thought : answer.reasoningChunks()) {
                ObjectNode part = Json.object().put("text", thought).put("thought", true);
                chunks.addAll(chunk(List.of(part), false, 0, false));
            }
        }
        List<ObjectNode> parts = new ArrayList<>();
        answer.textChunks().forEach(text -> parts.add(Json.object().put("text", text)));
        parts.addAll(calls());
        int tokens = 0;
        for (int i = 0; i < parts.size(); i++) {
            tokens += tokens(parts.get(i));
            chunks.addAll(chunk(List.of(parts.get(i)), finishHere && i == parts.size() - 1, tokens, true));
        }
        if (parts.isEmpty() && !signsText()) {
            chunks.addAll(chunk(List.of(), finish, 0, true));
        }
        return chunks;
    }

    /** Gemini 3 ends the stream of a text with an empty part that carries the signature and the finish reason. */
    List<ObjectNode> ending(boolean finish) {
        if (!signsText()) {
            return List.of();
        }
        ObjectNode part = Json.object().put("text", "").put("thoughtSignature", GeminiSignatures.ofText());
        return chunk(List.of(part), finish, Words.count(answer.text()), true);
    }

    /** A chunk for each candidate. */
    private List<ObjectNode> chunk(List<ObjectNode> parts, boolean finish, int tokens, boolean thought) {
        List<ObjectNode> chunks = new ArrayList<>();
        for (int index = 0; index < request.choices(); index++) {
            ArrayNode candidates = Json.object().arrayNode().add(candidate(parts, finish, index));
            chunks.add(body(candidates, tokens, thought));
        }
        return chunks;
    }

    /** What a blocked prompt gets: HTTP 200 without candidates. */
    static ObjectNode blocked(String model) {
        ObjectNode body = Json.object();
        body.putObject("promptFeedback").put("blockReason", "PROHIBITED_CONTENT");
        ObjectNode usage =
                body.putObject("usageMetadata").put("promptTokenCount", 8).put("totalTokenCount", 8);
        addTextDetails(usage, 8);
        return body.put("modelVersion", GeminiModels.version(model)).put("responseId", responseId());
    }

    static void addTextDetails(ObjectNode usage, int tokens) {
        usage.putArray("promptTokensDetails")
                .addObject()
                .put("modality", "TEXT")
                .put("tokenCount", tokens);
    }

    private ObjectNode body(ArrayNode candidates, int tokens, boolean thought) {
        ObjectNode body = Json.object();
        body.set("candidates", candidates);
        body.set("usageMetadata", usage(tokens * request.choices(), thought ? thoughts : 0));
        return body.put("modelVersion", GeminiModels.version(request.model())).put("responseId", responseId);
    }

    private ObjectNode candidate(List<ObjectNode> parts, boolean finish, int index) {
        ObjectNode candidate = Json.object();
        ObjectNode content = candidate.putObject("content");
        if (!parts.isEmpty()) {
            ArrayNode array = content.putArray("parts");
            parts.forEach(part -> array.add(part.deepCopy()));
            content.put("role", "model");
        }
        if (finish) {
            candidate.put("finishReason", answer.finish().gemini());
        }
        if (finish && answer.finish() == SandboxAnswer.Finish.SAFETY) {
            rateSafety(candidate);
        } else {
            candidate.put("index", index);
        }
        if (finish && !answer.toolCalls().isEmpty()) {
            candidate.put("finishMessage", "Model generated function call(s).");
        } else if (finish && answer.finish() == SandboxAnswer.Finish.MALFORMED_FUNCTION_CALL) {
            candidate.put("finishMessage", "Malformed function call: call:default_api:unknown{}");
        }
        return candidate;
    }

    private ObjectNode usage(int tokens, int thoughtTokens) {
        int prompt = request.promptTokens();
        ObjectNode usage = Json.object().put("promptTokenCount", prompt);
        if (tokens > 0) {
            usage.put("candidatesTokenCount", tokens);
        }
        usage.put("totalTokenCount", prompt + tokens + thoughtTokens);
        int cached = Math.min(prompt, answer.cachedTokens());
        if (cached > 0) {
            usage.put("cachedContentTokenCount", cached);
        }
        addTextDetails(usage, prompt);
        if (cached > 0) {
            usage.putArray("cacheTokensDetails")
                    .addObject()
                    .put("modality", "TEXT")
                    .put("tokenCount", cached);
        }
        if (thoughtTokens > 0) {
            usage.put("thoughtsTokenCount", thoughtTokens);
        }
        return usage.put("serviceTier", "standard");
    }

    /** The first call of a step carries the signature of the thoughts that led to it. */
    private List<ObjectNode> calls() {
        List<ObjectNode> parts = new ArrayList<>();
        for (SandboxAnswer.Call call : answer.toolCalls()) {
            ObjectNode part = Json.object();
            ObjectNode arguments = arguments(call);
            ObjectNode function = part.putObject("functionCall").put("name", call.name());
            function.set("args", arguments);
            if (namesCalls()) {
                function.put("id", String.format(Locale.ROOT, "call_%06d", SERIAL.incrementAndGet() % 1_000_000));
            }
            if (parts.isEmpty()) {
                part.put("thoughtSignature", GeminiSignatures.ofCall(call.name(), arguments));
            }
            parts.add(part);
        }
        return parts;
    }

    private int answerTokens() {
        return Words.count(answer.text())
                + calls().stream().mapToInt(GeminiBodies::tokens).sum();
    }

    private static int tokens(ObjectNode part) {
        return Words.count(part.has("text") ? part.path("text").asText() : part.toString());
    }

    private static ObjectNode arguments(SandboxAnswer.Call call) {
        try {
            if (Json.read(call.arguments()) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(notAnObject(call), e);
        }
        throw new IllegalArgumentException(notAnObject(call));
    }

    private static String notAnObject(SandboxAnswer.Call call) {
        return "the arguments of a call must be a JSON object; those of " + call.name() + " are not";
    }

    /** Gemini 3.1 Pro was seen to give ids to calls, most others not. */
    private boolean namesCalls() {
        return GeminiModels.version(request.model()).startsWith("gemini-3.1-pro");
    }

    private boolean signsText() {
        return GeminiModels.version(request.model()).startsWith("gemini-3")
                && thoughts > 0
                && answer.toolCalls().isEmpty();
    }

    private static void rateSafety(ObjectNode candidate) {
        ArrayNode ratings = candidate.putArray("safetyRatings");
        ratings.addObject()
                .put("category", "HARM_CATEGORY_HATE_SPEECH")
                .put("probability", "LOW")
                .put("blocked", true);
        for (String category : List.of("DANGEROUS_CONTENT", "HARASSMENT", "SEXUALLY_EXPLICIT")) {
            ratings.addObject().put("category", "HARM_CATEGORY_" + category).put("probability", "NEGLIGIBLE");
        }
    }

    /** 23 characters like the vendor's, unique in this process. */
    static String responseId() {
        return String.format(Locale.ROOT, "Sandbox%016x", SERIAL.incrementAndGet());
    }
}
