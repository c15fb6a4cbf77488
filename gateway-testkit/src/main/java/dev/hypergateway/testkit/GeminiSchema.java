package dev.hypergateway.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The fields of {@code GenerateContentRequest} and their types, after googleapis
 * {@code google/ai/generativelanguage/v1beta/*.proto} and the Google SDKs. Like the vendor's front end it takes camel case and
 * snake case, and refuses names that it does not know.
 */
final class GeminiSchema {
    /** Types of leaves. {@code any} stands for messages whose inside is not checked here. */
    private static final Map<String, JsonNodeType> LEAVES = Map.of(
            "string", JsonNodeType.STRING,
            "bool", JsonNodeType.BOOLEAN,
            "object", JsonNodeType.OBJECT);

    private static final Map<String, Map<String, String>> MESSAGES = messages();

    private final List<Violation> violations = new ArrayList<>();

    private GeminiSchema() {}

    /**
     * A field that does not fit.
     *
     * @param field path to the message, or to the value, in snake case; empty for the whole request
     * @param description what the vendor says
     */
    record Violation(String field, String description) {}

    /** What is wrong with a {@code GenerateContentRequest} or another message; empty when nothing is. */
    static List<Violation> check(String message, JsonNode value) {
        GeminiSchema schema = new GeminiSchema();
        schema.message(message, value, "");
        return schema.violations;
    }

    /** The name in camel case. */
    static String camel(String name) {
        if (name.indexOf('_') < 0) {
            return name;
        }
        StringBuilder camel = new StringBuilder();
        boolean upper = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '_') {
                upper = true;
            } else {
                camel.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            }
        }
        return camel.toString();
    }

    /** A field by its camel-case name, whichever spelling arrived; a missing node when there is none. */
    static JsonNode field(JsonNode message, String camel) {
        JsonNode found = message.path(camel);
        return found.isMissingNode() ? message.path(snake(camel)) : found;
    }

    /** The elements of a list field; a single message stands for a list of one. */
    static List<JsonNode> elements(JsonNode message, String camel) {
        JsonNode field = field(message, camel);
        if (field.isObject()) {
            return List.of(field);
        }
        List<JsonNode> elements = new ArrayList<>();
        field.forEach(elements::add);
        return elements;
    }

    private void message(String type, JsonNode value, String path) {
        if (!value.isObject()) {
            mismatch(path, "Invalid value at '" + (path.isEmpty() ? "request" : path) + "' (" + type + "), " + value);
            return;
        }
        Map<String, String> fields = MESSAGES.get(type);
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            String fieldType = fields == null ? "any" : fields.get(camel(entry.getKey()));
            if (fieldType == null) {
                violations.add(new Violation(
                        path,
                        "Invalid JSON payload received. Unknown name \"" + entry.getKey() + "\""
                                + (path.isEmpty() ? "" : " at '" + path + "'") + ": Cannot find field."));
            } else if (!entry.getValue().isNull()) {
                String name = snake(camel(entry.getKey()));
                field(fieldType, entry.getValue(), path.isEmpty() ? name : path + "." + name);
            }
        }
    }

    private void field(String type, JsonNode value, String path) {
        if (!type.endsWith("[]")) {
            single(type, value, path);
            return;
        }
        String element = type.substring(0, type.length() - 2);
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                single(element, value.get(i), path + "[" + i + "]");
            }
        } else {
            // Google's front end takes a single message where a list is declared.
            single(element, value, path);
        }
    }

    private void single(String type, JsonNode value, String path) {
        JsonNodeType leaf = LEAVES.get(type);
        if (leaf != null) {
            if (value.getNodeType() != leaf) {
                mismatch(path, invalid(path, "TYPE_" + type.toUpperCase(Locale.ROOT), value));
            }
        } else if (type.equals("int") || type.equals("float")) {
            if (!isNumber(value, type.equals("int"))) {
                mismatch(path, invalid(path, type.equals("int") ? "TYPE_INT32" : "TYPE_FLOAT", value));
            }
        } else if (type.equals("Schemas")) {
            int index = 0;
            for (JsonNode property : value) {
                single("Schema", property, path + "[" + index++ + "].value");
            }
        } else if (!type.equals("any")) {
            message(type, value, path);
        }
    }

    private void mismatch(String path, String description) {
        violations.add(new Violation(path, description));
    }

    /** Not recorded for this API; the common text of Google's JSON front end. */
    private static String invalid(String path, String type, JsonNode value) {
        return "Invalid value at '" + path + "' (" + type + "), " + Json.compact(value);
    }

    /** Numbers may come as strings, as everywhere in protobuf's JSON. */
    private static boolean isNumber(JsonNode value, boolean whole) {
        if (value.isTextual()) {
            try {
                double number = Double.parseDouble(value.asText());
                return !whole || number == Math.rint(number);
            } catch (NumberFormatException e) {
                return false;
            }
        }
        return value.isNumber() && (!whole || value.asDouble() == Math.rint(value.asDouble()));
    }

    private static String snake(String camel) {
        return camel.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static Map<String, Map<String, String>> messages() {
        Map<String, Map<String, String>> messages = new HashMap<>();
        messages.put(
                "GenerateContentRequest",
                fields("model:string contents:Content[] systemInstruction:Content tools:Tool[] toolConfig:ToolConfig"
                        + " safetySettings:SafetySetting[] generationConfig:GenerationConfig cachedContent:string"
                        + " serviceTier:string store:bool"));
        messages.put(
                "CountTokensRequest",
                fields("model:string contents:Content[] generateContentRequest:GenerateContentRequest"));
        messages.put("BatchEmbedContentsRequest", fields("model:string requests:EmbedContentRequest[]"));
        messages.put(
                "EmbedContentRequest",
                fields("model:string content:Content taskType:string title:string outputDimensionality:int"));
        messages.put("PredictRequest", fields("model:string instances:any[] parameters:any"));
        messages.put("Content", fields("role:string parts:Part[]"));
        messages.put(
                "Part",
                fields("text:string inlineData:Blob fileData:FileData functionCall:FunctionCall"
                        + " functionResponse:FunctionResponse executableCode:ExecutableCode"
                        + " codeExecutionResult:CodeExecutionResult toolCall:any toolResponse:any thought:bool"
                        + " thoughtSignature:string videoMetadata:any partMetadata:any"));
        messages.put("Blob", fields("mimeType:string data:string displayName:string"));
        messages.put("FileData", fields("mimeType:string fileUri:string displayName:string"));
        messages.put("FunctionCall", fields("id:string name:string args:object"));
        messages.put(
                "FunctionResponse",
                fields("id:string name:string response:object parts:any[] willContinue:bool scheduling:string"));
        messages.put("ExecutableCode", fields("id:string language:string code:string"));
        messages.put("CodeExecutionResult", fields("id:string outcome:string output:string"));
        messages.put(
                "Tool",
                fields("functionDeclarations:FunctionDeclaration[] googleSearch:any googleSearchRetrieval:any"
                        + " codeExecution:any urlContext:any googleMaps:any fileSearch:any computerUse:any"
                        + " mcpServers:any"));
        messages.put(
                "FunctionDeclaration",
                fields("name:string description:string parameters:Schema parametersJsonSchema:any response:Schema"
                        + " responseJsonSchema:any behavior:string"));
        messages.put(
                "Schema",
                fields("type:string format:string title:string description:string nullable:bool enum:string[]"
                        + " items:Schema maxItems:int minItems:int properties:Schemas required:string[]"
                        + " minProperties:int maxProperties:int minimum:float maximum:float minLength:int maxLength:int"
                        + " pattern:string example:any anyOf:Schema[] propertyOrdering:string[] default:any"));
        messages.put(
                "ToolConfig",
                fields("functionCallingConfig:FunctionCallingConfig retrievalConfig:any"
                        + " includeServerSideToolInvocations:bool"));
        messages.put(
                "FunctionCallingConfig",
                fields("mode:string allowedFunctionNames:string[] streamFunctionCallArguments:bool"));
        messages.put("SafetySetting", fields("category:string threshold:string method:string"));
        messages.put(
                "GenerationConfig",
                fields("temperature:float topP:float topK:float candidateCount:int maxOutputTokens:int"
                        + " stopSequences:string[] seed:int presencePenalty:float frequencyPenalty:float"
                        + " responseLogprobs:bool logprobs:int responseMimeType:string responseSchema:Schema"
                        + " responseJsonSchema:any responseModalities:string[] mediaResolution:string speechConfig:any"
                        + " imageConfig:any thinkingConfig:ThinkingConfig enableEnhancedCivicAnswers:bool"));
        messages.put("ThinkingConfig", fields("includeThoughts:bool thinkingBudget:int thinkingLevel:string"));
        return messages;
    }

    private static Map<String, String> fields(String declarations) {
        Map<String, String> fields = new HashMap<>();
        for (String declaration : declarations.split(" ", -1)) {
            int colon = declaration.indexOf(':');
            fields.put(declaration.substring(0, colon), declaration.substring(colon + 1));
        }
        return fields;
    }
}
