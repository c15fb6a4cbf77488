package dev.hypergateway.providers.gigachat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.openai.RepeatedChunk;
import dev.hypergateway.provider.Failures;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.SseProviderStream;
import dev.hypergateway.transport.SseEvent;
import dev.hypergateway.transport.UpstreamStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A streamed answer. It is whole when each choice has its finish reason, with or without {@code [DONE]}. The turn with the key
 * ends together with the stream.
 */
final class GigaChatStream extends SseProviderStream {
    private static final int LARGEST_PLAIN_BODY = 8 << 20;

    private final ProviderCall call;
    private final UpstreamStream upstream;
    private final GigaChatAnswer answer;
    private final GigaChatErrors errors;
    private final Turnstile.Turn turn;
    private final RepeatedChunk repeated = new RepeatedChunk();

    GigaChatStream(
            ProviderCall call,
            UpstreamStream upstream,
            GigaChatAnswer answer,
            GigaChatErrors errors,
            Turnstile.Turn turn) {
        super(call, upstream, LARGEST_PLAIN_BODY);
        this.call = call;
        this.upstream = upstream;
        this.answer = answer;
        this.errors = errors;
        this.turn = turn;
    }

    @Override
    public void close() {
        try {
            super.close();
        } finally {
            turn.close();
        }
    }

    @Override
    protected @Nullable List<ChatEvent> accept(SseEvent event) {
        ChatEvent.TextDelta text = repeated.read(event.data());
        if (text != null) {
            return List.of(text);
        }
        try {
            JsonNode chunk = GigaChatJson.parse(event.data());
            if (!chunk.isObject()) {
                return null;
            }
            List<ChatEvent> events = accept(chunk);
            repeated.learn(event.data(), events);
            return events;
        } catch (JsonProcessingException malformed) {
            return null;
        }
    }

    @Override
    protected List<ChatEvent> acceptPlain(byte[] body) {
        try {
            return accept(GigaChatJson.parse(body));
        } catch (IOException e) {
            throw Failures.unreadable(Failures.excerpt(body), e);
        }
    }

    @Override
    protected boolean isComplete() {
        return answer.isComplete();
    }

    @Override
    protected List<ChatEvent> end() {
        List<ChatEvent> rest = answer.end();
        close();
        return rest;
    }

    private List<ChatEvent> accept(JsonNode chunk) {
        if (!chunk.has("choices") && chunk.path("message").isTextual()) {
            throw errors.inBand(chunk, upstream.headers(), call.credential(), call.control());
        }
        return answer.accept(chunk);
    }
}
