package dev.hypergateway.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A JSON document as plain Java values: {@code LinkedHashMap}, {@code ArrayList}, {@code String}, {@code Boolean}, null, and
 * numbers that hold every digit ({@code Integer}, {@code Long}, {@code BigInteger}; {@code Double} where it is exact, else
 * {@code BigDecimal}). The maps and lists may be changed. Stateless.
 */
final class JsonInput {
    /**
     * Values of one document. A value takes up to fifty times the memory of its two bytes of JSON, so that a client must not
     * send many; vendors' log probabilities run into millions.
     */
    private static final long MOST_TOKENS_OF_CLIENTS = 1_000_000;

    private static final long MOST_TOKENS_OF_VENDORS = 20_000_000;

    private static final JsonFactory CLIENTS = factory(MOST_TOKENS_OF_CLIENTS);
    private static final JsonFactory VENDORS = factory(MOST_TOKENS_OF_VENDORS);

    private JsonInput() {}

    /**
     * A client's document, which must be one object without repeated names.
     *
     * @throws OpenAiFormatException when it is not; tells the place, never the content
     */
    static Map<String, Object> strictObject(byte[] body) {
        if (body.length == 0) {
            throw new OpenAiFormatException("The request body is empty; send a JSON object.", null, "invalid_json");
        }
        return object(body, CLIENTS, true);
    }

    /**
     * A vendor's document, which must be one object; of repeated names the last one counts.
     *
     * @throws OpenAiFormatException when it is not
     */
    static Map<String, Object> object(byte[] body) {
        return object(body, VENDORS, false);
    }

    /** As {@link #object(byte[])}. */
    static Map<String, Object> object(String text) {
        return object(() -> VENDORS.createParser(text), false, UnaryOperator.identity());
    }

    /**
     * Strings may be as long as the body, because pictures come as base64; how long a body may be is for the transport to
     * say. Nothing real nests deeper than a JSON Schema. Names are not interned: they come from strangers. Buffers are not kept by
     * thread, because a virtual thread serves one request and would make new ones for each document.
     */
    private static JsonFactory factory(long mostTokens) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(256)
                        .maxNumberLength(400)
                        .maxNameLength(50_000)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxTokenCount(mostTokens)
                        .build())
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                .build();
    }

    private static Map<String, Object> object(byte[] body, JsonFactory factory, boolean strict) {
        LongStrings cut = LongStrings.cut(body);
        if (cut != null) {
            try {
                return object(() -> factory.createParser(cut.rest()), strict, cut::restored);
            } catch (OpenAiFormatException e) {
                // Once more as it came, because what is wrong is told with its place.
            }
        }
        return object(() -> factory.createParser(body), strict, UnaryOperator.identity());
    }

    private static Map<String, Object> object(Source source, boolean strict, UnaryOperator<String> strings) {
        try (JsonParser json = source.open()) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new OpenAiFormatException(
                        "The body must be a JSON object, but is " + kindOf(json.currentToken()) + ".",
                        null,
                        "invalid_json");
            }
            Map<String, Object> result = readObject(json, strict, strings);
            if (json.nextToken() != null) {
                throw new OpenAiFormatException(
                        "The body goes on after the end of its JSON object" + place(json.currentLocation()) + ".",
                        null,
                        "invalid_json");
            }
            return result;
        } catch (StreamConstraintsException e) {
            throw new OpenAiFormatException(
                    "The JSON body is nested too deeply, has too many values, or a number or name that is too long"
                            + place(e.getLocation()) + ".",
                    null,
                    "invalid_json");
        } catch (JsonProcessingException e) {
            throw new OpenAiFormatException(
                    "The body is not valid JSON: it cannot be read" + place(e.getLocation()) + ".",
                    null,
                    "invalid_json");
        } catch (IOException e) {
            // Reading from memory: only bytes that are no text in any Unicode encoding get here.
            throw new OpenAiFormatException("The body is not valid JSON: it is not UTF-8.", null, "invalid_json");
        }
    }

    private static Map<String, Object> readObject(JsonParser json, boolean strict, UnaryOperator<String> strings)
            throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            if (strict && fields.containsKey(name)) {
                throw new OpenAiFormatException(
                        "The JSON body has a field twice in one object" + place(json.currentLocation()) + ".",
                        null,
                        "invalid_json");
            }
            fields.put(name, readValue(json, strict, strings));
        }
        return fields;
    }

    private static List<Object> readArray(JsonParser json, boolean strict, UnaryOperator<String> strings)
            throws IOException {
        List<Object> items = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            items.add(readValue(json, strict, strings));
        }
        return items;
    }

    private static @Nullable Object readValue(JsonParser json, boolean strict, UnaryOperator<String> strings)
            throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> readObject(json, strict, strings);
            case START_ARRAY -> readArray(json, strict, strings);
            case VALUE_STRING -> strings.apply(json.getText());
            case VALUE_NUMBER_INT -> json.getNumberValue();
            case VALUE_NUMBER_FLOAT -> exact(json.getDecimalValue());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static Number exact(BigDecimal value) {
        double nearest = value.doubleValue();
        return Double.isInfinite(nearest) || BigDecimal.valueOf(nearest).compareTo(value) != 0 ? value : nearest;
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null || location.getLineNr() < 1
                ? ""
                : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    private static String kindOf(@Nullable JsonToken token) {
        return token == null
                ? "empty"
                : switch (token) {
                    case START_ARRAY -> "an array";
                    case VALUE_STRING -> "a string";
                    case VALUE_NULL -> "null";
                    case VALUE_TRUE, VALUE_FALSE -> "a boolean";
                    default -> "a number";
                };
    }

    @FunctionalInterface
    private interface Source {
        JsonParser open() throws IOException;
    }
}
