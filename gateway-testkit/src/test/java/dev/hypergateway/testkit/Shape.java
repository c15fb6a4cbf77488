package dev.hypergateway.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fields of a JSON document with their types, in order, without values. */
final class Shape {
    private Shape() {}

    /** Paths such as {@code candidates[].index: NUMBER}; elements of an array count as one. */
    static List<String> of(JsonNode node) {
        Set<String> paths = new LinkedHashSet<>();
        collect(node, "", paths);
        return new ArrayList<>(paths);
    }

    static List<String> of(String json) {
        return of(parse(json));
    }

    static JsonNode parse(String json) {
        try {
            return Recorded.MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void collect(JsonNode node, String path, Set<String> paths) {
        if (!path.isEmpty()) {
            paths.add(path + ": " + node.getNodeType());
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            collect(field.getValue(), path.isEmpty() ? field.getKey() : path + "." + field.getKey(), paths);
        }
        if (node.isArray()) {
            node.forEach(element -> collect(element, path + "[]", paths));
        }
    }
}
