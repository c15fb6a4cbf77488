package dev.hypergateway.testkit;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reading JSON, and writing it in the three styles of the vendors. Stateless. */
final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private static final DefaultPrettyPrinter.Indenter INDENTER = new DefaultIndenter("  ", "\n");

    private static final PrettyPrinter PRETTY = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator(""))
            .withObjectIndenter(INDENTER)
            .withArrayIndenter(INDENTER);

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static JsonNode read(byte[] json) throws JsonProcessingException {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory are always readable", e);
        }
    }

    static JsonNode read(String json) throws JsonProcessingException {
        return MAPPER.readTree(json);
    }

    /** The fields of a JSON object, or none. */
    static Map<String, Object> object(byte[] json) {
        try {
            return MAPPER.readValue(json, OBJECT);
        } catch (IOException e) {
            return Map.of();
        }
    }

    /** The text as a JSON object, or null when it is none. */
    static @Nullable JsonNode tryObject(String json) {
        try {
            JsonNode node = MAPPER.readTree(json);
            return node.isObject() ? node : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    static Map<String, Object> map(JsonNode node) {
        return MAPPER.convertValue(node, OBJECT);
    }

    /** {@code {"a":1,"b":[]}}: xAI's style. */
    static String compact(JsonNode node) {
        return write(node, new MinimalPrettyPrinter(""));
    }

    /** {@code {"a": 1,"b": []}}: Gemini's style in events. */
    static String spaced(JsonNode node) {
        return write(node, new ColonSpace());
    }

    /** Two spaces of indentation and a line break at the end: Gemini's style in whole bodies. */
    static String pretty(JsonNode node) {
        return write(node, PRETTY) + "\n";
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String write(JsonNode node, PrettyPrinter style) {
        try {
            return MAPPER.writer(style).writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a tree in memory can always be written", e);
        }
    }

    private static final class ColonSpace extends MinimalPrettyPrinter {
        private static final long serialVersionUID = 1L;

        ColonSpace() {
            super("");
        }

        @Override
        public void writeObjectFieldValueSeparator(JsonGenerator out) throws IOException {
            out.writeRaw(": ");
        }
    }
}
