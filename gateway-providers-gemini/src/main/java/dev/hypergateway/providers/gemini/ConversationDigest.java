package dev.hypergateway.providers.gemini;

import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Part;
import dev.hypergateway.chat.ToolCall;
import dev.hypergateway.provider.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A hash over a conversation as far as it has been read, by which an answer's signature is found again when the conversation comes
 * back with the answer in it. It goes by what every client sends back: roles, texts, calls and results. Of media the hash code
 * must do, for their bytes would cost time with every turn. Not thread-safe.
 */
final class ConversationDigest {
    private final MessageDigest digest = Fingerprint.digest();

    /** Reads on. */
    void add(Message message) {
        add(digest, message.role());
        for (Part part : message.content()) {
            if (part instanceof Part.Text text) {
                add(digest, text.text());
            } else {
                add(digest, part.type() + part.hashCode());
            }
        }
        if (message instanceof Message.Assistant assistant) {
            for (ToolCall call : assistant.toolCalls()) {
                add(digest, call.id() + "\n" + call.name() + "\n" + call.arguments());
            }
        } else if (message instanceof Message.ToolResult result) {
            add(digest, result.toolCallId());
        }
    }

    /** The id of an answer with this text to the conversation so far. */
    String with(String answer) {
        try {
            MessageDigest copy = (MessageDigest) digest.clone();
            add(copy, answer);
            return HexFormat.of().formatHex(copy.digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("Java's SHA-256 can be copied", e);
        }
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0xff); // stands in no UTF-8, so that no two sequences of texts are the same bytes
    }
}
