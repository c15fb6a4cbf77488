package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Part;
import dev.hypergateway.chat.ResponseFormat;
import dev.hypergateway.chat.Tool;
import dev.hypergateway.chat.ToolCall;
import dev.hypergateway.chat.ToolChoice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Says in the words of the gateway what a recorded request asked, and brings requests into one form, so that the one which this
 * provider writes can be compared with the one that Google was seen to accept.
 */
final class RecordedQuestion {
    private RecordedQuestion() {}

    /** The one form: camel case, no empty objects and lists, no role of instructions, no ids of calls, JSON Schema for types. */
    static JsonNode normal(JsonNode body) {
        ObjectNode copy = (ObjectNode) named(body);
        copy.remove("model");
        if (copy.path("systemInstruction") instanceof ObjectNode system) {
            system.remove("role");
        }
        for (JsonNode content : copy.path("contents")) {
            for (JsonNode part : content.path("parts")) {
                if (part.path("functionCall") instanceof ObjectNode call) {
                    call.remove("id");
                    if (!call.has("args")) {
                        call.putObject("args");
                    }
                }
                if (part.path("functionResponse") instanceof ObjectNode result) {
                    result.remove("id");
                }
            }
        }
        for (JsonNode tool : copy.path("tools")) {
            for (JsonNode declaration : tool.path("functionDeclarations")) {
                schema((ObjectNode) declaration);
            }
        }
        if (copy.at("/toolConfig/functionCallingConfig") instanceof ObjectNode config) {
            config.put("mode", config.path("mode").asText().toUpperCase(Locale.ROOT));
        }
        for (String name : List.of("generationConfig", "tools")) {
            if (copy.path(name).isContainerNode() && copy.path(name).isEmpty()) {
                copy.remove(name);
            }
        }
        return copy;
    }

