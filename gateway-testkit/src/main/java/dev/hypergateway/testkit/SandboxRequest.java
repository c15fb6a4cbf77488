package dev.hypergateway.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A chat request that a sandbox vendor has accepted, in the terms that both vendors share. Immutable and thread-safe.
 * {@code toString()} shows no content.
 */
public final class SandboxRequest {
    private final String vendor;
    private final String model;
    private final boolean streaming;
    private final List<String> system;
    private final List<Turn> turns;
    private final List<String> tools;
    private final @Nullable String forcedTool;
    private final boolean toolsForbidden;
    private final @Nullable Integer maxTokens;
    private final List<String> stop;
    private final int choices;
    private final boolean jsonAnswer;
    private final @Nullable JsonNode answerSchema;
    private final Map<String, Object> body;

    private SandboxRequest(Builder builder) {
        vendor = builder.vendor;
        model = builder.model;
        body = builder.body;
        streaming = builder.streaming;
        system = List.copyOf(builder.system);
        turns = List.copyOf(builder.turns);
        tools = List.copyOf(builder.tools);
        forcedTool = builder.forcedTool;
        toolsForbidden = builder.toolsForbidden;
        maxTokens = builder.maxTokens;
        stop = List.copyOf(builder.stop);
        choices = builder.choices;
        jsonAnswer = builder.jsonAnswer;
        answerSchema = builder.answerSchema;
    }

    static Builder builder(String vendor, String model, Map<String, Object> body) {
        return new Builder(vendor, model, body);
    }

    /** {@code gemini}, {@code xai} or {@code perplexity}. */
    public String vendor() {
        return vendor;
    }

    /** The vendor's name of the model. */
    public String model() {
        return model;
    }

    /** Whether a stream was asked for. */
    public boolean streaming() {
        return streaming;
    }

    /** All instructions, in order. */
    public List<String> system() {
        return system;
    }

    /** The conversation without the instructions. */
    public List<Turn> turns() {
        return turns;
    }

    /** Names of the declared functions. */
    public List<String> tools() {
        return tools;
    }

    /** The function that has to be called: the one that the tool choice names, or the first when it demands any. */
    public Optional<String> forcedTool() {
        return Optional.ofNullable(forcedTool);
    }

    /** Whether the tool choice forbids calls. */
    public boolean toolsForbidden() {
        return toolsForbidden;
    }

    /** Limit of the answer in tokens. */
    public OptionalInt maxTokens() {
        return maxTokens == null ? OptionalInt.empty() : OptionalInt.of(maxTokens);
    }

    /** Texts that end the answer. */
    public List<String> stop() {
        return stop;
    }

    /** How many answers were asked for. */
    public int choices() {
        return choices;
    }

    /** Whether JSON was asked for, with or without a schema. */
    public boolean jsonAnswer() {
        return jsonAnswer;
    }

    /** The whole body as it arrived. */
    public Map<String, Object> body() {
        return body;
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

    @Nullable
    JsonNode answerSchema() {
        return answerSchema;
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

    /** Collects a request. Not thread-safe. */
    static final class Builder {
        private final String vendor;
        private final String model;
        private final Map<String, Object> body;
        private boolean streaming;
        private List<String> system = List.of();
        private List<Turn> turns = List.of();
        private List<String> tools = List.of();
        private @Nullable String forcedTool;
        private boolean toolsForbidden;
        private @Nullable Integer maxTokens;
        private List<String> stop = List.of();
        private int choices = 1;
        private boolean jsonAnswer;
        private @Nullable JsonNode answerSchema;

        private Builder(String vendor, String model, Map<String, Object> body) {
            this.vendor = vendor;
            this.model = model;
            this.body = body;
        }

        Builder streaming(boolean value) {
            streaming = value;
            return this;
        }

        Builder conversation(List<String> instructions, List<Turn> conversation) {
            system = instructions;
            turns = conversation;
            return this;
        }

        Builder tools(List<String> names, @Nullable String forced, boolean forbidden) {
            tools = names;
            forcedTool = forced;
            toolsForbidden = forbidden;
            return this;
        }

        Builder limits(@Nullable Integer tokens, List<String> stops, int count) {
            maxTokens = tokens;
            stop = stops;
            choices = count;
            return this;
        }

        Builder json(boolean wanted, @Nullable JsonNode schema) {
            jsonAnswer = wanted;
            answerSchema = schema;
            return this;
        }

        SandboxRequest build() {
            return new SandboxRequest(this);
        }
    }
}
