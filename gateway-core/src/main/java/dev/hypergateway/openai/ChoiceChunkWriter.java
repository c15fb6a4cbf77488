package dev.hypergateway.openai;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.FinishReason;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the chunks of one choice. The chunk with the role goes out together with the first piece of the answer, because
 * before that a stream has no status line yet. Not thread-safe.
 */
final class ChoiceChunkWriter {
    private final int index;
    private final ChunkFrame frame;
    private final Map<String, Object> unsent = new LinkedHashMap<>();
    private boolean started;

    ChoiceChunkWriter(int index, ChunkFrame frame) {
        this.index = index;
        this.frame = frame;
    }

    byte @Nullable [] text(String text, @Nullable Map<String, Object> logprobs) {
        if (text.isEmpty() && logprobs == null) {
            return null;
        }
        return started && logprobs == null && unsent.isEmpty()
                ? frame.ofText(index, text)
                : chunk("", Map.of("content", text), logprobs, null);
    }

    byte @Nullable [] delta(String name, Object value) {
        return "".equals(value) ? null : chunk("", Map.of(name, value), null, null);
    }

    byte[] toolCall(ChatEvent.ToolCallDelta call) {
        ObjectWriter function = new ObjectWriter().optional("name", call.name()).put("arguments", call.arguments());
        ObjectWriter item = new ObjectWriter().put("index", call.index()).optional("id", call.id());
        if (call.id() != null) {
            item.put("type", "function");
        }
        item.inner("function", function, call.extra()).extra(call.extra());
        return chunk(null, Map.of("tool_calls", List.of(item.members())), null, null);
    }

    byte[] finish(FinishReason reason) {
        return chunk("", Map.of(), null, reason);
    }

    /** Fields of the message are pieces of the answer and go out at once; those of the choice wait for its next chunk. */
    byte @Nullable [] extra(ChatEvent.Extra extra) {
        if (extra.inMessage()) {
            return chunk("", extra.fields(), null, null);
        }
        unsent.putAll(extra.fields());
        return null;
    }

    /** A last chunk for fields that came after the finish reason. */
    byte @Nullable [] rest() {
        return unsent.isEmpty() ? null : chunk("", Map.of(), null, null);
    }

    /**
     * @param content the content to begin with: OpenAI's empty text, or null where the answer begins with a tool call
     */
    private byte[] chunk(
            @Nullable String content,
            Map<String, ?> delta,
            @Nullable Map<String, Object> logprobs,
            @Nullable FinishReason reason) {
        if (started) {
            return render(delta, logprobs, reason);
        }
        started = true;
        Map<String, Object> role = new ObjectWriter()
                .put("role", "assistant")
                .put("content", content)
                .put("refusal", null)
                .members();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(frame.of(index, role, null, null, Map.of()));
        out.writeBytes(render(delta, logprobs, reason));
        return out.toByteArray();
    }

    private byte[] render(Map<String, ?> delta, @Nullable Map<String, Object> logprobs, @Nullable FinishReason reason) {
        byte[] bytes = frame.of(index, delta, logprobs, reason, unsent);
        unsent.clear();
        return bytes;
    }
}
