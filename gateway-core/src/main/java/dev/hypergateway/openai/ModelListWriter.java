package dev.hypergateway.openai;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Writes what {@code GET /v1/models} and {@code GET /v1/models/{id}} answer. Stateless. */
public final class ModelListWriter {
    private ModelListWriter() {}

    /** A list of models as a UTF-8 JSON document. */
    public static byte[] list(List<ModelEntry> models) {
        return JsonOutput.toBytes(new ObjectWriter()
                .put("object", "list")
                .put("data", models.stream().map(ModelListWriter::fields).toList())
                .members());
    }

    /** A single model as a UTF-8 JSON document. */
    public static byte[] single(ModelEntry model) {
        return JsonOutput.toBytes(fields(model));
    }

    private static Map<String, Object> fields(ModelEntry model) {
        Instant created = model.created();
        return new ObjectWriter()
                .put("id", model.id())
                .put("object", "model")
                .put("created", created == null ? 0L : created.getEpochSecond())
                .put("owned_by", model.ownedBy())
                .put("context_window", model.contextWindow())
                .extra(model.extra())
                .members();
    }
}
