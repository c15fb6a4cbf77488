package dev.hypergateway.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A string, number or boolean.
 *
 * @param type its JSON type
 * @param format its format in JSON Schema; null for none
 * @param expected how to call it in a problem
 * @param reader makes the Java value; null for a value of another kind
 */
record Scalar(String type, @Nullable String format, String expected, Function<Object, @Nullable Object> reader)
        implements Shape {
    /** Further digits than anything real has; keeps a short text such as 1e999999999 from becoming a number that fills the memory. */
    private static final int MOST_ZEROS = 1000;

    private static final Map<Class<?>, Scalar> BY_CLASS = table();

    /** How values of this class are written; null when they are no scalars. */
    static @Nullable Scalar of(Class<?> type) {
        return BY_CLASS.get(type);
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type);
        if (format != null) {
            schema.put("format", format);
        }
        return schema;
    }

    @Override
    public @Nullable Object read(@Nullable Object json, String path, Problems problems) {
        Object value = json == null ? null : reader.apply(json);
        if (value == null) {
            problems.wrongType(path, expected, json);
        }
        return value;
    }

    private static Map<Class<?>, Scalar> table() {
        Map<Class<?>, Scalar> table = new HashMap<>();
        table.put(String.class, new Scalar("string", null, "a string", json -> json instanceof String ? json : null));
        Scalar bool = new Scalar("boolean", null, "a boolean", json -> json instanceof Boolean ? json : null);
        table.put(boolean.class, bool);
        table.put(Boolean.class, bool);
        numbers(table);
        // Offsets are optional where Java keeps none: the format demands one, and not every model obeys it.
        text(
                table,
                LocalDate.class,
                "date",
                "a date such as 2024-05-31",
                s -> LocalDate.parse(s, DateTimeFormatter.ISO_DATE));
        text(
                table,
                LocalTime.class,
                "time",
                "a time such as 13:45:00",
                s -> LocalTime.parse(s, DateTimeFormatter.ISO_TIME));
        text(
                table,
                LocalDateTime.class,
                "date-time",
                "a date and time such as 2024-05-31T13:45:00",
                s -> LocalDateTime.parse(s, DateTimeFormatter.ISO_DATE_TIME));
        String moment = "a date and time with offset such as 2024-05-31T13:45:00Z";
        text(
                table,
                Instant.class,
                "date-time",
                moment,
                s -> OffsetDateTime.parse(s).toInstant());
        text(table, OffsetDateTime.class, "date-time", moment, OffsetDateTime::parse);
        text(table, ZonedDateTime.class, "date-time", moment, ZonedDateTime::parse);
        text(table, Duration.class, "duration", "a duration such as PT1H30M", Duration::parse);
        text(table, UUID.class, "uuid", "a UUID", UUID::fromString);
        // Not every vendor knows the format "uri", and some refuse what they do not know.
        text(table, URI.class, null, "a URI", URI::create);
        return Map.copyOf(table);
    }

    private static void numbers(Map<Class<?>, Scalar> table) {
        whole(table, byte.class, Byte.class, BigDecimal::byteValueExact);
        whole(table, short.class, Short.class, BigDecimal::shortValueExact);
        whole(table, int.class, Integer.class, BigDecimal::intValueExact);
        whole(table, long.class, Long.class, BigDecimal::longValueExact);
        whole(table, BigInteger.class, BigInteger.class, BigDecimal::toBigIntegerExact);
        number(
                table,
                float.class,
                Float.class,
                value -> Float.isInfinite(value.floatValue()) ? null : value.floatValue());
        number(
                table,
                double.class,
                Double.class,
                value -> Double.isInfinite(value.doubleValue()) ? null : value.doubleValue());
        number(table, BigDecimal.class, BigDecimal.class, value -> value);
    }

    private static void whole(
            Map<Class<?>, Scalar> table, Class<?> primitive, Class<?> boxed, Function<BigDecimal, Object> exact) {
        Scalar scalar = new Scalar("integer", null, "an integer that fits into " + boxed.getSimpleName(), json -> {
            try {
                return json instanceof BigDecimal value && Math.abs(value.scale()) < MOST_ZEROS
                        ? exact.apply(value)
                        : null;
            } catch (ArithmeticException e) {
                return null;
            }
        });
        table.put(primitive, scalar);
        table.put(boxed, scalar);
    }

    private static void number(
            Map<Class<?>, Scalar> table,
            Class<?> primitive,
            Class<?> boxed,
            Function<BigDecimal, @Nullable Object> reader) {
        Scalar scalar = new Scalar(
                "number",
                null,
                boxed == BigDecimal.class ? "a number" : "a number that fits into " + boxed.getSimpleName(),
                json -> json instanceof BigDecimal value ? reader.apply(value) : null);
        table.put(primitive, scalar);
        table.put(boxed, scalar);
    }

    private static void text(
            Map<Class<?>, Scalar> table,
            Class<?> type,
            @Nullable String format,
            String expected,
            Function<String, Object> parser) {
        table.put(type, new Scalar("string", format, expected, json -> {
            try {
                return json instanceof String text ? parser.apply(text) : null;
            } catch (DateTimeException | IllegalArgumentException e) {
                return null;
            }
        }));
    }
}
