package dev.hypergateway.openai;

import java.util.List;

/** Writes what {@code GET /v1/models} and {@code GET /v1/models/{id}} answer. Stateless. */
public final class ModelListWriter {
    private ModelListWriter() {}

    /** A list of models as a UTF-8 JSON document. */
    public static byte[] list(List<ModelEntry> models) {
        return JsonOutput.toBytes(out -> {
            out.startObject();
            out.field("object", "list");
            out.startArray("data");
            models.forEach(model -> write(out, model));
            out.endArray();
            out.endObject();
        });
    }

    /** A single model as a UTF-8 JSON document. */
    public static byte[] single(ModelEntry model) {
        return JsonOutput.toBytes(out -> write(out, model));
    }

    private static void write(JsonOutput out, ModelEntry model) {
        out.startObject();
        out.field("id", model.id());
        out.field("object", "model");
        out.field("created", model.created() == null ? 0 : model.created().getEpochSecond());
        out.field("owned_by", model.ownedBy());
        out.field("context_window", model.contextWindow());
        out.fields(model.extra());
        out.endObject();
    }
}
