package dev.hypergateway.server.chat;

import dev.hypergateway.Gateway;
import dev.hypergateway.image.ImageRequest;
import dev.hypergateway.image.ImageResponse;
import dev.hypergateway.openai.ImageRequestReader;
import dev.hypergateway.openai.ImageResponseWriter;
import dev.hypergateway.server.http.Exchange;
import dev.hypergateway.server.http.Handler;
import java.io.IOException;

/** {@code POST /v1/images/generations}. Thread-safe. */
public final class Images implements Handler {
    private final Gateway gateway;

    public Images(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        GatewayCall.run(exchange, gateway, options -> {
            ImageRequest request = ImageRequestReader.read(exchange.body());
            exchange.note("model", request.model());
            ImageResponse response = gateway.generateImages(request, options);
            GatewayCall.reply(exchange, ImageResponseWriter.write(response), response.trace());
        });
    }
}
