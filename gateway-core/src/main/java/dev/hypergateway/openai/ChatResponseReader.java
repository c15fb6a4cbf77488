package dev.hypergateway.openai;

import dev.hypergateway.chat.ChatResponse;

/** Reads a vendor's whole answer in OpenAI's dialect. Stateless. */
public final class ChatResponseReader {
    private ChatResponseReader() {}

    /**
     * Reads an answer. What vendors leave out or spell differently is taken as far as its meaning is clear.
     *
     * @param body a UTF-8 JSON document
     * @throws OpenAiFormatException when it is no chat completion
     */
    public static ChatResponse read(byte[] body) {
        throw new UnsupportedOperationException();
    }
}
