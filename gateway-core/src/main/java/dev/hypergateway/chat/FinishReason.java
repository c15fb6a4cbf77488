package dev.hypergateway.chat;

import java.util.Objects;

/**
 * Why a choice ended, in OpenAI's words; an open set, because vendors add their own.
 *
 * @param value the word on the wire, for example {@code stop}
 */
public record FinishReason(String value) {
    /** A natural end or a stop sequence. */
    public static final FinishReason STOP = new FinishReason("stop");
    /** The token limit was reached. */
    public static final FinishReason LENGTH = new FinishReason("length");
    /** The model calls tools. */
    public static final FinishReason TOOL_CALLS = new FinishReason("tool_calls");
    /** A safety filter ended the answer. */
    public static final FinishReason CONTENT_FILTER = new FinishReason("content_filter");

    public FinishReason {
        Objects.requireNonNull(value, "value");
    }

    /** The reason with this word on the wire. */
    public static FinishReason of(String value) {
        return switch (value) {
            case "stop" -> STOP;
            case "length" -> LENGTH;
            case "tool_calls" -> TOOL_CALLS;
            case "content_filter" -> CONTENT_FILTER;
            default -> new FinishReason(value);
        };
    }

    @Override
    public String toString() {
        return value;
    }
}
