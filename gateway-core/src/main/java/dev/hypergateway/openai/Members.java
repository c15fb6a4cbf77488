package dev.hypergateway.openai;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object while it is being read: each one is taken out once, under a check of its type, and what is left
 * over is {@code extra}. A null member counts as absent. Not thread-safe.
 *
 * <p>The plain methods are for a client's request and complain in OpenAI's words; the {@code …If} methods are for a vendor's
 * answer and leave a member of another type in its place.
 */
final class Members {
    private final @Nullable Members outer;
    private final String place;
    private final int position;
    private final Map<String, Object> left;

    Members(String path, Map<String, Object> members) {
        this(null, path, -1, members);
    }

    /**
     * Where the object stands is put into words only when there is something to complain about.
     *
     * @param outer the object that {@code place} is a member of; null when {@code place} is the whole path
     * @param position in the array at {@code place}; negative when the object itself is there
     */
    private Members(@Nullable Members outer, String place, int position, Map<String, Object> members) {
        this.outer = outer;
        this.place = place;
        this.position = position;
        this.left = members;
    }

    /** The members of a value of the request, which must be an object. */
    static Members of(String path, @Nullable Object value) {
        return of(null, path, -1, value);
    }

    /** The members of an item of an array, which must be an object. */
    static Members item(String array, int position, @Nullable Object value) {
        return of(null, array, position, value);
    }

    @SuppressWarnings("unchecked") // JsonInput makes no other maps
    private static Members of(@Nullable Members outer, String place, int position, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return new Members(outer, place, position, (Map<String, Object>) map);
        }
        throw FormatErrors.wrongType(path(outer, place, position), "an object", value);
    }

    private static String path(@Nullable Members outer, String place, int position) {
        String path = outer == null ? place : outer.path(place);
        return position < 0 ? path : path + "[" + position + "]";
    }

    /** Where a member of this object stands, for example {@code messages[2].content}. */
    String path(String name) {
        String own = path(outer, place, position);
        return own.isEmpty() ? name : own + "." + name;
    }

    /** What has not been taken. */
    Map<String, Object> rest() {
        return left;
    }

    boolean has(String name) {
        return left.get(name) != null;
    }

    @Nullable
    Object take(String name) {
        return left.remove(name);
    }

    @Nullable
    String string(String name) {
        return typed(name, String.class, "a string");
    }

    String requiredString(String name) {
        String value = string(name);
        if (value == null) {
            throw FormatErrors.missing(path(name));
        }
        return value;
    }

    /** A string that holds more than white space. */
    String requiredText(String name) {
        String value = requiredString(name);
        if (value.isBlank()) {
            throw FormatErrors.invalid(path(name), "expected a name, but got an empty string instead");
        }
        return value;
    }

    @Nullable
    Boolean bool(String name) {
        return typed(name, Boolean.class, "a boolean");
    }

    @Nullable
    Double decimal(String name, double least, double most) {
        Number value = typed(name, Number.class, "a decimal");
        if (value == null) {
            return null;
        }
        double number = value.doubleValue();
        if (number < least || number > most) {
            throw FormatErrors.outOfRange(path(name), "decimal", number > most, number > most ? most : least);
        }
        return number;
    }

    @Nullable
    Integer integer(String name, int least, int most) {
        Long value = wholeNumber(name);
        if (value == null) {
            return null;
        }
        if (value < least || value > most) {
            throw FormatErrors.outOfRange(path(name), "integer", value > most, value > most ? most : least);
        }
        return value.intValue();
    }

    @Nullable
    Long wholeNumber(String name) {
        Object value = take(name);
        if (value == null) {
            return null;
        }
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        // Clients whose language knows only one kind of number send 100.0.
        if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1L << 53) {
            return number.longValue();
        }
        throw FormatErrors.wrongType(path(name), "an integer", value);
    }

    @Nullable
    List<?> array(String name) {
        return typed(name, List.class, "an array");
    }

    @Nullable
    Members object(String name) {
        Object value = take(name);
        return value == null ? null : of(this, name, -1, value);
    }

    Members requiredObject(String name) {
        Members value = object(name);
        if (value == null) {
            throw FormatErrors.missing(path(name));
        }
        return value;
    }

    /** An object kept as it is. */
    @Nullable
    Map<String, Object> map(String name) {
        Members value = object(name);
        return value == null ? null : value.rest();
    }

    @Nullable
    String stringIf(String name) {
        return takeIf(name, String.class);
    }

    @Nullable
    Number numberIf(String name) {
        return takeIf(name, Number.class);
    }

    @Nullable
    List<?> arrayIf(String name) {
        return takeIf(name, List.class);
    }

    @Nullable
    Members objectIf(String name) {
        Map<?, ?> value = takeIf(name, Map.class);
        return value == null ? null : of(this, name, -1, value);
    }

    private <T> @Nullable T takeIf(String name, Class<T> type) {
        Object value = left.get(name);
        if (value != null && !type.isInstance(value)) {
            return null;
        }
        left.remove(name);
        return type.cast(value);
    }

    private <T> @Nullable T typed(String name, Class<T> type, String expected) {
        Object value = take(name);
        if (value != null && !type.isInstance(value)) {
            throw FormatErrors.wrongType(path(name), expected, value);
        }
        return type.cast(value);
    }
}
