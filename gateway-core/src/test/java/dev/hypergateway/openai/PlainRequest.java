package dev.hypergateway.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A request without what says nothing: {@code stream:false}, null for a typed field, parts of a lone text. */
final class PlainRequest {
    private PlainRequest() {}

    static ObjectNode of(JsonNode request) {
        ObjectNode node = request.deepCopy();
        if (!node.path("stream").asBoolean()) {
            node.remove("stream");
        }
        if (node.at("/response_format/json_schema/strict").isNull()) {
            ((ObjectNode) node.at("/response_format/json_schema")).remove("strict");
        }
        if (node.path("stop").isTextual()) {
            node.set("stop", node.arrayNode().add(node.get("stop")));
        }
        for (JsonNode message : node.path("messages")) {
            JsonNode content = message.path("content");
            if (content.isArray()
                    && content.size() == 1
                    && content.get(0).size() == 2
                    && content.get(0).has("text")) {
                ((ObjectNode) message).set("content", content.get(0).get("text"));
            }
            if (message.path("role").asText().equals("assistant") && !message.has("content")) {
                ((ObjectNode) message).putNull("content");
            }
            List.of("tool_calls", "refusal", "name", "reasoning_content").forEach(name -> {
                if (message.path(name).isNull()) {
                    ((ObjectNode) message).remove(name);
                }
            });
        }
        return node;
    }
}
