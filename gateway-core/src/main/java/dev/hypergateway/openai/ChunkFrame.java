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
    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);

    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
    private final JsonGenerator json;
    private final String model;
    private final boolean includeUsage;
    private final Map<String, Object> repeated = new LinkedHashMap<>();
    private final Map<String, Object> unsent = new LinkedHashMap<>();
    private String id = ChatResponseReader.id(null);
    private Instant created = ChatResponseReader.created(null);
    private byte @Nullable [] prefix;

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
            out.writeBytes(",\"choices\":[".getBytes(StandardCharsets.US_ASCII));
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
