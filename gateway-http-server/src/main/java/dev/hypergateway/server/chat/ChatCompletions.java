package dev.hypergateway.server.chat;

import dev.hypergateway.CallCancelledException;
import dev.hypergateway.CallOptions;
import dev.hypergateway.Gateway;
import dev.hypergateway.GatewayException;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.openai.ChatRequestReader;
import dev.hypergateway.openai.ChatResponseWriter;
import dev.hypergateway.openai.IncomingChat;
import dev.hypergateway.openai.OpenAiError;
import dev.hypergateway.openai.OpenAiFormatException;
import dev.hypergateway.server.http.Exchange;
import dev.hypergateway.server.http.Handler;
import dev.hypergateway.server.http.Heartbeat;
import dev.hypergateway.server.http.Reply;
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
        CallOptions options = new CallOptions(exchange.owner(), CallerKeys.of(exchange, gateway.providers()));
        IncomingChat chat;
        try {
            chat = ChatRequestReader.read(exchange.body());
        } catch (OpenAiFormatException e) {
            OpenAiError error = e.toError();
            exchange.reply(Reply.json(error.status(), error.toJson()));
            return;
        }
        exchange.note("model", chat.request().model());
        try {
            if (chat.stream()) {
                exchange.note("stream", "true");
                new StreamedAnswer(exchange, heartbeat, chat.request()).send(gateway.stream(chat.request(), options));
            } else {
                ChatResponse response = gateway.chat(chat.request(), options);
                exchange.reply(Reply.json(200, ChatResponseWriter.write(response))
                        .with(CallReport.headers(exchange, response.trace())));
            }
        } catch (CallCancelledException e) {
            throw new IOException("the call was cancelled, nobody waits for an answer", e);
        } catch (GatewayException e) {
            exchange.reply(CallErrors.reply(exchange, e));
        }
    }
}