    /**
     * The request that means the same.
     *
     * @param body the recorded request in its normal form
     */
    static ChatRequest of(String model, JsonNode body) {
        ChatRequest.Builder request = ChatRequest.builder().model("google/" + model);
        Map<String, Object> google = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            JsonNode value = field.getValue();
            switch (field.getKey()) {
                case "systemInstruction" ->
                    request.system(value.path("parts").path(0).path("text").asText());
                case "contents" -> {}
                case "generationConfig" -> settings(value, request, google);
                case "tools" -> tools(value, request, google);
                case "toolConfig" -> choice(value, request, google);
                default -> google.put(field.getKey(), value);
            }
        }
        messages(body.path("contents"), request);
        return (google.isEmpty() ? request : request.extra(Map.of("google", google))).build();
    }

    private static void settings(JsonNode config, ChatRequest.Builder request, Map<String, Object> google) {
        Map<String, Object> own = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : config.properties()) {
            JsonNode value = field.getValue();
            switch (field.getKey()) {
                case "temperature" -> request.temperature(value.asDouble());
                case "topP" -> request.topP(value.asDouble());
                case "maxOutputTokens" -> request.maxTokens(value.asInt());
                case "responseLogprobs" -> request.logprobs(value.asBoolean());
                case "logprobs" -> request.topLogprobs(value.asInt());
                case "stopSequences" -> {
                    List<String> stop = new ArrayList<>();
                    value.forEach(text -> stop.add(text.asText()));
                    request.stop(stop);
                }
                case "responseJsonSchema" ->
                    request.responseFormat(ResponseFormat.jsonSchema("answer", GeminiJson.fields(value)));
                case "responseMimeType" -> {
                    if (!config.has("responseJsonSchema")) {
                        request.responseFormat(ResponseFormat.JSON_OBJECT);
                    }
                }
                default -> own.put(field.getKey(), value);
            }
        }
        if (!own.isEmpty()) {
            google.put("generationConfig", own);
        }
    }

    private static void tools(JsonNode tools, ChatRequest.Builder request, Map<String, Object> google) {
        List<Tool> functions = new ArrayList<>();
        List<JsonNode> own = new ArrayList<>();
        for (JsonNode tool : tools) {
            if (!tool.has("functionDeclarations")) {
                own.add(tool);
            }
            for (JsonNode declaration : tool.path("functionDeclarations")) {
                functions.add(new Tool.Function(
                        declaration.path("name").asText(),
                        declaration.path("description").asText(null),
                        GeminiJson.fields(declaration.path("parametersJsonSchema")),
                        null,
                        Map.of()));
            }
        }
        request.tools(functions);
        if (!own.isEmpty()) {
            google.put("tools", own);
        }
    }

    private static void choice(JsonNode config, ChatRequest.Builder request, Map<String, Object> google) {
        JsonNode calling = config.path("functionCallingConfig");
        if (config.has("includeServerSideToolInvocations")) {
            google.put("toolConfig", config);
        } else if (calling.has("allowedFunctionNames")) {
            request.toolChoice(ToolChoice.function(
                    calling.path("allowedFunctionNames").path(0).asText()));
        } else {
            request.toolChoice(new ToolChoice.Mode(
                    calling.path("mode").asText().toLowerCase(Locale.ROOT).replace("any", "required")));
        }
    }

    private static void messages(JsonNode contents, ChatRequest.Builder request) {
        int turn = 0;
        for (JsonNode content : contents) {
            turn++;
            if (content.path("role").asText().equals("model")) {
                request.message(answer(content.path("parts"), turn));
            } else if (content.path("parts").path(0).has("functionResponse")) {
                int call = 0;
                for (JsonNode part : content.path("parts")) {
                    request.message(result(part.get("functionResponse"), "t" + (turn - 1) + "c" + call++));
                }
            } else {
                List<Part> parts = new ArrayList<>();
                content.path("parts").forEach(part -> parts.add(part(part)));
                request.message(Message.user(parts.toArray(Part[]::new)));
            }
        }
    }

    private static Message answer(JsonNode parts, int turn) {
        List<Part> texts = new ArrayList<>();
        List<ToolCall> calls = new ArrayList<>();
        for (JsonNode part : parts) {
            if (part.has("functionCall")) {
                calls.add(new ToolCall(
                        "t" + turn + "c" + calls.size(),
                        part.at("/functionCall/name").asText(),
                        part.at("/functionCall/args").toString(),
                        part.has("thoughtSignature")
                                ? GooglesExtra.fields(
                                        part.get("thoughtSignature").asText())
                                : Map.of()));
            } else {
                texts.add(part(part));
            }
        }
        return Message.Assistant.builder().content(texts).toolCalls(calls).build();
    }

    private static Message result(JsonNode result, String callId) {
        List<Part> parts = new ArrayList<>();
        parts.add(Part.text(result.path("response").toString()));
        result.path("parts").forEach(part -> parts.add(part(part)));
        return new Message.ToolResult(callId, parts, Map.of());
    }

    private static Part part(JsonNode part) {
        if (part.has("inlineData")) {
            String url = "data:" + part.at("/inlineData/mimeType").asText() + ";base64,"
                    + part.at("/inlineData/data").asText();
            return url.startsWith("data:image/") ? Part.image(url) : new Part.File(null, url, null, Map.of());
        }
        if (part.has("fileData")) {
            String uri = part.at("/fileData/fileUri").asText();
            return new Part.File(uri, null, uri.contains("/files/") ? "document.pdf" : null, Map.of());
        }
        return Part.text(part.get("text").asText());
    }

    private static void schema(ObjectNode declaration) {
        JsonNode parameters = declaration.remove("parameters");
        if (parameters != null) {
            declaration.set("parametersJsonSchema", lowerCaseTypes(parameters));
        }
    }

    private static JsonNode lowerCaseTypes(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                if (field.getKey().equals("type") && field.getValue().isTextual()) {
                    object.put("type", field.getValue().asText().toLowerCase(Locale.ROOT));
                } else {
                    lowerCaseTypes(field.getValue());
                }
            }
        }
        return schema;
    }

    /** A copy with names in camel case, but for what callers wrote themselves: arguments, results and schemas. */
    private static JsonNode named(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = GeminiJson.object();
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                String name = camelCase(field.getKey());
                boolean callers = List.of(
                                "args", "response", "parameters", "parametersJsonSchema", "responseJsonSchema")
                        .contains(name);
                copy.set(name, callers ? field.getValue().deepCopy() : named(field.getValue()));
            }
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = array.arrayNode();
            array.forEach(element -> copy.add(named(element)));
            return copy;
        }
        return node;
    }

    private static String camelCase(String name) {
        String[] words = name.split("_", -1);
        StringBuilder camel = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            camel.append(words[i].substring(0, 1).toUpperCase(Locale.ROOT)).append(words[i].substring(1));
        }
        return camel.toString();
    }
}
