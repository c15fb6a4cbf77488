package dev.hypergateway.openai;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.Citation;
import dev.hypergateway.chat.FinishReason;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the pieces of one choice of a stream. Not thread-safe. */
final class ChoiceChunkReader {
    private final int index;
    private final Set<Citation> sources;
    private final Map<String, Object> extra = new LinkedHashMap<>();
    private final Set<Integer> namedCalls = new HashSet<>();
    private boolean finished;

    /**
     * @param sources what has been cited already; grows
     */
    ChoiceChunkReader(int index, Set<Citation> sources) {
        this.index = index;
        this.sources = sources;
    }

    boolean isFinished() {
        return finished;
    }

    void read(Members choice, List<ChatEvent> events) {
        Members delta = choice.objectIf("delta");
        String reason = choice.stringIf("finish_reason");
        Members logprobs = choice.objectIf("logprobs");
        // Perplexity repeats the answer so far beside each delta.
        choice.take("message");
        if (delta != null) {
            readDelta(delta, logprobs, events);
        }
        Map<String, Object> changed = ChunkReader.changes(extra, choice.rest());
        if (!changed.isEmpty()) {
            events.add(new ChatEvent.Extra(index, changed));
        }
        if (reason != null && !reason.isEmpty() && !finished) {
            finished = true;
            events.add(new ChatEvent.Finish(index, FinishReason.of(reason)));
        }
    }

    private void readDelta(Members delta, @Nullable Members logprobs, List<ChatEvent> events) {
        delta.take("role");
        String reasoning = delta.stringIf("reasoning_content");
        if (reasoning == null) {
            reasoning = delta.stringIf("reasoning");
        }
        if (reasoning != null && !reasoning.isEmpty()) {
            events.add(new ChatEvent.ReasoningDelta(index, reasoning));
        }
        String text = ChatResponseReader.orEmpty(delta.stringIf("content"));
        if (!text.isEmpty() || logprobs != null) {
            events.add(new ChatEvent.TextDelta(index, text, logprobs == null ? null : logprobs.rest()));
        }
        String refusal = delta.stringIf("refusal");
        if (refusal != null && !refusal.isEmpty()) {
            events.add(new ChatEvent.RefusalDelta(index, refusal));
        }
        readToolCalls(delta, events);
        List<Citation> citations = CitationJson.take(delta);
        if (!citations.isEmpty()) {
            citations = citations.stream().filter(sources::add).toList();
        }
        if (!citations.isEmpty()) {
            events.add(new ChatEvent.Citations(index, citations));
        }
        if (!delta.rest().isEmpty()) {
            events.add(new ChatEvent.Extra(index, true, delta.rest()));
        }
    }

    private void readToolCalls(Members delta, List<ChatEvent> events) {
        List<?> items = delta.arrayIf("tool_calls");
        if (items == null) {
            return;
        }
        for (int i = 0; i < items.size(); i++) {
            events.add(readToolCall(Members.item(delta.path("tool_calls"), i, items.get(i)), i));
        }
    }

    private ChatEvent readToolCall(Members call, int position) {
        Number number = call.numberIf("index");
        int place = number == null ? position : number.intValue();
        String id = call.stringIf("id");
        if ("function".equals(call.rest().get("type"))) {
            call.take("type");
        }
        Members function = call.objectIf("function");
        String name = function == null ? null : function.stringIf("name");
        String arguments = function == null ? "" : ToolCallJson.arguments(function);
        boolean first = namedCalls.add(place);
        return new ChatEvent.ToolCallDelta(
                index,
                place,
                id == null || id.isEmpty() ? (first ? ToolCallJson.inventId() : null) : id,
                name == null || name.isEmpty() ? null : name,
                arguments,
                function == null ? call.rest() : PartJson.extra(call, "function", function));
    }
}
