package dev.hypergateway.chat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts the events of a stream together into the answer that the same call would have given without streaming. Not
 * thread-safe.
 */
public final class ChatResponseAssembler {
    private final Map<Integer, ChoiceAssembler> choices = new TreeMap<>();
    private final Map<String, Object> extra = new LinkedHashMap<>();
    private ChatEvent.@Nullable Start start;
    private @Nullable Usage usage;

    /** An assembler that has seen nothing yet. */
    public ChatResponseAssembler() {}

    /** Takes the next event. */
    public void accept(ChatEvent event) {
        if (event instanceof ChatEvent.Start value) {
            start = value;
        } else if (event instanceof ChatEvent.TextDelta value) {
            ChoiceAssembler choice = choice(value.choice());
            choice.text.append(value.text());
            choice.logprobs(value.logprobs());
        } else if (event instanceof ChatEvent.ReasoningDelta value) {
            choice(value.choice()).reasoning.append(value.text());
        } else if (event instanceof ChatEvent.RefusalDelta value) {
            choice(value.choice()).refusal.append(value.text());
        } else if (event instanceof ChatEvent.ToolCallDelta value) {
            choice(value.choice()).toolCall(value);
        } else if (event instanceof ChatEvent.Citations value) {
            choice(value.choice()).citations.addAll(value.citations());
        } else if (event instanceof ChatEvent.Finish value) {
            choice(value.choice()).finishReason = value.reason();
        } else if (event instanceof ChatEvent.UsageReport value) {
            usage = value.usage();
        } else if (event instanceof ChatEvent.Extra value) {
            fieldsOf(value).putAll(value.fields());
        }
    }

    private Map<String, Object> fieldsOf(ChatEvent.Extra event) {
        if (event.choice() == ChatEvent.Extra.WHOLE_ANSWER) {
            return extra;
        }
        ChoiceAssembler choice = choice(event.choice());
        return event.inMessage() ? choice.messageExtra : choice.extra;
    }

    /** The text of the first choice so far. */
    public String text() {
        ChoiceAssembler first = choices.get(0);
        return first == null ? "" : first.text.toString();
    }

    /** The answer so far; choices that are not finished have no finish reason. */
    public ChatResponse response() {
        List<Choice> built = new ArrayList<>();
        choices.forEach((index, choice) -> built.add(choice.build(index)));
        return ChatResponse.builder()
                .id(start == null ? "" : start.id())
                .created(start == null ? Instant.EPOCH : start.created())
                .model(start == null ? "" : start.model())
                .choices(built)
                .usage(usage)
                .extra(extra)
                .build();
    }

    private ChoiceAssembler choice(int index) {
        return choices.computeIfAbsent(index, unused -> new ChoiceAssembler());
    }

    private static final class ChoiceAssembler {
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder reasoning = new StringBuilder();
        private final StringBuilder refusal = new StringBuilder();
        private final Map<Integer, CallAssembler> calls = new TreeMap<>();
        private final List<Citation> citations = new ArrayList<>();
        private final Map<String, Object> extra = new LinkedHashMap<>();
        private final Map<String, Object> messageExtra = new LinkedHashMap<>();
        private @Nullable Map<String, List<Object>> logprobs;
        private @Nullable FinishReason finishReason;

        /** OpenAI's log probabilities are an object of lists ({@code content}, {@code refusal}) that grow chunk by chunk. */
        void logprobs(@Nullable Map<String, Object> more) {
            if (more == null) {
                return;
            }
            if (logprobs == null) {
                logprobs = new LinkedHashMap<>();
            }
            for (Map.Entry<String, Object> entry : more.entrySet()) {
                if (entry.getValue() instanceof List<?> values) {
                    logprobs.computeIfAbsent(entry.getKey(), unused -> new ArrayList<>())
                            .addAll(values);
                }
            }
        }

        void toolCall(ChatEvent.ToolCallDelta delta) {
            calls.computeIfAbsent(delta.index(), unused -> new CallAssembler()).add(delta);
        }

        Choice build(int index) {
            Message.Assistant message = Message.Assistant.builder()
                    .content(text.isEmpty() ? List.of() : List.of(Part.text(text.toString())))
                    .reasoning(reasoning.isEmpty() ? null : reasoning.toString())
                    .refusal(refusal.isEmpty() ? null : refusal.toString())
                    .toolCalls(calls.values().stream().map(CallAssembler::build).toList())
                    .citations(citations)
                    .extra(messageExtra)
                    .build();
            return new Choice(
                    index, message, finishReason, logprobs == null ? null : new LinkedHashMap<>(logprobs), extra);
        }
    }

    private static final class CallAssembler {
        private final StringBuilder arguments = new StringBuilder();
        private final Map<String, Object> extra = new LinkedHashMap<>();
        private String id = "";
        private String name = "";

        void add(ChatEvent.ToolCallDelta delta) {
            arguments.append(delta.arguments());
            extra.putAll(delta.extra());
            if (delta.id() != null) {
                id = delta.id();
            }
            if (delta.name() != null) {
                name = delta.name();
            }
        }

        ToolCall build() {
            return new ToolCall(id, name, arguments.toString(), extra);
        }
    }
}
