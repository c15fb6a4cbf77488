package dev.hypergateway.chat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One step of a streamed answer. Immutable. A complete stream is: one {@link Start}, any number of deltas, exactly one
 * {@link Finish} per choice, and at most one {@link UsageReport}, in this order except that {@link Extra} may stand anywhere.
 * {@code toString()} never shows content.
 */
public sealed interface ChatEvent {

    /**
     * Whether this event carries a piece of the answer. The first such event commits a stream: before it a failed attempt is
     * replaced invisibly, after it never.
     */
    default boolean isContent() {
        return false;
    }

    /**
     * The answer begins.
     *
     * @param id the vendor's id of the answer, or one of ours
     * @param created when the answer began, to the second
     * @param model the vendor adapter's name of the model; the gateway replaces it by the caller's own
     */
    record Start(String id, Instant created, String model) implements ChatEvent {
        public Start {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(created, "created");
            Objects.requireNonNull(model, "model");
        }
    }

    /**
     * More text of a choice.
     *
     * @param choice index of the choice, starting at 0
     * @param text the text to append; never cumulative
     * @param logprobs log probabilities of this text in OpenAI's shape; null when not asked for
     */
    record TextDelta(int choice, String text, @Nullable Map<String, Object> logprobs) implements ChatEvent {
        public TextDelta {
            Objects.requireNonNull(text, "text");
            logprobs = logprobs == null ? null : Fields.copyOf(logprobs);
        }

        public TextDelta(int choice, String text) {
            this(choice, text, null);
        }

        @Override
        public boolean isContent() {
            return !text.isEmpty();
        }

        @Override
        public String toString() {
            return "TextDelta[" + choice + ", " + text.length() + " chars]";
        }
    }

    /**
     * More of the model's thoughts.
     *
     * @param text the text to append
     */
    record ReasoningDelta(int choice, String text) implements ChatEvent {
        public ReasoningDelta {
            Objects.requireNonNull(text, "text");
        }

        @Override
        public boolean isContent() {
            return !text.isEmpty();
        }

        @Override
        public String toString() {
            return "ReasoningDelta[" + choice + ", " + text.length() + " chars]";
        }
    }

    /**
     * More of a refusal.
     *
     * @param text the text to append
     */
    record RefusalDelta(int choice, String text) implements ChatEvent {
        public RefusalDelta {
            Objects.requireNonNull(text, "text");
        }

        @Override
        public boolean isContent() {
            return !text.isEmpty();
        }

        @Override
        public String toString() {
            return "RefusalDelta[" + choice + ", " + text.length() + " chars]";
        }
    }

    /**
     * A tool call or a further piece of one.
     *
     * @param index position of the call among the choice's calls, starting at 0
     * @param id id of the call; null in further pieces
     * @param name name of the function; null in further pieces
     * @param arguments JSON text to append to the call's arguments, possibly empty
     * @param extra unnamed fields of the call
     */
    record ToolCallDelta(
            int choice,
            int index,
            @Nullable String id,
            @Nullable String name,
            String arguments,
            Map<String, Object> extra)
            implements ChatEvent {
        public ToolCallDelta {
            Objects.requireNonNull(arguments, "arguments");
            extra = Fields.copyOf(extra);
        }

        @Override
        public boolean isContent() {
            return true;
        }

        @Override
        public String toString() {
            return "ToolCallDelta[" + choice + ", " + index + ", " + name + "]";
        }
    }

    /**
     * Sources of the answer.
     *
     * @param citations further sources; never repeated
     */
    record Citations(int choice, List<Citation> citations) implements ChatEvent {
        public Citations {
            citations = List.copyOf(citations);
        }
    }

    /**
     * A choice is complete.
     *
     * @param reason why it ended
     */
    record Finish(int choice, FinishReason reason) implements ChatEvent {
        public Finish {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * Tokens of the whole answer; the last event of a stream when the vendor says them.
     *
     * @param usage the final figures
     */
    record UsageReport(Usage usage) implements ChatEvent {
        public UsageReport {
            Objects.requireNonNull(usage, "usage");
        }
    }

    /**
     * Vendor fields that have no event of their own.
     *
     * @param choice index of the choice that they belong to; -1 for fields of the whole answer
     * @param inMessage whether they are fields of the choice's message rather than of the choice itself
     * @param fields the fields; a later value of the same field replaces an earlier one
     */
    record Extra(int choice, boolean inMessage, Map<String, Object> fields) implements ChatEvent {
        /** The {@code choice} of fields that belong to the whole answer. */
        public static final int WHOLE_ANSWER = -1;

        public Extra {
            fields = Fields.copyOf(fields);
        }

        /** Fields of a choice or of the whole answer. */
        public Extra(int choice, Map<String, Object> fields) {
            this(choice, false, fields);
        }

        @Override
        public String toString() {
            return "Extra[" + choice + ", " + fields.keySet() + "]";
        }
    }
}
