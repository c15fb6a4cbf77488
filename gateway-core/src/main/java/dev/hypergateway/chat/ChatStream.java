package dev.hypergateway.chat;

import dev.hypergateway.trace.CallTrace;
import java.util.Iterator;
import java.util.concurrent.Flow;

/**
 * A streamed answer. Nothing is sent before the first use; then the thread that uses the stream does the work, so that its
 * context (logging, tracing) holds throughout. A stream has one reader: {@link #iterator()}, {@link #text()},
 * {@link #response()} and {@link #publisher()} share one position. {@link #close()} may be called from any thread at any time and
 * cancels the upstream request, also before the first byte.
 *
 * <pre>{@code
 * try (ChatStream stream = gateway.stream(request)) {
 *     for (ChatEvent event : stream) {
 *         if (event instanceof ChatEvent.TextDelta delta) {
 *             System.out.print(delta.text());
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>Every method that reads throws {@code GatewayException} when the call fails; a failure after content was delivered is a
 * {@code StreamInterruptedException} with the partial answer. Reading after {@link #close()} throws
 * {@code CallCancelledException}.
 */
public interface ChatStream extends Iterable<ChatEvent>, AutoCloseable {

    /**
     * Sends the request and waits until the answer has begun: afterwards keys and vendors do not change any more. Reading does
     * this by itself; call it to learn of a failure before anything is promised to somebody else. Repeated calls do nothing.
     *
     * @return this stream
     */
    ChatStream open();

    /** The events from the current position on. */
    @Override
    Iterator<ChatEvent> iterator();

    /**
     * Whether the next event is here already, so that reading it waits for nothing: who passes events on may send those that come
     * together in one piece. False before {@link #open()}, and where it is not known.
     */
    boolean isReady();

    /** Reads the rest of the stream and returns the whole text of the first choice. */
    String text();

    /** Reads the rest of the stream and returns the whole answer, as if it had not been streamed. */
    ChatResponse response();

    /**
     * A view for reactive code. It takes one subscriber, which is called on a thread of its own; cancelling the subscription
     * closes the stream.
     */
    Flow.Publisher<ChatEvent> publisher();

    /** The attempts so far; complete once the stream is open. */
    CallTrace trace();

    /** Cancels the upstream request if it is still running. Never throws; repeated calls do nothing. */
    @Override
    void close();
}
