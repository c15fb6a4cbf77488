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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes earlier tool calls and their results. Stateless. */
final class GeminiToolCalls {
    private static final String PARAM = "messages";

    private GeminiToolCalls() {}

    /**
     * The parts of a model turn's calls. Generation 3 refuses a step whose first call has no signature, so calls that another
     * vendor made get Google's stand-in.
     *
     * @param older the signature of the whole message, where older versions of Google's compatible endpoint had it
     */
    static List<ObjectNode> calls(List<ToolCall> calls, @Nullable String older, GeminiModelName model) {
        List<ObjectNode> parts = new ArrayList<>(calls.size());
        boolean signed = false;
        for (ToolCall call : calls) {
            ObjectNode part = GeminiJson.object();
            ObjectNode function = part.putObject("functionCall");
            if (!call.id().isEmpty()) {
                function.put("id", call.id());
            }
            function.put("name", call.name()).set("args", arguments(call));
            String signature = ThoughtSignature.in(call.extra());
            if (signature != null) {
                part.put("thoughtSignature", signature);
                signed = true;
            }
            parts.add(part);
        }
        if (!signed && !parts.isEmpty() && (older != null || model.isGeneration3())) {
            parts.get(0).put("thoughtSignature", older != null ? older : ThoughtSignature.SKIP);
        }
        return parts;
    }

    /** The part of one result. */
    static ObjectNode result(Message.ToolResult result, ToolCall call) {
        ObjectNode part = GeminiJson.object();
        ObjectNode response = part.putObject("functionResponse");
        if (!call.id().isEmpty()) {
            response.put("id", call.id());
        }
        response.put("name", call.name()).set("response", response(result.text()));
        List<Part> media = result.content().stream()
                .filter(piece -> !(piece instanceof Part.Text))
                .toList();
        if (!media.isEmpty()) {
            ArrayNode parts = response.putArray("parts");
            media.forEach(piece -> parts.add(GeminiParts.of(piece)));
        }
        return part;
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

    private static JsonNode arguments(ToolCall call) {
        if (call.arguments().isBlank()) {
            return GeminiJson.object();
        }
        try {
            JsonNode arguments = GeminiJson.parse(call.arguments());
            if (arguments.isObject()) {
                return arguments;
            }
        } catch (JsonProcessingException e) {
            throw notAnObject(call);
        }
        throw notAnObject(call);
    }

    private static RuntimeException notAnObject(ToolCall call) {
        return Refusal.of(
                PARAM,
                "the arguments of the earlier call of '" + call.name()
                        + "' are not a JSON object; send them back as the model wrote them");
    }
}
