package dev.hypergateway.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hypergateway.chat.FinishReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What all chunks of one stream have in common, rendered once, around the choice of each. Unnamed fields of the answer that OpenAI
 * repeats in each chunk are repeated; others are sent once, with the next chunk. Not thread-safe.
 */
final class ChunkFrame {
    private static final Set<String> REPEATED = Set.of("system_fingerprint", "service_tier");
    private static final byte[] DATA = ascii("data: ");
    private static final byte[] END = ascii("\n\n");
    private static final byte[] AFTER_TEXT = ascii("},\"finish_reason\":null}]}\n\n");
    private static final byte[] AFTER_TEXT_WITH_USAGE = ascii("},\"finish_reason\":null}],\"usage\":null}\n\n");

    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
    private final JsonGenerator json;
    private final String model;
    private final boolean includeUsage;
    private final Map<String, Object> repeated = new LinkedHashMap<>();
    private final Map<String, Object> unsent = new LinkedHashMap<>();
    private String id = ChatResponseReader.id(null);
    private Instant created = ChatResponseReader.created(null);
    private byte @Nullable [] prefix;
    private byte @Nullable [] beforeText;
    private int textChoice;

    ChunkFrame(String model, boolean includeUsage) {
        this.model = model;
        this.includeUsage = includeUsage;
        try {
            this.json = JsonOutput.generator(buffer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void start(String answerId, Instant answerCreated) {
        id = answerId;
        created = answerCreated;
        prefix = null;
    }

    void extra(Map<String, Object> fields) {
        fields.forEach((name, value) -> {
            if (REPEATED.contains(name)) {
                repeated.put(name, value);
                prefix = null;
            } else {
                unsent.put(name, value);
            }
        });
    }

    boolean hasUnsent() {
        return !unsent.isEmpty();
    }

    /** A chunk with nothing but a piece of text, as most are: all around the text is rendered once. */
    byte[] ofText(int index, String text) {
        if (hasUnsent()) {
            return of(index, Map.of("content", text), null, null, Map.of());
        }
        buffer.reset();
        buffer.writeBytes(beforeText(index));
        try {
            JsonOutput.write(json, text);
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        buffer.writeBytes(includeUsage ? AFTER_TEXT_WITH_USAGE : AFTER_TEXT);
        return buffer.toByteArray();
    }

    private byte[] beforeText(int index) {
        byte[] rendered = beforeText;
        if (rendered == null || prefix == null || textChoice != index) {
            ByteArrayOutputStream out = new ByteArrayOutputStream(256);
            out.writeBytes(prefix());
            out.writeBytes(ascii("{\"index\":" + index + ",\"delta\":{\"content\":"));
            rendered = out.toByteArray();
            beforeText = rendered;
            textChoice = index;
        }
        return rendered;
    }

    /** A chunk with one choice. */
    byte[] of(
            int index,
            Map<String, ?> delta,
            @Nullable Map<String, Object> logprobs,
            @Nullable FinishReason reason,
            Map<String, Object> choiceExtra) {
        return render(null, () -> {
            json.writeStartObject();
            json.writeNumberField("index", index);
            json.writeFieldName("delta");
            JsonOutput.write(json, delta);
            if (logprobs != null) {
                json.writeFieldName("logprobs");
                JsonOutput.write(json, logprobs);
            }
            JsonOutput.writeFields(json, choiceExtra);
            json.writeStringField("finish_reason", reason == null ? null : reason.value());
            json.writeEndObject();
        });
    }

    /** The chunk after all choices. */
    byte[] withoutChoices(@Nullable Map<String, Object> usage) {
        return render(usage, () -> {});
    }

    /** A server-sent event with this JSON. */
    static byte[] event(byte[] document) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(document.length + 8);
        out.writeBytes(DATA);
        out.writeBytes(document);
        out.writeBytes(END);
        return out.toByteArray();
    }

    private byte[] render(@Nullable Map<String, Object> usage, Body choice) {
        buffer.reset();
        buffer.writeBytes(prefix());
        try {
            choice.write();
            json.flush();
            buffer.write(']');
            if (includeUsage) {
                field("usage", usage);
            }
            for (Map.Entry<String, Object> field : unsent.entrySet()) {
                field(field.getKey(), field.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        unsent.clear();
        buffer.write('}');
        buffer.writeBytes(END);
        return buffer.toByteArray();
    }

    /** A further field of the open object; the generator does not know that there is one. */
    private void field(String name, @Nullable Object value) throws IOException {
        buffer.write(',');
        JsonOutput.write(json, name);
        json.flush();
        buffer.write(':');
        JsonOutput.write(json, value);
        json.flush();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] prefix() {
        byte[] rendered = prefix;
        if (rendered == null) {
            byte[] head = JsonOutput.toBytes(new ObjectWriter()
                    .put("id", id)
                    .put("object", "chat.completion.chunk")
                    .put("created", created.getEpochSecond())
                    .put("model", model)
                    .extra(repeated)
                    .members());
            ByteArrayOutputStream out = new ByteArrayOutputStream(head.length + 32);
            out.writeBytes(DATA);
            out.write(head, 0, head.length - 1);
            out.writeBytes(ascii(",\"choices\":["));
            rendered = out.toByteArray();
            prefix = rendered;
        }
        return rendered;
    }

    @FunctionalInterface
    private interface Body {
        void write() throws IOException;
    }
}
