package dev.hypergateway.providers.grok;

import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.ModelTable;
import java.util.List;
import java.util.Objects;

/** The models in {@code models.json}. Stateless. */
final class GrokModels {
    private static final String RESOURCE = "models.json";

    private GrokModels() {}

    static List<Model> shipped() {
        return ModelTable.read(Objects.requireNonNull(GrokModels.class.getResourceAsStream(RESOURCE), RESOURCE));
    }
}
