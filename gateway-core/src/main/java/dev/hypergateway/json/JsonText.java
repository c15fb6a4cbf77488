package dev.hypergateway.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** JSON documents as text. Stateless. */
public final class JsonText {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .build();

    /** From the first fence to the last one, because a string inside may hold fences of its own. */
    private static final Pattern FENCED = Pattern.compile("```[A-Za-z0-9]*\\s*\\n(.*)\\n?\\s*```", Pattern.DOTALL);

    private JsonText() {}

    /**
     * A value as a JSON document: null, strings, numbers, booleans, enums (by name), records, maps, collections, arrays, optionals,
     * and java.time types, UUIDs and URIs as strings.
     *
     * @throws IllegalArgumentException when the value holds something else; the message names its class
     */
    public static String of(@Nullable Object value) {
        try {
            return MAPPER.writeValueAsString(PlainValues.of(value));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the value cannot be written as JSON", e);
        }
    }

    /** The components of a record by their names in JSON, as maps, lists, strings, numbers, booleans and null. */
    public static Map<String, @Nullable Object> fields(Record whole) {
        return PlainValues.members(whole);
    }

    /**
     * A document as maps, lists, strings, booleans, null and {@code BigDecimal}s. A Markdown fence around it is taken off.
     *
     * @throws JsonShapeException when it is not JSON
     */
    static @Nullable Object parse(String text) {
        try {
            return PlainValues.withDecimals(MAPPER.readValue(unfenced(text), Object.class));
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? ""
                    : " (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")";
            throw new JsonShapeException(List.of("the document: not valid JSON" + place));
        }
    }

    private static String unfenced(String text) {
        String stripped = text.strip();
        if (stripped.startsWith("{") || stripped.startsWith("[")) {
            return stripped;
        }
        Matcher fenced = FENCED.matcher(stripped);
        return fenced.find() ? fenced.group(1) : stripped;
    }
}
