package dev.hypergateway.openai;

/** Reads the body of {@code POST /v1/chat/completions}. Stateless. */
public final class ChatRequestReader {
    private ChatRequestReader() {}

    /**
     * Reads and checks a request.
     *
     * @param body a UTF-8 JSON document
     * @throws OpenAiFormatException when it is not a chat request; the message names the field and never repeats content
     */
    public static IncomingChat read(byte[] body) {
        throw new UnsupportedOperationException();
    }
}
