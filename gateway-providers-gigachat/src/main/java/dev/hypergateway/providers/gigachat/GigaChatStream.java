package dev.hypergateway.providers.gigachat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.provider.Failures;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderStream;
import dev.hypergateway.transport.SseEvent;
import dev.hypergateway.transport.TransportException;
import dev.hypergateway.transport.UpstreamStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A streamed answer. It is whole when each choice has its finish reason, with or without {@code [DONE]}. An event that is no JSON
 * is skipped; how many were skipped stands in {@code skipped_events} of the answer, provided that it becomes whole. The turn with
 * the key ends together with the stream.
 */
final class GigaChatStream implements ProviderStream {
    private static final int LARGEST_PLAIN_BODY = 8 << 20;

    private final ProviderCall call;
    private final UpstreamStream upstream;
    private final GigaChatAnswer answer;
    private final GigaChatErrors errors;
    private final Turnstile.Turn turn;
    private final Queue<ChatEvent> ready = new ArrayDeque<>();
    private boolean opened;
    private boolean ended;
    private int skipped;

    GigaChatStream(
            ProviderCall call,
            UpstreamStream upstream,
            GigaChatAnswer answer,
            GigaChatErrors errors,
            Turnstile.Turn turn) {
        this.call = call;
        this.upstream = upstream;
        this.answer = answer;
        this.errors = errors;
        this.turn = turn;
    }

    @Override
    public @Nullable ChatEvent next() {
        while (ready.isEmpty() && !ended) {
            read();
        }
        return ready.poll();
    }

    @Override
    public void close() {
        try {
            upstream.close();
        } finally {
            turn.close();
        }
    }

    private void read() {
        try {
            if (!opened) {
                opened = true;
                if (!upstream.beginsAsEventStream()) {
                    readPlainBody();
                    return;
                }
            }
            SseEvent event = upstream.next();
            if (event == null || event.data().strip().equals("[DONE]")) {
                end();
            } else if (!event.data().isBlank()) {
                accept(event.data());
            }
        } catch (TransportException e) {
            boolean cancelled = e.reason() == TransportException.Reason.CANCELLED;
            if (cancelled || !answer.isComplete()) {
                throw Failures.exception(e, call.control());
            }
            end();
        }
    }

    private void readPlainBody() {
        byte[] body = upstream.readBody(LARGEST_PLAIN_BODY);
        JsonNode tree;
        try {
            tree = GigaChatJson.parse(body);
        } catch (IOException e) {
            throw Failures.unreadable(Failures.excerpt(body), e);
        }
        accept(tree);
        end();
    }

    private void accept(String data) {
        try {
            JsonNode chunk = GigaChatJson.parse(data);
            if (chunk.isObject()) {
                accept(chunk);
                return;
            }
        } catch (JsonProcessingException malformed) {
            skipped++;
            return;
        }
        skipped++;
    }

    private void accept(JsonNode chunk) {
        if (!chunk.has("choices") && chunk.path("message").isTextual()) {
            throw errors.inBand(chunk, upstream.headers(), call.credential(), call.control());
        }
        ready.addAll(answer.accept(chunk));
    }

    private void end() {
        if (!answer.isComplete()) {
            throw Failures.truncated(call.control(), skipped);
        }
        ended = true;
        List<ChatEvent> rest = answer.end();
        if (skipped > 0) {
            ready.add(new ChatEvent.Extra(ChatEvent.Extra.WHOLE_ANSWER, Map.of("skipped_events", skipped)));
        }
        ready.addAll(rest);
        close();
    }
}
