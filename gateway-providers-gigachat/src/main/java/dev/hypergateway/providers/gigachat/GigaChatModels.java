package dev.hypergateway.providers.gigachat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.provider.Model;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads lists of models: the one that ships with this module and the vendor's own. Stateless. */
final class GigaChatModels {
    private static final String SHIPPED = "models.json";
    private static final String OWNER = "salutedevices";

    private GigaChatModels() {}

    /** The models that are known without asking. */
    static List<Model> shipped() {
        try (InputStream in =
                Objects.requireNonNull(GigaChatModels.class.getResourceAsStream(SHIPPED), "resource " + SHIPPED)) {
            List<Model> models = new ArrayList<>();
            for (JsonNode model : GigaChatJson.parse(in.readAllBytes())) {
                models.add(new Model(
                        model.path("id").asText(),
                        OWNER,
                        model.has("created")
                                ? Instant.ofEpochSecond(model.get("created").asLong())
                                : null,
                        limit(model, "context"),
                        limit(model, "output"),
                        names(model.path("aliases"))));
            }
            return List.copyOf(models);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The models of {@code GET /models} that can chat. The vendor tells names only; what is known of them besides is taken from
     * {@code known}.
     */
    static List<Model> listed(JsonNode list, List<Model> known) {
        List<Model> models = new ArrayList<>();
        for (JsonNode model : list.path("data")) {
            String id = model.path("id").asText("");
            if (!id.isEmpty() && model.path("type").asText("chat").equals("chat")) {
                models.add(known.stream()
                        .filter(shipped -> shipped.id().equals(id))
                        .findFirst()
                        .orElseGet(() -> new Model(id, model.path("owned_by").asText(OWNER), null, null)));
            }
        }
        return List.copyOf(models);
    }

    private static List<String> names(JsonNode array) {
        List<String> names = new ArrayList<>();
        array.forEach(name -> names.add(name.asText()));
        return names;
    }

    private static @Nullable Integer limit(JsonNode model, String field) {
        return model.path(field).isNumber() ? model.get(field).intValue() : null;
    }
}
