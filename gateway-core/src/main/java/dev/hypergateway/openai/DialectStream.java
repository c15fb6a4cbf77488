package dev.hypergateway.openai;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.SseProviderStream;
import dev.hypergateway.transport.SseEvent;
import dev.hypergateway.transport.UpstreamStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A vendor's stream of chunks as events. It is complete when every choice has its finish reason. */
final class DialectStream extends SseProviderStream {
    private static final Logger LOG = LoggerFactory.getLogger(DialectStream.class);

    private final OpenAiDialectProvider provider;
    private final ProviderCall call;
    private final UpstreamStream upstream;
    private final ChunkReader chunks = new ChunkReader();

    DialectStream(OpenAiDialectProvider provider, ProviderCall call, UpstreamStream upstream) {
        super(call, upstream, OpenAiDialectProvider.LONGEST_ERROR);
        this.provider = provider;
        this.call = call;
        this.upstream = upstream;
    }

    @Override
    protected @Nullable List<ChatEvent> accept(SseEvent event) {
        if ("error".equals(event.event())) {
            throw inBand(event.data().getBytes(StandardCharsets.UTF_8));
        }
        try {
            return chunks.read(event.data());
        } catch (InBandErrorException e) {
            throw inBand(e.json().getBytes(StandardCharsets.UTF_8));
        } catch (OpenAiFormatException e) {
            LOG.debug(
                    "{}: skipped a malformed event of a stream: {}",
                    provider.descriptor().id(),
                    e.getMessage());
            return null;
        }
    }

    /** A 200 may announce an event stream and then hold a JSON error (xAI) or a proxy's HTML page. */
    @Override
    protected List<ChatEvent> acceptPlain(byte[] body) {
        try {
            if (JsonInput.object(body).get("error") != null) {
                throw inBand(body);
            }
        } catch (OpenAiFormatException e) {
            throw OpenAiDialectProvider.unreadable(body, e, call.credential());
        }
        throw OpenAiDialectProvider.unreadable(
                body, new OpenAiFormatException("it is not an event stream", null, null), call.credential());
    }

    @Override
    protected boolean isComplete() {
        return chunks.isComplete();
    }

    @Override
    protected List<ChatEvent> end() {
        List<ChatEvent> rest = new ArrayList<>();
        for (ChatEvent piece : chunks.end()) {
            rest.add(
                    piece instanceof ChatEvent.UsageReport report
                            ? new ChatEvent.UsageReport(provider.convert(report.usage()))
                            : piece);
        }
        return rest;
    }

    private ProviderException inBand(byte[] json) {
        return provider.failed(upstream.status(), upstream.headers(), json, call);
    }
}
