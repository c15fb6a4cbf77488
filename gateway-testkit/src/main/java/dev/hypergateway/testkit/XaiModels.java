package dev.hypergateway.testkit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** xAI's lists of models, and what the models are like. */
final class XaiModels {
    /** The chat models of the lists recorded in 2025 and 2026, and the newer names known since. */
    static final List<String> NAMES = List.of(
            "grok-2-1212",
            "grok-3",
            "grok-3-mini",
            "grok-4",
            "grok-4-0709",
            "grok-4-1-fast-non-reasoning",
            "grok-4-1-fast-reasoning",
            "grok-4-fast-non-reasoning",
            "grok-4-fast-reasoning",
            "grok-code-fast-1",
            "grok-4.3",
            "grok-4.5",
            "grok-4.6");

    private static final long CREATED = 1_763_510_400L;

    private XaiModels() {}

    static ObjectNode list(List<String> models) {
        ObjectNode list = Json.object();
        ArrayNode data = list.putArray("data");
        models.forEach(name -> data.add(describe(name)));
        return list.put("object", "list");
    }

    static ObjectNode describe(String name) {
        return Json.object()
                .put("id", name)
                .put("created", CREATED)
                .put("object", "model")
                .put("owned_by", "xai");
    }

    /** Prices are US cents for 100 million tokens. */
    static ObjectNode languageModels(List<String> models) {
        ObjectNode list = Json.object();
        ArrayNode data = list.putArray("models");
        for (String name : models) {
            ObjectNode model = data.addObject()
                    .put("id", name)
                    .put("fingerprint", "fp_eb3c003fc66c14ed")
                    .put("created", CREATED)
                    .put("object", "model")
                    .put("owned_by", "xai")
                    .put("version", "1.0");
            model.putArray("input_modalities").add("text").add("image");
            model.putArray("output_modalities").add("text");
            model.put("prompt_text_token_price", 12500)
                    .put("cached_prompt_text_token_price", 2000)
                    .put("prompt_image_token_price", 12500)
                    .put("completion_text_token_price", 25000)
                    .put("search_price", 0);
            model.putArray("aliases").add(name + "-latest");
        }
        return list;
    }

    /** The model that answers, which may have an internal name. */
    static String version(SandboxRequest request) {
        boolean effort = request.body().get("reasoning_effort") != null;
        return request.model().equals("grok-3-mini") && effort ? "grok-3-mini-high" : request.model();
    }

    /** Whether answers name a service tier: those of the models since grok-4.3. */
    static boolean hasTiers(String model) {
        return model.startsWith("grok-4.");
    }

    /** The most tokens of a prompt. */
    static int promptLimit(String model) {
        if (model.startsWith("grok-4.")) {
            return model.equals("grok-4.3") ? 1_000_000 : 500_000;
        } else if (model.startsWith("grok-4-") && model.contains("fast")) {
            return 2_000_000;
        }
        return model.startsWith("grok-4") || model.startsWith("grok-code") ? 256_000 : 131_072;
    }

    /** Whether the model thinks, and so refuses penalties and stop sequences. */
    static boolean reasons(String model) {
        return model.equals("grok-3-mini")
                || model.startsWith("grok-code")
                || (model.startsWith("grok-4") && !model.contains("non-reasoning"));
    }

    /** Whether the model's thoughts are shown; grok-4 and grok-4-fast keep theirs. */
    static boolean showsThoughts(String model) {
        return model.equals("grok-3-mini") || model.startsWith("grok-4.");
    }

    /** Whether the model takes {@code reasoning_effort}. */
    static boolean takesEffort(String model) {
        return showsThoughts(model);
    }
}
