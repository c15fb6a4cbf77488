package dev.hypergateway.openai;

import dev.hypergateway.chat.ChatEvent;
import java.util.List;

/** Reads the chunks of one stream in OpenAI's dialect. Not thread-safe; one per stream. */
public final class ChunkReader {

    /** A reader that has seen nothing yet. */
    public ChunkReader() {}

    /**
     * Reads one chunk.
     *
     * @param data the data of one server-sent event, {@code [DONE]} excepted
     * @return what the chunk says, possibly nothing
     * @throws OpenAiFormatException when it is no chunk
     * @throws InBandErrorException when it is an error object
     */
    public List<ChatEvent> read(String data) {
        throw new UnsupportedOperationException();
    }

    /** Whether there was a choice and every choice so far has its finish reason. */
    public boolean isComplete() {
        return false;
    }
}
