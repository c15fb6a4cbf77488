package dev.hypergateway.transport;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One event of a {@code text/event-stream} (WHATWG HTML, "Server-sent events").
 *
 * @param event the event's name; null when the stream does not name it
 * @param data the lines of data, joined by line feeds
 * @param id the event's id; null when it has none
 */
public record SseEvent(
        @Nullable String event, String data, @Nullable String id) {
    public SseEvent {
        Objects.requireNonNull(data, "data");
    }

    @Override
    public String toString() {
        return "SseEvent[" + event + ", " + data.length() + " chars]";
    }
}
