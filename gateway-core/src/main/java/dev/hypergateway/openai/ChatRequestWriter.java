package dev.hypergateway.openai;

import dev.hypergateway.chat.ChatRequest;

/** Writes a chat request for a vendor that speaks OpenAI's dialect. Stateless. */
public final class ChatRequestWriter {
    private ChatRequestWriter() {}

    /**
     * The body for {@code POST …/chat/completions}.
     *
     * @param request what to ask; its model is not used
     * @param model the vendor's name of the model
     * @param stream whether to ask for server-sent events
     * @param includeUsage whether to ask for a usage chunk at the end of the stream; ignored without {@code stream}
     * @return a UTF-8 JSON document
     */
    public static byte[] write(ChatRequest request, String model, boolean stream, boolean includeUsage) {
        throw new UnsupportedOperationException();
    }
}
