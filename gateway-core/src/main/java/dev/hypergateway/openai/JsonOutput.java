package dev.hypergateway.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hypergateway.json.PieceOutput;
import dev.hypergateway.json.PlainText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plain Java values as JSON: what {@link JsonInput} makes, and whatever else Jackson can serialise, because users put their own
 * objects into {@code extra}. Stateless.
 */
final class JsonOutput {
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            // Values that follow each other in one buffer are separated by whoever puts them there.
            .rootValueSeparator((String) null)
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(1000).build())
            // As for JsonInput.
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            .build();

    private static final ObjectMapper OBJECTS = new ObjectMapper(FACTORY);

    /** From where on it pays to look whether a text has anything to escape. */
    private static final int LONG_TEXT = 4096;

    private JsonOutput() {}

    /** The value as a UTF-8 JSON document. */
    static byte[] toBytes(@Nullable Object value) {
        return written(value).toByteArray();
    }

    /** The value as a UTF-8 JSON document in pieces, so that what is large is not copied. */
    static List<byte[]> toPieces(@Nullable Object value) {
        return written(value).pieces();
    }

    private static PieceOutput written(@Nullable Object value) {
        PieceOutput bytes = new PieceOutput();
        try (JsonGenerator json = generator(bytes)) {
            write(json, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes;
    }

    /** The value as a JSON document. */
    static String toText(@Nullable Object value) {
        return new String(toBytes(value), StandardCharsets.UTF_8);
    }

    /** A generator of UTF-8 JSON on a stream in memory. */
    static JsonGenerator generator(OutputStream target) throws IOException {
        return OBJECTS.createGenerator(target);
    }

    /** Writes a value at the generator's place. */
    static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value instanceof String text) {
            writeText(json, text);
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            writeFields(json, map);
            json.writeEndObject();
        } else if (value instanceof Iterable<?> items) {
            json.writeStartArray();
            for (Object item : items) {
                write(json, item);
            }
            json.writeEndArray();
        } else if (value instanceof float[] vector) {
            json.writeStartArray();
            for (float number : vector) {
                json.writeNumber(number);
            }
            json.writeEndArray();
        } else if (value instanceof Integer number) {
            json.writeNumber(number);
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Boolean bool) {
            json.writeBoolean(bool);
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else if (value == null) {
            json.writeNull();
        } else {
            json.writePOJO(value);
        }
    }

    private static void writeText(JsonGenerator json, String text) throws IOException {
        byte[] plain = text.length() < LONG_TEXT ? null : PlainText.bytes(text);
        if (plain == null) {
            json.writeString(text);
        } else {
            json.writeRawUTF8String(plain, 0, plain.length);
        }
    }

    /** Writes the entries of a map as fields of the open object. */
    static void writeFields(JsonGenerator json, Map<?, ?> fields) throws IOException {
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            json.writeFieldName(String.valueOf(field.getKey()));
            write(json, field.getValue());
        }
    }
}
