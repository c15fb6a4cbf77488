package dev.hypergateway.openai;

import dev.hypergateway.chat.ChatEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chunk of a stream, in OpenAI's form or one like it, that differs from the one before in nothing but the {@code content}, as most
 * chunks of most vendors do: its text can be cut out without reading the rest again, which takes a twentieth of the time. Not thread-safe.
 *
 * <p>Where the bytes around a JSON string without escapes are the same, the documents are the same but for that string. So the
 * chunk says what the one before it has said, with another text.
 */
public final class RepeatedChunk {
    private static final String CONTENT = "\"content\":\"";
    private static final int LONGEST_FRAME = 4096;

    private int choice;
    private String before = "";
    private String after = "";

    /** Knows no chunk yet. */
    public RepeatedChunk() {}

    /** Remembers a chunk that has said one piece of text and nothing else. */
    public void learn(String data, List<ChatEvent> said) {
        before = "";
        if (said.size() != 1
                || !(said.get(0) instanceof ChatEvent.TextDelta delta)
                || delta.logprobs() != null
                || delta.text().isEmpty()) {
            return;
        }
        int name = data.indexOf(CONTENT);
        int begin = name + CONTENT.length();
        int end = begin + delta.text().length();
        boolean plain = name >= 0
                && data.indexOf(CONTENT, begin) < 0
                && data.length() - delta.text().length() <= LONGEST_FRAME
                && data.startsWith(delta.text(), begin)
                && end < data.length()
                && data.charAt(end) == '"';
        if (plain) {
            choice = delta.choice();
            before = data.substring(0, begin);
            after = data.substring(end);
        }
    }

    /** The text of a chunk that is like the one that was learnt; null for any other. */
    public ChatEvent.@Nullable TextDelta read(String data) {
        int begin = before.length();
        int end = data.length() - after.length();
        if (begin == 0 || end <= begin || !data.endsWith(after) || !data.startsWith(before)) {
            return null;
        }
        for (int i = begin; i < end; i++) {
            char c = data.charAt(i);
            if (c == '"' || c == '\\' || c < ' ') {
                return null;
            }
        }
        return new ChatEvent.TextDelta(choice, data.substring(begin, end));
    }
}
