package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.provider.Capability;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.ModelTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads lists of models: the one that ships with this module and those that Google sends. Stateless. */
final class GeminiModels {
    private static final String SHIPPED = "models.json";
    private static final String OWNER = "google";

    private GeminiModels() {}

    /** The models that are known without asking. */
    static List<Model> shipped() {
        return ModelTable.read(Objects.requireNonNull(GeminiModels.class.getResourceAsStream(SHIPPED), SHIPPED));
    }

    /** The models of one page of {@code GET /models} that can chat, embed or draw. */
    static List<Model> page(JsonNode page) {
        List<Model> models = new ArrayList<>();
        for (JsonNode model : page.path("models")) {
            Set<Capability> abilities = abilities(model);
            if (abilities != null && model.path("name").isTextual()) {
                models.add(new Model(
                                model.path("name").asText().replaceFirst("^models/", ""),
                                OWNER,
                                null,
                                limit(model, "inputTokenLimit"),
                                limit(model, "outputTokenLimit"),
                                List.of())
                        .withCapabilities(abilities));
            }
        }
        return models;
    }

    /** What the methods tell: nothing certain of models that chat, null for models that are of no use here. */
    private static @Nullable Set<Capability> abilities(JsonNode model) {
        Set<Capability> abilities = null;
        for (JsonNode method : model.path("supportedGenerationMethods")) {
            switch (method.asText()) {
                case "generateContent" -> {
                    return Set.of();
                }
                case "embedContent" -> abilities = Set.of(Capability.EMBEDDINGS);
                case "predict" -> abilities = Set.of(Capability.IMAGE_GENERATION);
                default -> {
                    // countTokens and others say nothing.
                }
            }
        }
        return abilities;
    }

    private static @Nullable Integer limit(JsonNode model, String field) {
        return model.path(field).isNumber() ? model.get(field).intValue() : null;
    }
}
