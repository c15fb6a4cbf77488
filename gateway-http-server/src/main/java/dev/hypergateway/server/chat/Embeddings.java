package dev.hypergateway.server.chat;

import dev.hypergateway.Gateway;
import dev.hypergateway.embedding.EmbeddingResponse;
import dev.hypergateway.openai.EmbeddingRequestReader;
import dev.hypergateway.openai.EmbeddingResponseWriter;
import dev.hypergateway.openai.IncomingEmbedding;
import dev.hypergateway.server.http.Exchange;
import dev.hypergateway.server.http.Handler;
import java.io.IOException;

/** {@code POST /v1/embeddings}. Thread-safe. */
public final class Embeddings implements Handler {
    private final Gateway gateway;

    public Embeddings(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        GatewayCall.run(exchange, gateway, options -> {
            IncomingEmbedding incoming = EmbeddingRequestReader.read(exchange.body());
            exchange.note("model", incoming.request().model());
            EmbeddingResponse response = gateway.embed(incoming.request(), options);
            GatewayCall.reply(exchange, EmbeddingResponseWriter.write(response, incoming.format()), response.trace());
        });
    }
}
