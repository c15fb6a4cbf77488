package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.provider.Failures;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderStream;
import dev.hypergateway.provider.Redactor;
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
 * A streamed answer. Gemini has no end marker: the answer is whole when the connection ends and each candidate has its finish
 * reason. An event that is no JSON is skipped; how many were skipped stands in {@code skipped_events} of the answer, provided
 * that it becomes whole.
 */
final class GeminiStream implements ProviderStream {
    private static final int LARGEST_PLAIN_BODY = 32 << 20;

    private final ProviderCall call;
    private final UpstreamStream upstream;
    private final GeminiAnswer answer;
    private final GeminiErrorClassifier errors;
    private final Queue<ChatEvent> ready = new ArrayDeque<>();
    private boolean opened;
    private boolean ended;
    private int skipped;

    GeminiStream(ProviderCall call, UpstreamStream upstream, GeminiAnswer answer, GeminiErrorClassifier errors) {
        this.call = call;
        this.upstream = upstream;
        this.answer = answer;
        this.errors = errors;
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
        upstream.close();
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
            if (event == null) {
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
            tree = GeminiJson.parse(body);
        } catch (IOException notJson) {
            // Not the cause: Jackson quotes the text that it stumbled over.
            String excerpt =
                    Redactor.redact(Failures.excerpt(body), call.credential().secret());
            throw Failures.unreadable(excerpt, null);
        }
        if (tree.isArray()) {
            tree.forEach(this::accept);
        } else {
            accept(tree);
        }
        end();
    }

    private void accept(String data) {
        JsonNode chunk;
        try {
            chunk = GeminiJson.parse(data);
        } catch (JsonProcessingException malformed) {
            skipped++;
            return;
        }
        if (chunk.isObject()) {
            accept(chunk);
        } else {
            skipped++;
        }
    }

    private void accept(JsonNode chunk) {
        JsonNode error = chunk.path("error");
        if (error.isObject()) {
            throw errors.inBand(error, call.credential(), call.control());
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
    }
}
