package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.ModelTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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

    /** The models of one page of {@code GET /models} that can chat. */
    static List<Model> page(JsonNode page) {
        List<Model> models = new ArrayList<>();
        for (JsonNode model : page.path("models")) {
            if (canChat(model)) {
                models.add(new Model(
                        model.path("name").asText().replaceFirst("^models/", ""),
                        OWNER,
                        null,
                        limit(model, "inputTokenLimit"),
                        limit(model, "outputTokenLimit"),
                        List.of()));
            }
        }
        return models;
    }

    private static boolean canChat(JsonNode model) {
        for (JsonNode method : model.path("supportedGenerationMethods")) {
            if (method.asText().equals("generateContent")) {
                return model.path("name").isTextual();
            }
        }
        return false;
    }

    private static @Nullable Integer limit(JsonNode model, String field) {
        return model.path(field).isNumber() ? model.get(field).intValue() : null;
    }
}
