package dev.hypergateway.testkit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** GigaChat's list of models, and what the models are like. */
final class GigaChatModels {
    /** The chat models of the list recorded in 2026, and the newer names known since. */
    static final List<String> NAMES = List.of(
            "GigaChat",
            "GigaChat-2",
            "GigaChat-2-Max",
            "GigaChat-2-Max-preview",
            "GigaChat-2-Pro",
            "GigaChat-2-Pro-preview",
            "GigaChat-2-Reasoning",
            "GigaChat-2-preview",
            "GigaChat-3-Lightning",
            "GigaChat-3-Pro",
            "GigaChat-3-Ultra",
            "GigaChat-Max",
            "GigaChat-Max-preview",
            "GigaChat-Plus",
            "GigaChat-Pro",
            "GigaChat-Pro-preview",
            "GigaChat-preview");

    /** Listed beside the chat models; they cannot chat. */
    private static final List<String> EMBEDDERS =
            List.of("Embeddings", "Embeddings-2", "EmbeddingsGigaR", "GigaEmbeddings-3B-2025-09");

    private GigaChatModels() {}

    static ObjectNode list(List<String> models) {
        ObjectNode list = Json.object().put("object", "list");
        ArrayNode data = list.putArray("data");
        models.forEach(name -> data.add(describe(name, "chat")));
        EMBEDDERS.forEach(name -> data.add(describe(name, "embedder")));
        return list;
    }

    static ObjectNode describe(String name, String type) {
        return Json.object()
                .put("id", name)
                .put("object", "model")
                .put("owned_by", "salutedevices")
                .put("type", type);
    }

    /** What answers call the model. */
    static String version(String name) {
        return name + (name.startsWith("GigaChat-3") ? ":32.3.18.5" : ":2.0.28.2");
    }

    static boolean reasons(String name, boolean effortGiven) {
        return effortGiven || name.toLowerCase(Locale.ROOT).contains("reasoning");
    }
}
