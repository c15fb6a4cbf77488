package dev.hypergateway.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What GigaChat demands of the schema of a function's parameters. That objects need {@code properties} is recorded; references and
 * unions are refused with HTTP's own words, because the vendor's are not known.
 */
final class GigaChatSchema {
    private static final List<String> NOT_READ = List.of("$ref", "anyOf", "oneOf", "allOf");

    private GigaChatSchema() {}

    /** What the vendor would say, or null when the schema is good. */
    static @Nullable String complaint(JsonNode schema, String path) {
        if (NOT_READ.stream().anyMatch(schema::has) || schema.path("type").isArray()) {
            return "Unprocessable Entity";
        }
        if (schema.path("type").asText().equals("object")
                && !schema.path("properties").isObject()) {
            return "Field '" + path + "properties' is missing";
        }
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            String complaint = complaint(property.getValue(), path + "properties." + property.getKey() + ".");
            if (complaint != null) {
                return complaint;
            }
        }
        return schema.has("items") ? complaint(schema.get("items"), path + "items.") : null;
    }
}
