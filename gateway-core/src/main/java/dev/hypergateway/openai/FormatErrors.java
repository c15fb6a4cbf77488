package dev.hypergateway.openai;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is wrong with a field, in the words and codes of OpenAI's own answers. Never repeats a value. Stateless. */
final class FormatErrors {
    private FormatErrors() {}

    static OpenAiFormatException missing(String param) {
        return new OpenAiFormatException(
                "Missing required parameter: '" + param + "'.", param, "missing_required_parameter");
    }

    static OpenAiFormatException wrongType(String param, String expected, @Nullable Object found) {
        return new OpenAiFormatException(
                "Invalid type for '" + param + "': expected " + expected + ", but got " + kindOf(found) + " instead.",
                param,
                "invalid_type");
    }

    static OpenAiFormatException invalid(String param, String problem) {
        return new OpenAiFormatException("Invalid value for '" + param + "': " + problem + ".", param, "invalid_value");
    }

    static OpenAiFormatException emptyArray(String param) {
        return new OpenAiFormatException(
                "Invalid '" + param + "': empty array. Expected an array with minimum length 1.", param, "empty_array");
    }

    static OpenAiFormatException tooManyItems(String param, int most) {
        return new OpenAiFormatException(
                "Invalid '" + param + "': array too long. Expected an array with maximum length " + most + ".",
                param,
                "array_above_max_length");
    }

    static OpenAiFormatException outOfRange(String param, String kind, boolean above, double bound) {
        String limit = bound == Math.rint(bound) ? String.valueOf((long) bound) : String.valueOf(bound);
        return new OpenAiFormatException(
                "Invalid '" + param + "': " + kind + (above ? " above maximum" : " below minimum")
                        + " value. Expected a value " + (above ? "<= " : ">= ") + limit + ".",
                param,
                kind + (above ? "_above_max_value" : "_below_min_value"));
    }

    private static String kindOf(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof String) {
            return "a string";
        }
        if (value instanceof Boolean) {
            return "a boolean";
        }
        if (value instanceof List) {
            return "an array";
        }
        if (value instanceof Map) {
            return "an object";
        }
        return value instanceof Integer || value instanceof Long ? "an integer" : "a number";
    }
}
