package dev.hypergateway.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes up a document that fits a schema, in JSON Schema or in Gemini's subset of OpenAPI: every property is there, every string
 * is the same text, recursion ends early. Where a schema bounds lengths or patterns the document may not fit it.
 */
final class SchemaExample {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonNode root;
    private final String text;
    private final Deque<String> open = new ArrayDeque<>();

    private SchemaExample(JsonNode root, String text) {
        this.root = root;
        this.text = text;
    }

    static JsonNode of(JsonNode schema, String text) {
        return new SchemaExample(schema, text).example(schema);
    }

    private JsonNode example(JsonNode schema) {
        for (String fixed : List.of("const", "default", "example")) {
            if (schema.has(fixed)) {
                return schema.get(fixed);
            }
        }
        if (!schema.path("enum").isEmpty()) {
            return schema.path("enum").get(0);
        }
        if (schema.has("$ref")) {
            return referred(schema.path("$ref").asText());
        }
        for (String choice : List.of("anyOf", "oneOf", "allOf")) {
            for (JsonNode option : schema.path(choice)) {
                if (!endless(option)) {
                    return example(option);
                }
            }
        }
        return switch (type(schema)) {
            case "object" -> object(schema);
            case "array" -> array(schema);
            case "integer", "number" -> schema.has("minimum") ? schema.get("minimum") : NODES.numberNode(1);
            case "boolean" -> NODES.booleanNode(true);
            case "null" -> NODES.nullNode();
            default -> NODES.textNode(text);
        };
    }

    private JsonNode referred(String reference) {
        if (open.contains(reference)) {
            return NODES.nullNode();
        }
        open.push(reference);
        JsonNode example = example(reference.equals("#") ? root : root.at(reference.replaceFirst("^#", "")));
        open.pop();
        return example;
    }

    private ObjectNode object(JsonNode schema) {
        ObjectNode object = NODES.objectNode();
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            object.set(property.getKey(), example(property.getValue()));
        }
        return object;
    }

    /** As many elements as it has to have, else one; none of those that contain the array itself. */
    private ArrayNode array(JsonNode schema) {
        ArrayNode array = NODES.arrayNode();
        int count = endless(schema.path("items")) ? 0 : schema.path("minItems").asInt(1);
        for (int i = 0; i < count; i++) {
            array.add(example(schema.path("items")));
        }
        return array;
    }

    private boolean endless(JsonNode schema) {
        return schema.has("$ref") && open.contains(schema.path("$ref").asText());
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        String name = (type.isArray() ? type.path(0) : type).asText("").toLowerCase(Locale.ROOT);
        return name.isEmpty() && schema.has("properties") ? "object" : name;
    }
}
