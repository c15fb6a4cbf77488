package dev.hypergateway.providers.gigachat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.provider.Capability;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.ModelTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Reads lists of models: the one that ships with this module and the vendor's own. Stateless. */
final class GigaChatModels {
    private static final String SHIPPED = "models.json";
    private static final String OWNER = "salutedevices";

    private GigaChatModels() {}

    /** The models that are known without asking. */
    static List<Model> shipped() {
        return ModelTable.read(Objects.requireNonNull(GigaChatModels.class.getResourceAsStream(SHIPPED), SHIPPED));
    }

    /**
     * The models of {@code GET /models} that can chat or embed. The vendor tells names and types only; what is known of them besides
     * is taken from {@code known}.
     */
    static List<Model> listed(JsonNode list, List<Model> known) {
        List<Model> models = new ArrayList<>();
        for (JsonNode model : list.path("data")) {
            String id = model.path("id").asText("");
            String type = model.path("type").asText("chat");
            boolean embeds = type.equals("embedder");
            if (!id.isEmpty() && (embeds || type.equals("chat"))) {
                Model plain = new Model(id, model.path("owned_by").asText(OWNER), null, null);
                models.add(known.stream()
                        .filter(shipped -> shipped.id().equals(id))
                        .findFirst()
                        .orElse(embeds ? plain.withCapabilities(Set.of(Capability.EMBEDDINGS)) : plain));
            }
        }
        return List.copyOf(models);
    }

    /** The vendor's spelling of a model's name: GigaChat tells upper and lower case apart, callers do not. */
    static String spelled(String name, List<Model> known) {
        return known.stream()
                .filter(model -> model.id().equalsIgnoreCase(name)
                        || model.aliases().stream().anyMatch(name::equalsIgnoreCase))
                .map(Model::id)
                .findFirst()
                .orElse(name);
    }
}
