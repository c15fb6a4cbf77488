package dev.hypergateway.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A JSON document being written into memory. Values are what a JSON parser makes, and whatever else Jackson can serialise,
 * because users put their own objects into {@code extra}. Not thread-safe.
 */
final class JsonOutput {
    /** Knows no modules: only what users put into {@code extra} and is no JSON value of its own gets here. */
    private static final ObjectMapper OBJECTS = new ObjectMapper();

    private static final JsonFactory FACTORY = OBJECTS.getFactory();

    private final JsonGenerator generator;

    private JsonOutput(JsonGenerator generator) {
        this.generator = generator;
    }

    /** The document that the content writes, in UTF-8. */
    static byte[] toBytes(Consumer<JsonOutput> content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        writeTo(bytes, content);
        return bytes.toByteArray();
    }

    /** Appends the document that the content writes, in UTF-8. */
    static void writeTo(ByteArrayOutputStream bytes, Consumer<JsonOutput> content) {
        try (JsonGenerator generator = FACTORY.createGenerator(bytes)) {
            content.accept(new JsonOutput(generator));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void startObject() {
        run(JsonGenerator::writeStartObject);
    }

    void startObject(String name) {
        run(json -> json.writeObjectFieldStart(name));
    }

    void endObject() {
        run(JsonGenerator::writeEndObject);
    }

    void startArray(String name) {
        run(json -> json.writeArrayFieldStart(name));
    }

    void endArray() {
        run(JsonGenerator::writeEndArray);
    }

    /** A field; null becomes JSON's null. */
    void field(String name, @Nullable Object value) {
        run(json -> json.writeFieldName(name));
        value(value);
    }

    /** A field unless the value is null. */
    void optional(String name, @Nullable Object value) {
        if (value != null) {
            field(name, value);
        }
    }

    /** All entries of a map as fields. */
    void fields(Map<?, ?> fields) {
        fields.forEach((name, value) -> field(String.valueOf(name), value));
    }

    void value(@Nullable Object value) {
        if (value instanceof String text) {
            run(json -> json.writeString(text));
        } else if (value instanceof Map<?, ?> map) {
            startObject();
            fields(map);
            endObject();
        } else if (value instanceof Iterable<?> items) {
            run(JsonGenerator::writeStartArray);
            items.forEach(this::value);
            endArray();
        } else {
            run(json -> OBJECTS.writeValue(json, value));
        }
    }

    private void run(Step step) {
        try {
            step.on(generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    private interface Step {
        void on(JsonGenerator json) throws IOException;
    }
}
