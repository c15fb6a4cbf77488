package dev.hypergateway.openai;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.provider.Failures;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.ProviderStream;
import dev.hypergateway.transport.SseEvent;
import dev.hypergateway.transport.TransportException;
import dev.hypergateway.transport.UpstreamStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A vendor's stream of chunks as events. It is complete when every choice has its finish reason, with or without
 * {@code [DONE]}; what happens to the connection after that no longer matters.
 */
final class DialectStream implements ProviderStream {
    private static final Logger LOG = LoggerFactory.getLogger(DialectStream.class);

    private final OpenAiDialectProvider provider;
    private final ProviderCall call;
    private final UpstreamStream upstream;
    private final ChunkReader chunks = new ChunkReader();
    private final Queue<ChatEvent> ready = new ArrayDeque<>();
    private boolean looked;
    private boolean ended;
    private int malformed;

    DialectStream(OpenAiDialectProvider provider, ProviderCall call, UpstreamStream upstream) {
        this.provider = provider;
        this.call = call;
        this.upstream = upstream;
    }

    @Override
    public @Nullable ChatEvent next() {
        while (ready.isEmpty() && !ended) {
            advance();
        }
        return ready.poll();
    }

    @Override
    public void close() {
        upstream.close();
    }

    private void advance() {
        SseEvent event;
        try {
            if (!looked) {
                looked = true;
                refuseOtherBodies();
            }
            event = upstream.next();
        } catch (TransportException e) {
            if (!chunks.isComplete() || e.reason() == TransportException.Reason.CANCELLED) {
                throw Failures.exception(e, call.control());
            }
            event = null;
        }
        if (event == null || event.data().strip().equals("[DONE]")) {
            end();
        } else if (!event.data().isBlank()) {
            read(event);
        }
    }

    /** A 200 may announce an event stream and then hold a JSON error (xAI) or a proxy's HTML page. */
    private void refuseOtherBodies() {
        if (upstream.beginsAsEventStream()) {
            return;
        }
        boolean object = upstream.peek() == '{';
        byte[] body = upstream.readBody(OpenAiDialectProvider.LONGEST_ERROR);
        if (object) {
            try {
                if (JsonInput.object(body).get("error") != null) {
                    throw provider.failed(upstream.status(), upstream.headers(), body, call);
                }
            } catch (OpenAiFormatException e) {
                throw OpenAiDialectProvider.unreadable(body, e, call.credential());
            }
        }
        throw OpenAiDialectProvider.unreadable(
                body, new OpenAiFormatException("it is not an event stream", null, null), call.credential());
    }

    private void read(SseEvent event) {
        if ("error".equals(event.event())) {
            throw inBand(event.data());
        }
        try {
            for (ChatEvent piece : chunks.read(event.data())) {
                ready.add(piece);
            }
        } catch (InBandErrorException e) {
            throw inBand(e.json());
        } catch (OpenAiFormatException e) {
            malformed++;
            LOG.debug(
                    "{}: skipped a malformed event of a stream: {}",
                    provider.descriptor().id(),
                    e.getMessage());
        }
    }

    private ProviderException inBand(String json) {
        return provider.failed(upstream.status(), upstream.headers(), json.getBytes(StandardCharsets.UTF_8), call);
    }

    private void end() {
        if (!chunks.isComplete()) {
            throw Failures.truncated(call.control());
        }
        if (malformed > 0) {
            LOG.debug(
                    "{}: a complete stream had {} malformed events",
                    provider.descriptor().id(),
                    malformed);
        }
        for (ChatEvent piece : chunks.end()) {
            ready.add(
                    piece instanceof ChatEvent.UsageReport report
                            ? new ChatEvent.UsageReport(provider.convert(report.usage()))
                            : piece);
        }
        ended = true;
    }
}
