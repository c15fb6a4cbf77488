package dev.hypergateway.server.chat;

import dev.hypergateway.Gateway;
import dev.hypergateway.ListedModel;
import dev.hypergateway.openai.ModelEntry;
import dev.hypergateway.openai.ModelListWriter;
import dev.hypergateway.server.http.Exchange;
import dev.hypergateway.server.http.LogText;
import dev.hypergateway.server.http.Problem;
import dev.hypergateway.server.http.Reply;
import java.io.IOException;

/** {@code GET /v1/models} and {@code GET /v1/models/{id}}. Thread-safe. */
public final class Models {
    private final Gateway gateway;

    public Models(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Lists all models. */
    public void list(Exchange exchange) throws IOException {
        gateway.refreshModels(exchange.owner());
        exchange.reply(Reply.json(
                200,
                ModelListWriter.list(
                        gateway.models().stream().map(Models::entry).toList())));
    }

    /** Shows the model that the path names; its id may hold slashes. */
    public void show(Exchange exchange) throws IOException {
        gateway.refreshModels(exchange.owner());
        String name = exchange.variable();
        ListedModel model = gateway.model(name)
                .orElseThrow(() -> new Problem(
                        404,
                        "model_not_found",
                        "model",
                        "There is no model " + LogText.of(name) + "; GET /v1/models lists those that can be named."));
        exchange.reply(Reply.json(200, ModelListWriter.single(entry(model))));
    }

    private static ModelEntry entry(ListedModel listed) {
        return ModelEntry.of(listed.reference(), listed.model());
    }
}
