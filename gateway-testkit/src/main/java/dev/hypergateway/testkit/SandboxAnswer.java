package dev.hypergateway.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a sandbox vendor's model says. Immutable and thread-safe; the methods that are not static return a changed copy. Tokens
 * are words: the usage of an answer is the number of its words and of the words in the request.
 */
public final class SandboxAnswer {
    private final List<String> text;
    private final List<String> reasoning;
    private final List<Call> calls;
    private final Finish finish;
    private final int cachedTokens;

    private SandboxAnswer(
            List<String> text, List<String> reasoning, List<Call> calls, Finish finish, int cachedTokens) {
        this.text = List.copyOf(text);
        this.reasoning = List.copyOf(reasoning);
        this.calls = List.copyOf(calls);
        this.finish = finish;
        this.cachedTokens = cachedTokens;
    }

    /** A text that is streamed word by word. */
    public static SandboxAnswer text(String text) {
        return chunks(Words.split(text));
    }

    /** A text that is streamed in these pieces. */
    public static SandboxAnswer chunks(List<String> pieces) {
        return new SandboxAnswer(pieces, List.of(), List.of(), Finish.STOP, 0);
    }

    /** Thinks this, word by word, before it answers. */
    public SandboxAnswer withReasoning(String thoughts) {
        return new SandboxAnswer(text, Words.split(thoughts), calls, finish, cachedTokens);
    }

    /**
     * Calls one more function after the text.
     *
     * @param arguments a JSON object
     */
    public SandboxAnswer withToolCall(String name, String arguments) {
        List<Call> more = new ArrayList<>(calls);
        more.add(new Call(name, arguments));
        return new SandboxAnswer(text, reasoning, more, Finish.TOOL_CALLS, cachedTokens);
    }

    /** Ends for this reason. */
    public SandboxAnswer withFinish(Finish reason) {
        return new SandboxAnswer(text, reasoning, calls, reason, cachedTokens);
    }

    /** Reports that this many of the prompt's tokens came from the vendor's cache, at most as many as it has. */
    public SandboxAnswer withCachedTokens(int count) {
        return new SandboxAnswer(text, reasoning, calls, finish, count);
    }

    SandboxAnswer withTextChunks(List<String> pieces, Finish reason) {
        return new SandboxAnswer(pieces, reasoning, calls, reason, cachedTokens);
    }

    /** What is left of an answer that begins with this text; the whole one when it begins otherwise. */
    SandboxAnswer after(String beginning) {
        if (!text().startsWith(beginning)) {
            return this;
        }
        List<String> left = new ArrayList<>();
        int skip = beginning.length();
        for (String piece : text) {
            if (skip < piece.length()) {
                left.add(piece.substring(skip));
            }
            skip = Math.max(0, skip - piece.length());
        }
        return withTextChunks(left, finish);
    }

    SandboxAnswer withoutReasoning() {
        return new SandboxAnswer(text, List.of(), calls, finish, cachedTokens);
    }

    /** The text in pieces. */
    public List<String> textChunks() {
        return text;
    }

    /** The whole text. */
    public String text() {
        return String.join("", text);
    }

    /** The thoughts in pieces. */
    public List<String> reasoningChunks() {
        return reasoning;
    }

    /** The function calls. */
    public List<Call> toolCalls() {
        return calls;
    }

    /** Why it ends. */
    public Finish finish() {
        return finish;
    }

    /** The part of the prompt that came from the vendor's cache. */
    public int cachedTokens() {
        return cachedTokens;
    }

    @Override
    public String toString() {
        return "SandboxAnswer[" + text.size() + " chunks, " + calls.size() + " calls, " + finish + "]";
    }

    /**
     * A function call.
     *
     * @param name name of the function
     * @param arguments a JSON object
     */
    public record Call(String name, String arguments) {
        public Call {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(arguments, "arguments");
        }

        @Override
        public String toString() {
            return "Call[" + name + "]";
        }
    }

    /** Why an answer ends; each vendor has its own words. */
    public enum Finish {
        /** {@code STOP}, {@code stop}. */
        STOP("STOP", "stop"),
        /** {@code MAX_TOKENS}, {@code length}. */
        LENGTH("MAX_TOKENS", "length"),
        /** {@code STOP}, {@code tool_calls}: at Gemini only the parts tell. */
        TOOL_CALLS("STOP", "tool_calls"),
        /** {@code SAFETY}, {@code content_filter}. (xAI's word is documented and not recorded.) */
        SAFETY("SAFETY", "content_filter"),
        /** {@code RECITATION}, {@code content_filter}. */
        RECITATION("RECITATION", "content_filter"),
        /** {@code MALFORMED_FUNCTION_CALL} at Gemini; {@code stop} at xAI, which has no such reason. */
        MALFORMED_FUNCTION_CALL("MALFORMED_FUNCTION_CALL", "stop");

        private final String gemini;
        private final String xai;

        Finish(String gemini, String xai) {
            this.gemini = gemini;
            this.xai = xai;
        }

        String gemini() {
            return gemini;
        }

        String xai() {
            return xai;
        }
    }
}
