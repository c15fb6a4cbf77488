package dev.hypergateway.providers.sonar;

import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.ModelTable;
import java.util.List;
import java.util.Objects;

/** The models in {@code models.json}. Stateless. */
final class SonarModels {
    private static final String RESOURCE = "models.json";

    private SonarModels() {}

    static List<Model> shipped() {
        return ModelTable.read(Objects.requireNonNull(SonarModels.class.getResourceAsStream(RESOURCE), RESOURCE));
    }
}
