package dev.hypergateway.failover;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.Message;

/**
 * About how many tokens a text has, where nobody says: one for every four bytes of UTF-8, which is the mean of the vendors'
 * tokenizers for English and comes close for other languages. Only for what is billed when a stream ends early.
 */
final class TokenEstimate {
    private static final int BYTES_PER_TOKEN = 4;

    private long bytes;

    /** Counts the content of an event. */
    void add(ChatEvent event) {
        if (event instanceof ChatEvent.TextDelta delta) {
            add(delta.text());
        } else if (event instanceof ChatEvent.ReasoningDelta delta) {
            add(delta.text());
        } else if (event instanceof ChatEvent.RefusalDelta delta) {
            add(delta.text());
        } else if (event instanceof ChatEvent.ToolCallDelta delta) {
            add(delta.arguments());
        }
    }

    void add(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Each half of a surrogate pair counts two of the pair's four bytes.
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
    }

    long tokens() {
        return (bytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
    }

    /** The text of a prompt; pictures and other files are not counted. */
    static long ofPrompt(ChatRequest request) {
        TokenEstimate estimate = new TokenEstimate();
        for (Message message : request.messages()) {
            estimate.add(message.text());
        }
        return estimate.tokens();
    }
}
