package dev.hypergateway.provider;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.transport.SseEvent;
import dev.hypergateway.transport.TransportException;
import dev.hypergateway.transport.UpstreamStream;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's server-sent events as events of an answer: what all streams have in common. The answer is whole when the vendor's
 * part of this class says so, with or without {@code [DONE]}; what happens to the connection after that no longer matters. An
 * event that cannot be read is skipped; how many were skipped stands in {@code skipped_events} of the answer, provided that it
 * becomes whole. Used by one thread.
 */
public abstract class SseProviderStream implements ProviderStream {
    private final ProviderCall call;
    private final UpstreamStream upstream;
    private final int largestPlainBody;
    private final Queue<ChatEvent> ready = new ArrayDeque<>();
    private boolean opened;
    private boolean ended;
    private int skipped;
    /** What {@link #isReady()} met and {@link #next()} is to throw. */
    private @Nullable RuntimeException failure;

    /**
     * @param upstream an accepted request's answer; closed together with this
     * @param largestPlainBody most bytes that are read of a body that is no event stream
     */
    protected SseProviderStream(ProviderCall call, UpstreamStream upstream, int largestPlainBody) {
        this.call = call;
        this.upstream = upstream;
        this.largestPlainBody = largestPlainBody;
    }

    /**
     * Takes an event with data.
     *
     * @return what it says; null when it cannot be read
     * @throws ProviderException when it is an error of the vendor's
     */
    protected abstract @Nullable List<ChatEvent> accept(SseEvent event);

    /**
     * Takes the whole body of an answer that was to be an event stream and is none.
     *
     * @throws ProviderException when it is no answer
     */
    protected abstract List<ChatEvent> acceptPlain(byte[] body);

    /** Whether nothing is missing from the answer. */
    protected abstract boolean isComplete();

    /** What is left to tell of an answer that is complete; called once. */
    protected abstract List<ChatEvent> end();

    @Override
    public final @Nullable ChatEvent next() {
        while (ready.isEmpty() && !ended) {
            advance();
        }
        return ready.poll();
    }

    @Override
    public final boolean isReady() {
        try {
            while (opened && ready.isEmpty() && !ended && failure == null && upstream.isReady()) {
                advance();
            }
        } catch (RuntimeException e) {
            failure = e;
        }
        return !ready.isEmpty() || failure != null;
    }

    @Override
    public void close() {
        upstream.close();
    }

    private void advance() {
        if (failure != null) {
            throw failure;
        }
        try {
            read();
        } catch (TransportException e) {
            if (e.reason() == TransportException.Reason.CANCELLED || !isComplete()) {
                throw Failures.exception(e, call.control());
            }
            finish();
        }
    }

    private void read() {
        if (!opened) {
            opened = true;
            if (!upstream.beginsAsEventStream()) {
                ready.addAll(acceptPlain(upstream.readBody(largestPlainBody)));
                finish();
                return;
            }
        }
        SseEvent event = upstream.next();
        if (event == null || event.data().strip().equals("[DONE]")) {
            finish();
        } else if (!event.data().isBlank()) {
            List<ChatEvent> said = accept(event);
            if (said == null) {
                skipped++;
            } else {
                for (ChatEvent each : said) {
                    ready.add(each);
                }
            }
        }
    }

    private void finish() {
        if (!isComplete()) {
            throw Failures.truncated(call.control(), skipped);
        }
        ended = true;
        List<ChatEvent> rest = end();
        if (skipped > 0) {
            ready.add(new ChatEvent.Extra(ChatEvent.Extra.WHOLE_ANSWER, Map.of("skipped_events", skipped)));
        }
        ready.addAll(rest);
    }
}
