package dev.hypergateway.openai;

import dev.hypergateway.provider.Model;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a vendor's model list in OpenAI's dialect. Stateless. */
final class ModelListReader {
    private ModelListReader() {}

    /**
     * @throws OpenAiFormatException when it is no list
     * @throws InBandErrorException when it is an error object
     */
    static List<Model> read(byte[] body) {
        Members answer = new Members("", JsonInput.object(body));
        List<?> items = answer.arrayIf("data");
        if (items == null) {
            // xAI's list of language models
            items = answer.arrayIf("models");
        }
        if (items == null) {
            if (answer.has("error")) {
                throw new InBandErrorException(new String(body, StandardCharsets.UTF_8));
            }
            throw new OpenAiFormatException("it has no list of models", "data", null);
        }
        List<Model> models = new ArrayList<>(items.size());
        for (Object item : items) {
            if (item instanceof Map<?, ?> map && map.get("id") instanceof String id && !id.isBlank()) {
                models.add(model(id, Members.of("data", map)));
            }
        }
        return models;
    }

    private static Model model(String id, Members fields) {
        Number created = fields.numberIf("created");
        Number window = fields.numberIf("context_window");
        if (window == null) {
            window = fields.numberIf("context_length");
        }
        return new Model(
                id,
                Objects.requireNonNullElse(fields.stringIf("owned_by"), ""),
                ChatResponseReader.time(created),
                window == null || window.intValue() <= 0 ? null : window.intValue(),
                null,
                aliases(fields.arrayIf("aliases")));
    }

    private static List<String> aliases(@Nullable List<?> names) {
        return names == null
                ? List.of()
                : names.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList();
    }
}
