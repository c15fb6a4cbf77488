package dev.hypergateway.openai;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The names of models in a client's request. Stateless. */
final class ModelNames {
    private static final int MOST_FALLBACKS = 32;

    private ModelNames() {}

    /**
     * The models to try in order: {@code model}, then OpenRouter's {@code models}, then LiteLLM's {@code fallbacks}, each once.
     * {@code model} may be left out where {@code models} names one.
     */
    static List<String> take(Members request) {
        Set<String> models = new LinkedHashSet<>();
        if (request.has("model") || !request.has("models")) {
            models.add(request.requiredText("model"));
        }
        for (String field : List.of("models", "fallbacks")) {
            List<String> names = Texts.of(request.path(field), request.array(field));
            if (names.size() > MOST_FALLBACKS) {
                throw FormatErrors.tooManyItems(request.path(field), MOST_FALLBACKS);
            }
            for (int i = 0; i < names.size(); i++) {
                if (names.get(i).isBlank()) {
                    throw FormatErrors.invalid(
                            request.path(field) + "[" + i + "]", "expected a name, but got an empty string instead");
                }
            }
            models.addAll(names);
        }
        if (models.isEmpty()) {
            throw FormatErrors.missing(request.path("model"));
        }
        return List.copyOf(models);
    }
}
