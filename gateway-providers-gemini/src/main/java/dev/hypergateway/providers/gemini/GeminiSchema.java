package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/**
 * JSON Schema as Gemini takes it ({@code ai.google.dev/gemini-api/docs/structured-output}). Nearly all of it goes over unchanged;
 * {@code const}, which Gemini does not heed, becomes an {@code enum} of one value where the value is one that an {@code enum} may
 * hold. Stateless.
 */
final class GeminiSchema {
    /** Words whose values are schemas by names of the caller's own. */
    private static final Set<String> BY_NAME = Set.of("properties", "$defs", "definitions", "patternProperties");

    /** Words whose values are data and no schemas. */
    private static final Set<String> DATA = Set.of("enum", "const", "default", "examples", "example", "required");

    private GeminiSchema() {}

    static JsonNode of(Map<String, Object> schema) {
        JsonNode tree = GeminiJson.tree(schema);
        adjust(tree);
        return tree;
    }

    private static void adjust(JsonNode schema) {
        if (schema instanceof ArrayNode list) {
            list.forEach(GeminiSchema::adjust);
        } else if (schema instanceof ObjectNode object) {
            JsonNode constant = object.path("const");
            if ((constant.isTextual() || constant.isNumber()) && !object.has("enum")) {
                object.remove("const");
                object.putArray("enum").add(constant);
            }
            for (Map.Entry<String, JsonNode> word : object.properties()) {
                if (BY_NAME.contains(word.getKey())) {
                    word.getValue().forEach(GeminiSchema::adjust);
                } else if (!DATA.contains(word.getKey())) {
                    adjust(word.getValue());
                }
            }
        }
    }
}
