package dev.hypergateway.providers.gigachat;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.Message;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.ProviderException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.UnaryOperator;

/** Requests as they are written for GigaChat. */
final class Bodies {
    private Bodies() {}

    /** JSON with single quotes. */
    static JsonNode json(String text) {
        try {
            return GigaChatJson.parse(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Draft draft(UnaryOperator<ChatRequest.Builder> request) {
        return GigaChatRequestWriter.write(
                request.apply(ChatRequest.builder().model("sber/GigaChat-2")).build(), "GigaChat-2", false);
    }

    static JsonNode body(UnaryOperator<ChatRequest.Builder> request) {
        return draft(request).body();
    }

    static JsonNode messages(Message... messages) {
        return body(request -> request.messages(List.of(messages))).get("messages");
    }

    static Failure refusal(UnaryOperator<ChatRequest.Builder> request) {
        return catchThrowableOfType(ProviderException.class, () -> draft(request))
                .failure();
    }

    static Failure refusal(Message... messages) {
        return refusal(request -> request.messages(List.of(messages)));
    }
}
