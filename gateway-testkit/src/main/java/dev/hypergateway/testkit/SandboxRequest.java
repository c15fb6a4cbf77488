package dev.hypergateway.testkit;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A chat request that a sandbox vendor has accepted, in the terms that both vendors share. Immutable. {@code toString()} shows
 * no content.
 *
 * @param vendor {@code gemini} or {@code xai}
 * @param model the vendor's name of the model
 * @param streaming whether a stream was asked for
 * @param system all instructions, in order
 * @param turns the conversation without the instructions
 * @param tools names of the declared functions
 * @param forcedTool name of a function that has to be called: the one named by the tool choice, or the first one when the choice
 *     demands any; null when none has to be
 * @param toolsForbidden whether the tool choice forbids calls
 * @param maxTokens limit of the answer; null when not given
 * @param stop texts that end the answer
 * @param jsonAnswer whether JSON was asked for
 * @param body the whole body as it arrived
 */
public record SandboxRequest(
        String vendor,
        String model,
        boolean streaming,
        List<String> system,
        List<Turn> turns,
        List<String> tools,
        @Nullable String forcedTool,
        boolean toolsForbidden,
        @Nullable Integer maxTokens,
        List<String> stop,
        boolean jsonAnswer,
        Map<String, Object> body) {
    public SandboxRequest {
        Objects.requireNonNull(vendor, "vendor");
        Objects.requireNonNull(model, "model");
        system = List.copyOf(system);
        turns = List.copyOf(turns);
        tools = List.copyOf(tools);
        stop = List.copyOf(stop);
    }

    /** The text of the last turn of the user; empty when there is none. */
    public String lastUserText() {
        for (int i = turns.size() - 1; i >= 0; i--) {
            if (turns.get(i).kind() == Turn.Kind.USER) {
                return turns.get(i).text();
            }
        }
        return "";
    }

    /** How many tokens the prompt counts as: one for each word of the instructions and turns. */
    public int promptTokens() {
        int words = system.stream().mapToInt(Words::count).sum();
        return words + turns.stream().mapToInt(turn -> Words.count(turn.text())).sum();
    }

    @Override
    public String toString() {
        return "SandboxRequest[" + vendor + ", " + model + ", " + turns.size() + " turns]";
    }

    /**
     * One turn of the conversation.
     *
     * @param kind who speaks
     * @param text its text parts, joined; of a tool result its JSON or text
     */
    public record Turn(Kind kind, String text) {
        public Turn {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(text, "text");
        }

        @Override
        public String toString() {
            return "Turn[" + kind + "]";
        }

        /** Who speaks. */
        public enum Kind {
            /** The user. */
            USER,
            /** The model. */
            MODEL,
            /** The results of function calls. */
            TOOL
        }
    }
}
