package dev.hypergateway.openai;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.FinishReason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes one stream as OpenAI's {@code chat.completion.chunk} events: per choice a chunk with the role, the pieces of the answer,
 * and one chunk with the finish reason; at the end the usage, if the client asked for it, and {@code [DONE]}. Finish reasons wait
 * for what vendors send behind them, because clients take a finish reason for the end of the answer. Not thread-safe; one per
 * client stream.
 */
public final class ChunkWriter {
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);

    private final ChunkFrame frame;
    private final boolean includeUsage;
    private final Map<Integer, ChoiceChunkWriter> choices = new TreeMap<>();
    private final Map<Integer, FinishReason> finishes = new LinkedHashMap<>();

    /**
     * @param model the model as the client named it
     * @param includeUsage whether the client asked for usage ({@code stream_options.include_usage})
     */
    public ChunkWriter(String model, boolean includeUsage) {
        this.frame = new ChunkFrame(model, includeUsage);
        this.includeUsage = includeUsage;
    }

    /**
     * What to send for an event.
     *
     * @return one or more complete server-sent events in UTF-8, or null when there is nothing to send (yet)
     */
    public byte @Nullable [] write(ChatEvent event) {
        if (event instanceof ChatEvent.Start start) {
            frame.start(start.id(), start.created());
            return null;
        }
        if (event instanceof ChatEvent.UsageReport report) {
            return includeUsage ? finishesAnd(frame.withoutChoices(UsageJson.write(report.usage()))) : null;
        }
        if (event instanceof ChatEvent.Extra extra && extra.choice() == ChatEvent.Extra.WHOLE_ANSWER) {
            frame.extra(extra.fields());
            return null;
        }
        if (event instanceof ChatEvent.TextDelta text) {
            return choice(text.choice()).text(text.text(), text.logprobs());
        }
        if (event instanceof ChatEvent.ReasoningDelta reasoning) {
            return choice(reasoning.choice()).delta("reasoning_content", reasoning.text());
        }
        if (event instanceof ChatEvent.RefusalDelta refusal) {
            return choice(refusal.choice()).delta("refusal", refusal.text());
        }
        if (event instanceof ChatEvent.ToolCallDelta call) {
            return choice(call.choice()).toolCall(call);
        }
        if (event instanceof ChatEvent.Citations citations) {
            return choice(citations.choice()).delta("annotations", CitationJson.write(citations.citations()));
        }
        if (event instanceof ChatEvent.Finish finish) {
            finishes.putIfAbsent(finish.choice(), finish.reason());
            return null;
        }
        ChatEvent.Extra extra = (ChatEvent.Extra) event;
        return choice(extra.choice()).extra(extra);
    }

    /** The end of a complete stream: {@code data: [DONE]}, after whatever has not been sent yet. */
    public byte[] done() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(DONE.length);
        out.writeBytes(finishesAnd(new byte[0]));
        for (ChoiceChunkWriter choice : choices.values()) {
            byte[] rest = choice.rest();
            if (rest != null) {
                out.writeBytes(rest);
            }
        }
        if (frame.hasUnsent()) {
            // A chunk without choices would surprise clients that did not ask for usage.
            out.writeBytes(includeUsage ? frame.withoutChoices(null) : frame.of(0, Map.of(), null, null, Map.of()));
        }
        out.writeBytes(DONE);
        return out.toByteArray();
    }

    /** The last event of a stream that failed after content; no {@link #done()} follows. */
    public byte[] error(OpenAiError error) {
        return ChunkFrame.event(error.toJson());
    }

    /**
     * A comment, which clients ignore; keeps a waiting connection alive.
     *
     * @param text a single line
     */
    public static byte[] comment(String text) {
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("a comment is a single line; split the text");
        }
        return (": " + text + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    private byte[] finishesAnd(byte[] next) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        finishes.forEach((choice, reason) -> out.writeBytes(choice(choice).finish(reason)));
        finishes.clear();
        out.writeBytes(next);
        return out.toByteArray();
    }

    private ChoiceChunkWriter choice(int index) {
        return choices.computeIfAbsent(index, number -> new ChoiceChunkWriter(number, frame));
    }
}
