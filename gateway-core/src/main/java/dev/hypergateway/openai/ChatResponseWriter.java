package dev.hypergateway.openai;

import dev.hypergateway.chat.ChatResponse;

/** Writes a whole answer as OpenAI's {@code chat.completion}. Stateless. */
public final class ChatResponseWriter {
    private ChatResponseWriter() {}

    /** The answer as a UTF-8 JSON document. */
    public static byte[] write(ChatResponse response) {
        throw new UnsupportedOperationException();
    }
}
