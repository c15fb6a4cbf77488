package dev.hypergateway.providers.gigachat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.provider.Refusal;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the JSON Schema of a function's parameters into the part of JSON Schema that GigaChat reads: no references, no
 * unions, one type each, {@code properties} in every object, {@code items} in every array, formats {@code date},
 * {@code date-time} and {@code time}, enums of strings (as {@code ai-forever/gpt2giga} at 7b3d95d does, and the error
 * {@code Field 'properties.….properties' is missing}). What is narrowed stays true: a value of the first variant of a union is a
 * value of the union. A property that may be null loses that and is no longer required. For one schema; not thread-safe.
 */
final class FunctionSchema {
    private static final Set<String> FORMATS = Set.of("date", "date-time", "time");
    private static final Set<String> UNIONS = Set.of("anyOf", "oneOf");
    private static final Set<String> DEFINITIONS = Set.of("$defs", "definitions", "$schema", "$id");

    private final JsonNode root;
    private final String param;
    private final Set<String> open = new HashSet<>();

    private FunctionSchema(JsonNode root, String param) {
        this.root = root;
        this.param = param;
    }

    /**
     * @param parameters the schema; null for a function without parameters
     * @param param the request field, for messages
     */
    static ObjectNode of(@Nullable Map<String, Object> parameters, String param) {
        JsonNode schema = parameters == null ? GigaChatJson.object() : GigaChatJson.tree(parameters);
        ObjectNode result = new FunctionSchema(schema, param).rewrite(schema);
        if (!result.path("type").asText().equals("object")) {
            if (result.has("type")) {
                throw Refusal.of(param, "the parameters of a function must be a schema of type object");
            }
            result.put("type", "object");
        }
        return complete(result);
    }

    private ObjectNode rewrite(JsonNode schema) {
        ObjectNode result = GigaChatJson.object();
        if (!schema.isObject()) {
            // The schemas true and false: anything, or nothing that could be said here.
            return result;
        }
        String reference = schema.path("$ref").asText("");
        if (!reference.isEmpty()) {
            return rewriteReference(schema, reference);
        }
        for (Map.Entry<String, JsonNode> word : schema.properties()) {
            rewriteWord(word.getKey(), word.getValue(), result);
        }
        for (String union : UNIONS) {
            schema.path(union).forEach(variant -> {
                if (!result.has("type") && !isNull(variant)) {
                    addMissing(result, rewrite(variant));
                }
            });
        }
        schema.path("allOf").forEach(part -> addMissing(result, rewrite(part)));
        dropNullableFromRequired(schema, result);
        return complete(result);
    }

    private ObjectNode rewriteReference(JsonNode schema, String reference) {
        if (!reference.startsWith("#") || !open.add(reference)) {
            throw Refusal.of(
                    param,
                    reference.startsWith("#")
                            ? "GigaChat takes no recursive schema, and '" + reference + "' refers to itself"
                            : "GigaChat takes no schema that refers to another document");
        }
        JsonNode target = reference.equals("#") || reference.startsWith("#/")
                ? root.at(reference.substring(1))
                : MissingNode.getInstance();
        if (target.isMissingNode()) {
            throw Refusal.of(param, "the schema refers to '" + reference + "', which it does not define");
        }
        ObjectNode result = rewrite(target);
        open.remove(reference);
        for (Map.Entry<String, JsonNode> word : schema.properties()) {
            if (!word.getKey().equals("$ref")) {
                rewriteWord(word.getKey(), word.getValue(), result);
            }
        }
        return result;
    }

    private void rewriteWord(String name, JsonNode value, ObjectNode result) {
        if (DEFINITIONS.contains(name) || UNIONS.contains(name) || name.equals("allOf")) {
            return;
        }
        switch (name) {
            case "type" -> setType(value, result);
            case "properties" -> {
                ObjectNode properties = result.putObject(name);
                value.properties().forEach(entry -> properties.set(entry.getKey(), property(entry.getValue())));
            }
            case "items" -> result.set(name, property(value.isArray() ? value.path(0) : value));
            case "additionalProperties" -> result.set(name, value.isObject() ? rewrite(value) : value);
            case "enum" -> setEnum(value, result);
            case "const" -> setEnum(GigaChatJson.object().putArray(name).add(value), result);
            case "format" -> {
                if (FORMATS.contains(value.asText())) {
                    result.set(name, value);
                }
            }
            default -> result.set(name, value);
        }
    }

    /** Every property and item needs a type. */
    private ObjectNode property(JsonNode schema) {
        ObjectNode result = rewrite(schema);
        if (!result.has("type")) {
            result.put("type", inferred(result));
        }
        return complete(result);
    }

    private static ObjectNode complete(ObjectNode schema) {
        String type = schema.path("type").asText();
        if (type.equals("object") && !schema.path("properties").isObject()) {
            schema.putObject("properties");
        } else if (type.equals("array") && !schema.path("items").isObject()) {
            schema.putObject("items").put("type", "string");
        }
        return schema;
    }

    private static String inferred(ObjectNode schema) {
        if (schema.has("enum")) {
            return "string";
        }
        return schema.has("items") ? "array" : "object";
    }

    private static void setType(JsonNode type, ObjectNode result) {
        if (type.isTextual()) {
            result.put("type", type.asText().toLowerCase(Locale.ROOT));
            return;
        }
        for (JsonNode variant : type) {
            if (!variant.asText().equals("null")) {
                result.put("type", variant.asText());
                return;
            }
        }
    }

    /** An enum of anything but strings is dropped: the type remains. */
    private static void setEnum(JsonNode values, ObjectNode result) {
        Set<String> strings = new LinkedHashSet<>();
        values.forEach(value -> {
            if (value.isTextual()) {
                strings.add(value.asText());
            }
        });
        if (!strings.isEmpty()) {
            ArrayNode kept = result.putArray("enum");
            strings.forEach(kept::add);
        }
    }

    private static void addMissing(ObjectNode target, ObjectNode more) {
        for (Map.Entry<String, JsonNode> word : more.properties()) {
            JsonNode own = target.get(word.getKey());
            if (own == null) {
                target.set(word.getKey(), word.getValue());
            } else if (own instanceof ObjectNode object && word.getValue() instanceof ObjectNode other) {
                addMissing(object, other);
            } else if (word.getKey().equals("required") && own instanceof ArrayNode required) {
                required.addAll((ArrayNode) word.getValue());
            }
        }
    }

    private void dropNullableFromRequired(JsonNode schema, ObjectNode result) {
        if (!(result.get("required") instanceof ArrayNode required)) {
            return;
        }
        ArrayNode kept = GigaChatJson.object().putArray("required");
        for (JsonNode name : required) {
            if (!mayBeNull(schema.path("properties").path(name.asText()))) {
                kept.add(name);
            }
        }
        result.set("required", kept);
    }

    private static boolean mayBeNull(JsonNode schema) {
        if (contains(schema.path("type"), "null")) {
            return true;
        }
        for (String union : UNIONS) {
            for (JsonNode variant : schema.path(union)) {
                if (isNull(variant)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isNull(JsonNode schema) {
        return schema.path("type").asText().equals("null");
    }

    private static boolean contains(JsonNode types, String type) {
        for (JsonNode variant : types) {
            if (variant.asText().equals(type)) {
                return true;
            }
        }
        return false;
    }
}
