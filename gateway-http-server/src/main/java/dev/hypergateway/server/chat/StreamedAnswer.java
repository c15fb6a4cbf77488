package dev.hypergateway.server.chat;

import dev.hypergateway.CallCancelledException;
import dev.hypergateway.GatewayException;
import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatStream;
import dev.hypergateway.openai.ChunkWriter;
import dev.hypergateway.openai.OpenAiError;
import dev.hypergateway.server.http.EventStream;
import dev.hypergateway.server.http.Exchange;
import dev.hypergateway.server.http.Heartbeat;
import java.io.IOException;

/**
 * One answer as server-sent events. Nothing is sent before the answer has begun, so that a call that fails gets a true status;
 * only when that takes long, comments open the answer early. After that a failure is told by an error event, and the connection
 * is cut: without {@code [DONE]} and without the end of the chunked body, so that also a client that does not know error events
 * cannot take the part for the whole. Not thread-safe.
 */
final class StreamedAnswer {
    private final Exchange exchange;
    private final Heartbeat heartbeat;
    private final EventStream events;
    private final ChunkWriter writer;

    StreamedAnswer(Exchange exchange, Heartbeat heartbeat, ChatRequest request) {
        this.exchange = exchange;
        this.heartbeat = heartbeat;
        this.events = exchange.events();
        this.writer = new ChunkWriter(request.model(), request.includeUsage());
    }

    /**
     * Sends the stream and closes it.
     *
     * @throws GatewayException when the call fails while another answer can still be sent
     * @throws IOException when the client is gone, or the answer has been broken off
     */
    void send(ChatStream stream) throws IOException {
        try (stream;
                Heartbeat.Watch watch = heartbeat.watch(events, stream::close)) {
            stream.open();
            events.open(CallReport.headers(exchange, stream.trace()));
            watch.begun();
            for (ChatEvent event : stream) {
                byte[] frame = writer.write(event);
                if (frame != null) {
                    events.add(frame);
                }
                if (!stream.isReady()) {
                    events.flush();
                }
            }
            events.send(writer.done());
            events.finish();
        } catch (GatewayException e) {
            if (events.abandon()) {
                throw e;
            }
            CallReport.headers(exchange, e.trace());
            exchange.note("error", e.code());
            if (!(e instanceof CallCancelledException)) {
                events.send(writer.error(CallErrors.error(e)));
            }
            throw new IOException("the stream was broken off: " + e.code(), e);
        } catch (RuntimeException e) {
            if (!events.abandon()) {
                events.send(writer.error(new OpenAiError(
                        500,
                        "Something went wrong inside the gateway; look for " + exchange.requestId() + " in its log.",
                        "api_error",
                        null,
                        "internal_error")));
            }
            throw e;
        } finally {
            events.seal();
        }
    }
}
