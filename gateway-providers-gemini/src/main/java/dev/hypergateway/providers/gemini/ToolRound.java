package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.core.JsonProcessingException;
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
 * The tool calls of one turn of the model and their results. Gemini wants as many results as there were calls, in one content and
 * in the order of the calls; here they may come in any order. For one request; not thread-safe.
 */
final class ToolRound {
    private final GeminiModelName model;
    private final GeminiParts parts;
    private final PastSignatures signatures;
    private final Map<String, ToolCall> calls = new LinkedHashMap<>();
    private final Map<String, List<ObjectNode>> results = new LinkedHashMap<>();
    private String place = "messages";

    ToolRound(GeminiModelName model, GeminiParts parts, PastSignatures signatures) {
        this.model = model;
        this.parts = parts;
        this.signatures = signatures;
    }

    /**
     * Begins with the calls of a turn. Generation 3 refuses a step whose first call has no signature, so calls that another vendor
     * made, or whose signature is lost, get Google's stand-in.
     *
     * @param older the signature of the whole message, where older versions of Google's compatible endpoint had it
     * @param param the turn's place in the request, for messages
     * @return the parts of the calls
     */
    List<ObjectNode> begin(List<ToolCall> turn, @Nullable String older, String param) {
        calls.clear();
        place = param;
        List<ObjectNode> written = new ArrayList<>(turn.size());
        boolean signed = false;
        for (int i = 0; i < turn.size(); i++) {
            ToolCall call = turn.get(i);
            String where = param + ".tool_calls[" + i + "]";
            if (calls.put(call.id(), call) != null) {
                throw Refusal.of(where + ".id", "two tool calls of one message have the same id '" + call.id() + "'");
            }
            ObjectNode part = GeminiJson.object();
            ObjectNode function = part.putObject("functionCall");
            putId(function, call);
            function.put("name", call.name()).set("args", arguments(call, where));
            String signature = signatures.ofCall(call);
            if (signature != null) {
                part.put("thoughtSignature", signature);
                signed = true;
            }
            written.add(part);
        }
        if (!signed && !written.isEmpty() && (older != null || model.isGeneration3())) {
            written.get(0).put("thoughtSignature", older != null ? older : GooglesExtra.SKIP);
        }
        return written;
    }

    /** Takes the result of a call. */
    void add(Message.ToolResult result, String param) {
        ToolCall call = calls.get(result.toolCallId());
        if (call == null) {
            throw Refusal.of(
                    param + ".tool_call_id",
                    "the tool message for call '" + result.toolCallId()
                            + "' does not follow an assistant message with that tool call");
        }
        if (results.put(call.id(), written(result, call, param)) != null) {
            throw Refusal.of(
                    param + ".tool_call_id", "two tool messages answer the same call '" + result.toolCallId() + "'");
        }
    }

    /** The parts of all results, and ready for the next round. */
    List<ObjectNode> results() {
        if (results.isEmpty()) {
            return List.of();
        }
        List<ObjectNode> responses = new ArrayList<>();
        List<ObjectNode> beside = new ArrayList<>();
        for (ToolCall call : calls.values()) {
            List<ObjectNode> result = results.get(call.id());
            if (result == null) {
                throw Refusal.of(
                        place + ".tool_calls",
                        "the tool call '" + call.id() + "' has no tool message with its result; Gemini wants one for"
                                + " each call of a message");
            }
            responses.add(result.get(0));
            beside.addAll(result.subList(1, result.size()));
        }
        results.clear();
        responses.addAll(beside);
        return responses;
    }

    /** The response, and behind it what cannot stand in one: references, and before generation 3 all media. */
    private List<ObjectNode> written(Message.ToolResult result, ToolCall call, String param) {
        ObjectNode part = GeminiJson.object();
        ObjectNode response = part.putObject("functionResponse");
        putId(response, call);
        response.put("name", call.name()).set("response", response(result.text()));
        List<ObjectNode> beside = new ArrayList<>();
        for (int i = 0; i < result.content().size(); i++) {
            Part piece = result.content().get(i);
            if (piece instanceof Part.Text) {
                continue;
            }
            String where = param + ".content[" + i + "]";
            ObjectNode inside = model.isGeneration3() ? parts.inline(piece, where) : null;
            if (inside != null) {
                ArrayNode media = response.withArray("parts");
                media.add(inside);
            } else {
                beside.add(parts.of(piece, where));
            }
        }
        List<ObjectNode> written = new ArrayList<>();
        written.add(part);
        if (!beside.isEmpty()) {
            written.add(GeminiParts.text("From the tool " + call.name() + ":"));
            written.addAll(beside);
        }
        return written;
    }

    /** Google's own id where it gave one, else the one that the caller knows; call and result must have the same. */
    private void putId(ObjectNode target, ToolCall call) {
        String id = signatures.idOf(call);
        if (!id.isEmpty()) {
            target.put("id", id);
        }
    }

    /** Gemini takes objects only: a text or any other JSON value becomes {@code {"result": …}}. */
    private static JsonNode response(String text) {
        JsonNode value;
        try {
            value = GeminiJson.parse(text);
        } catch (JsonProcessingException plainText) {
            return GeminiJson.object().put("result", text);
        }
        if (value.isObject()) {
            return value;
        }
        ObjectNode wrapped = GeminiJson.object();
        return value.isMissingNode() ? wrapped.put("result", text) : wrapped.set("result", value);
    }

    private static JsonNode arguments(ToolCall call, String param) {
        if (call.arguments().isBlank()) {
            return GeminiJson.object();
        }
        try {
            JsonNode arguments = GeminiJson.parse(call.arguments());
            if (arguments.isObject()) {
                return arguments;
            }
        } catch (JsonProcessingException e) {
            throw notAnObject(call, param);
        }
        throw notAnObject(call, param);
    }

    private static RuntimeException notAnObject(ToolCall call, String param) {
        return Refusal.of(
                param + ".function.arguments",
                "the arguments of the earlier call of '" + call.name()
                        + "' are not a JSON object; send them back as the model wrote them");
    }
}
