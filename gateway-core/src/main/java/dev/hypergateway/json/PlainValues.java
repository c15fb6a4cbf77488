package dev.hypergateway.json;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Java values as those that JSON has: maps, lists, strings, numbers, booleans and null. Stateless. */
final class PlainValues {
    private PlainValues() {}

    static @Nullable Object of(@Nullable Object value) {
        if (value == null || value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Enum<?> constant) {
            return EnumShape.nameOf(constant);
        }
        if (value instanceof Record whole) {
            return members(whole);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            map.forEach((name, member) -> members.put(String.valueOf(of(name)), of(member)));
            return members;
        }
        if (value instanceof Iterable<?> items) {
            List<@Nullable Object> plain = new ArrayList<>();
            items.forEach(item -> plain.add(of(item)));
            return plain;
        }
        if (value.getClass().isArray()) {
            List<@Nullable Object> plain = new ArrayList<>();
            for (int i = 0; i < Array.getLength(value); i++) {
                plain.add(of(Array.get(value, i)));
            }
            return plain;
        }
        return optionalOrText(value);
    }

    /** All numbers of a parsed document as decimals, so that there is one kind to look at. */
    static @Nullable Object withDecimals(@Nullable Object json) {
        if (json instanceof BigInteger number) {
            return new BigDecimal(number);
        }
        if (json instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            map.forEach((name, value) -> members.put(String.valueOf(name), withDecimals(value)));
            return members;
        }
        if (json instanceof List<?> items) {
            List<@Nullable Object> decimals = new ArrayList<>(items.size());
            items.forEach(item -> decimals.add(withDecimals(item)));
            return decimals;
        }
        return json;
    }

    private static @Nullable Object optionalOrText(Object value) {
        if (value instanceof Optional<?> optional) {
            return of(optional.orElse(null));
        }
        if (value instanceof OptionalInt optional) {
            return optional.isPresent() ? optional.getAsInt() : null;
        }
        if (value instanceof OptionalLong optional) {
            return optional.isPresent() ? optional.getAsLong() : null;
        }
        if (value instanceof OptionalDouble optional) {
            return optional.isPresent() ? optional.getAsDouble() : null;
        }
        if (value instanceof Temporal
                || value instanceof Duration
                || value instanceof UUID
                || value instanceof URI
                || value instanceof CharSequence
                || value instanceof Character) {
            return value.toString();
        }
        throw new IllegalArgumentException("a value of " + value.getClass().getName()
                + " cannot be written as JSON; make it a record, a map, a list or a string");
    }

    static Map<String, @Nullable Object> members(Record whole) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (RecordComponent component : whole.getClass().getRecordComponents()) {
            JsonName name = component.getAnnotation(JsonName.class);
            members.put(name == null ? component.getName() : name.value(), of(component(whole, component)));
        }
        return members;
    }

    private static @Nullable Object component(Record whole, RecordComponent component) {
        Method accessor = component.getAccessor();
        if (!accessor.trySetAccessible()) {
            throw new IllegalArgumentException("the record " + whole.getClass().getName()
                    + " cannot be read from outside its module; add 'opens "
                    + whole.getClass().getPackageName()
                    + " to dev.hypergateway.core;' to its module-info");
        }
        try {
            return accessor.invoke(whole);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException("the accessor " + accessor.getName() + " failed", e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("an accessor that was made accessible is not", e);
        }
    }
}
