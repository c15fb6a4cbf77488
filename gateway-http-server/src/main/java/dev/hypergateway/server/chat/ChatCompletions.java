package dev.hypergateway.server.chat;

import dev.hypergateway.Gateway;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.openai.ChatRequestReader;
import dev.hypergateway.openai.ChatResponseWriter;
import dev.hypergateway.openai.IncomingChat;
import dev.hypergateway.server.http.Exchange;
import dev.hypergateway.server.http.Handler;
import dev.hypergateway.server.http.Heartbeat;
import java.io.IOException;

/** {@code POST /v1/chat/completions}, streamed or not. Thread-safe. */
public final class ChatCompletions implements Handler {
    private final Gateway gateway;
    private final Heartbeat heartbeat;

    public ChatCompletions(Gateway gateway, Heartbeat heartbeat) {
        this.gateway = gateway;
        this.heartbeat = heartbeat;
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        GatewayCall.run(exchange, gateway, options -> {
            IncomingChat chat = ChatRequestReader.read(exchange.body());
            exchange.note("model", chat.request().model());
            if (chat.stream()) {
                exchange.note("stream", "true");
                new StreamedAnswer(exchange, heartbeat, chat.request()).send(gateway.stream(chat.request(), options));
            } else {
                ChatResponse response = gateway.chat(chat.request(), options);
                GatewayCall.reply(exchange, ChatResponseWriter.write(response), response.trace());
            }
        });
    }
}
