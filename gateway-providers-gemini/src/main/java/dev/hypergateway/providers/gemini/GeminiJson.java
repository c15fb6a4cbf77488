package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.json.PieceOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** How this provider reads and writes JSON. Stateless. */
final class GeminiJson {
    /** Pictures and sound come as one base64 string each, far longer than Jackson's default limit of 20 million characters. */
    private static final int LONGEST_STRING = 256 << 20;

    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(LONGEST_STRING)
                            .build())
                    // Not by thread: a virtual one serves a single request.
                    .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final TypeReference<LinkedHashMap<String, Object>> FIELDS = new TypeReference<>() {};

    private GeminiJson() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    static Map<String, Object> fields(JsonNode object) {
        return MAPPER.convertValue(object, FIELDS);
    }

    static Object value(JsonNode node) {
        return MAPPER.convertValue(node, Object.class);
    }

    /** Reads one JSON document; an empty text gives a missing node. */
    static JsonNode parse(String text) throws JsonProcessingException {
        return MAPPER.readTree(text);
    }

    /** Reads one JSON document; an empty body gives a missing node. */
    static JsonNode parse(byte[] body) throws IOException {
        return MAPPER.readTree(body);
    }

    /** The document in UTF-8, in pieces so that pictures are not copied once more. */
    static PieceOutput written(JsonNode node) {
        PieceOutput bytes = new PieceOutput();
        try (JsonGenerator json = new LongTextGenerator(MAPPER.createGenerator(bytes))) {
            MAPPER.writeTree(json, node);
        } catch (IOException e) {
            throw new IllegalStateException("a JSON tree could not be written", e);
        }
        return bytes;
    }
}
