package dev.hypergateway.openai;

import dev.hypergateway.chat.ChatEvent;
import org.jspecify.annotations.Nullable;

/** Writes one stream as OpenAI's {@code chat.completion.chunk} events. Not thread-safe; one per client stream. */
public final class ChunkWriter {

    /**
     * @param model the model as the client named it
     * @param includeUsage whether the client asked for usage ({@code stream_options.include_usage})
     */
    public ChunkWriter(String model, boolean includeUsage) {}

    /**
     * What to send for an event.
     *
     * @return one or more complete server-sent events in UTF-8, or null when there is nothing to send
     */
    public byte @Nullable [] write(ChatEvent event) {
        throw new UnsupportedOperationException();
    }

    /** The end of a complete stream: {@code data: [DONE]}, after whatever has not been sent yet. */
    public byte[] done() {
        throw new UnsupportedOperationException();
    }

    /** The last event of a stream that failed after content; no {@link #done()} follows. */
    public byte[] error(OpenAiError error) {
        throw new UnsupportedOperationException();
    }

    /**
     * A comment, which clients ignore; keeps a waiting connection alive.
     *
     * @param text a single line
     */
    public static byte[] comment(String text) {
        throw new UnsupportedOperationException();
    }
}
