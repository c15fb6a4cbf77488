package dev.hypergateway.chat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One turn of a conversation. Immutable. {@code extra} holds unnamed JSON fields, which are passed on to vendors that speak
 * OpenAI's dialect. {@code toString()} never shows content.
 */
public sealed interface Message {

    /** The role on the wire: {@code system}, {@code developer}, {@code user}, {@code assistant}, {@code tool}, … */
    String role();

    /** The content in order; empty for an assistant turn that only calls tools. */
    List<Part> content();

    /** Unnamed JSON fields. */
    Map<String, Object> extra();

    /** All text parts, joined without a separator. */
    default String text() {
        return content().stream()
                .filter(Part.Text.class::isInstance)
                .map(part -> ((Part.Text) part).text())
                .collect(Collectors.joining());
    }

    /** Instructions to the model. */
    static System system(String text) {
        return new System(List.of(Part.text(text)), null, Map.of());
    }

    /** Instructions to the model, in the word of newer OpenAI models. */
    static Developer developer(String text) {
        return new Developer(List.of(Part.text(text)), null, Map.of());
    }

    /** A question of the user. */
    static User user(String text) {
        return new User(List.of(Part.text(text)), null, Map.of());
    }

    /** A question of the user with pictures, sound or documents. */
    static User user(Part... parts) {
        return new User(List.of(parts), null, Map.of());
    }

    /** An earlier answer of the model. */
    static Assistant assistant(String text) {
        return Assistant.builder().text(text).build();
    }

    /** What a tool call yielded. */
    static ToolResult toolResult(String toolCallId, String text) {
        return new ToolResult(toolCallId, List.of(Part.text(text)), Map.of());
    }

    /**
     * Instructions to the model.
     *
     * @param name optional name of the speaker
     */
    @SuppressWarnings("AvoidCommonTypeNames") // the role's own name; always written Message.System
    record System(List<Part> content, @Nullable String name, Map<String, Object> extra) implements Message {
        public System {
            content = List.copyOf(content);
            extra = Fields.copyOf(extra);
        }

        @Override
        public String role() {
            return "system";
        }

        @Override
        public String toString() {
            return "System[" + content.size() + " parts]";
        }
    }

    /**
     * Instructions to the model, in the word of newer OpenAI models.
     *
     * @param name optional name of the speaker
     */
    record Developer(List<Part> content, @Nullable String name, Map<String, Object> extra) implements Message {
        public Developer {
            content = List.copyOf(content);
            extra = Fields.copyOf(extra);
        }

        @Override
        public String role() {
            return "developer";
        }

        @Override
        public String toString() {
            return "Developer[" + content.size() + " parts]";
        }
    }

    /**
     * A question of the user.
     *
     * @param name optional name of the speaker
     */
    record User(List<Part> content, @Nullable String name, Map<String, Object> extra) implements Message {
        public User {
            content = List.copyOf(content);
            extra = Fields.copyOf(extra);
        }

        @Override
        public String role() {
            return "user";
        }

        @Override
        public String toString() {
            return "User[" + content.size() + " parts]";
        }
    }

    /**
     * What a tool call yielded.
     *
     * @param toolCallId id of the {@link ToolCall}
     */
    record ToolResult(String toolCallId, List<Part> content, Map<String, Object> extra) implements Message {
        public ToolResult {
            Objects.requireNonNull(toolCallId, "toolCallId");
            content = List.copyOf(content);
            extra = Fields.copyOf(extra);
        }

        @Override
        public String role() {
            return "tool";
        }

        @Override
        public String toString() {
            return "ToolResult[" + content.size() + " parts]";
        }
    }

    /**
     * A turn whose role this library does not name, for example the old {@code function}.
     *
     * @param extra all JSON fields except {@code role} and {@code content}
     */
    record Other(String role, List<Part> content, Map<String, Object> extra) implements Message {
        public Other {
            Objects.requireNonNull(role, "role");
            content = List.copyOf(content);
            extra = Fields.copyOf(extra);
        }

        @Override
        public String toString() {
            return "Other[" + role + ", " + content.size() + " parts]";
        }
    }

    /** An answer of the model. */
    final class Assistant implements Message {
        private final List<Part> content;
        private final @Nullable String name;
        private final @Nullable String reasoning;
        private final @Nullable String refusal;
        private final List<ToolCall> toolCalls;
        private final List<Citation> citations;
        private final Map<String, Object> extra;

        private Assistant(Builder builder) {
            content = List.copyOf(builder.content);
            name = builder.name;
            reasoning = builder.reasoning;
            refusal = builder.refusal;
            toolCalls = List.copyOf(builder.toolCalls);
            citations = List.copyOf(builder.citations);
            extra = Fields.copyOf(builder.extra);
        }

        public static Builder builder() {
            return new Builder();
        }

        @Override
        public String role() {
            return "assistant";
        }

        @Override
        public List<Part> content() {
            return content;
        }

        /** Name of the speaker; null when not given. */
        public @Nullable String name() {
            return name;
        }

        /** The model's thoughts, where the vendor shows them. */
        public @Nullable String reasoning() {
            return reasoning;
        }

        /** The model's refusal, where the vendor tells it apart from content. */
        public @Nullable String refusal() {
            return refusal;
        }

        /** Calls of function tools, in order. */
        public List<ToolCall> toolCalls() {
            return toolCalls;
        }

        /** Sources of the answer, in order. */
        public List<Citation> citations() {
            return citations;
        }

        @Override
        public Map<String, Object> extra() {
            return extra;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Assistant that
                    && content.equals(that.content)
                    && Objects.equals(name, that.name)
                    && Objects.equals(reasoning, that.reasoning)
                    && Objects.equals(refusal, that.refusal)
                    && toolCalls.equals(that.toolCalls)
                    && citations.equals(that.citations)
                    && extra.equals(that.extra);
        }

        @Override
        public int hashCode() {
            return Objects.hash(content, name, reasoning, refusal, toolCalls, citations, extra);
        }

        @Override
        public String toString() {
            return "Assistant[" + content.size() + " parts, " + toolCalls.size() + " tool calls]";
        }

        /** Collects an {@link Assistant} turn. Not thread-safe. */
        public static final class Builder {
            private List<Part> content = List.of();
            private @Nullable String name;
            private @Nullable String reasoning;
            private @Nullable String refusal;
            private List<ToolCall> toolCalls = List.of();
            private List<Citation> citations = List.of();
            private Map<String, ?> extra = Map.of();

            private Builder() {}

            public Builder text(String text) {
                return content(List.of(Part.text(text)));
            }

            public Builder content(List<Part> parts) {
                content = parts;
                return this;
            }

            public Builder name(@Nullable String value) {
                name = value;
                return this;
            }

            public Builder reasoning(@Nullable String value) {
                reasoning = value;
                return this;
            }

            public Builder refusal(@Nullable String value) {
                refusal = value;
                return this;
            }

            public Builder toolCalls(List<ToolCall> calls) {
                toolCalls = calls;
                return this;
            }

            public Builder citations(List<Citation> sources) {
                citations = sources;
                return this;
            }

            public Builder extra(Map<String, ?> fields) {
                extra = fields;
                return this;
            }

            public Assistant build() {
                return new Assistant(this);
            }
        }
    }
}
