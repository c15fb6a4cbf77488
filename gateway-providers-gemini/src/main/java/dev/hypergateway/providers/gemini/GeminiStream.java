package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.provider.Failures;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.Redactor;
import dev.hypergateway.provider.SseProviderStream;
import dev.hypergateway.transport.SseEvent;
import dev.hypergateway.transport.UpstreamStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A streamed answer. Gemini has no end marker: the answer is whole when the connection ends and each candidate has its finish
 * reason. Without {@code alt=sse}, as behind some proxies, it comes as one JSON array.
 */
final class GeminiStream extends SseProviderStream {
    private static final int LARGEST_PLAIN_BODY = 32 << 20;

    private final ProviderCall call;
    private final GeminiAnswer answer;
    private final GeminiErrorClassifier errors;

    GeminiStream(ProviderCall call, UpstreamStream upstream, GeminiAnswer answer, GeminiErrorClassifier errors) {
        super(call, upstream, LARGEST_PLAIN_BODY);
        this.call = call;
        this.answer = answer;
        this.errors = errors;
    }

    @Override
    protected @Nullable List<ChatEvent> accept(SseEvent event) {
        JsonNode chunk;
        try {
            chunk = GeminiJson.parse(event.data());
        } catch (JsonProcessingException malformed) {
            return null;
        }
        return chunk.isObject() ? accept(chunk) : null;
    }

    @Override
    protected List<ChatEvent> acceptPlain(byte[] body) {
        JsonNode tree;
        try {
            tree = GeminiJson.parse(body);
        } catch (IOException notJson) {
            // Not the cause: Jackson quotes the text that it stumbled over.
            String excerpt =
                    Redactor.redact(Failures.excerpt(body), call.credential().secret());
            throw Failures.unreadable(excerpt, null);
        }
        if (!tree.isArray()) {
            return accept(tree);
        }
        List<ChatEvent> events = new ArrayList<>();
        tree.forEach(chunk -> events.addAll(accept(chunk)));
        return events;
    }

    @Override
    protected boolean isComplete() {
        return answer.isComplete();
    }

    @Override
    protected List<ChatEvent> end() {
        return answer.end();
    }

    private List<ChatEvent> accept(JsonNode chunk) {
        JsonNode error = chunk.path("error");
        if (error.isObject()) {
            throw errors.inBand(error, call.credential(), call.control());
        }
        return answer.accept(chunk);
    }
}
