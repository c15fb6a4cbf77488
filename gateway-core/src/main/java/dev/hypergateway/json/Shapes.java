package dev.hypergateway.json;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds out the shape of a record class. Used once, by one thread. */
final class Shapes {
    private final Deque<Class<?>> open = new ArrayDeque<>();

    /**
     * @throws IllegalArgumentException when a component has no place in JSON Schema; the message names it
     */
    static RecordShape of(Class<?> type) {
        return new Shapes().record(type, type.getSimpleName());
    }

    private RecordShape record(Class<?> type, String place) {
        if (open.contains(type)) {
            throw new IllegalArgumentException(place + ": the record " + type.getSimpleName()
                    + " holds itself; the strict schemas of vendors have no recursion, so flatten it");
        }
        if (type.getTypeParameters().length > 0) {
            throw new IllegalArgumentException(place + ": the record " + type.getSimpleName()
                    + " has type parameters; use a record with its types spelled out");
        }
        open.push(type);
        RecordComponent[] declared = type.getRecordComponents();
        Map<String, RecordShape.Component> components = new LinkedHashMap<>();
        Class<?>[] types = new Class<?>[declared.length];
        for (int i = 0; i < declared.length; i++) {
            RecordComponent component = declared[i];
            types[i] = component.getType();
            String at = place + "." + component.getName();
            Shape shape = value(component.getAnnotatedType(), at);
            boolean nullable = !shape.optional() && isNullable(component.getAnnotations());
            JsonName name = component.getAnnotation(JsonName.class);
            RecordShape.Component previous = components.put(
                    name == null ? component.getName() : name.value(),
                    new RecordShape.Component(
                            nullable ? new OptionalShape(shape, value -> value) : shape,
                            text(component.getAnnotation(Description.class))));
            if (previous != null) {
                throw new IllegalArgumentException(at + ": another component has the same @JsonName");
            }
        }
        open.pop();
        return new RecordShape(constructor(type, types), text(type.getAnnotation(Description.class)), components);
    }

    private static Constructor<?> constructor(Class<?> type, Class<?>[] types) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            if (!constructor.trySetAccessible()) {
                throw new IllegalArgumentException("the record " + type.getName()
                        + " cannot be created from outside its module; add 'opens " + type.getPackageName()
                        + " to dev.hypergateway.core;' to its module-info");
            }
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("a record without its canonical constructor: " + type, e);
        }
    }

    private Shape value(AnnotatedType annotated, String place) {
        Shape shape = bare(annotated, place);
        return !shape.optional() && isNullable(annotated.getAnnotations())
                ? new OptionalShape(shape, value -> value)
                : shape;
    }

    private Shape bare(AnnotatedType annotated, String place) {
        if (annotated instanceof AnnotatedArrayType array) {
            Class<?> element = erased(array.getAnnotatedGenericComponentType(), place);
            return new ArrayShape(
                    value(array.getAnnotatedGenericComponentType(), place + "[]"), values -> array(element, values));
        }
        Class<?> type = erased(annotated, place);
        Scalar scalar = Scalar.of(type);
        if (scalar != null) {
            return scalar;
        }
        if (type.isEnum()) {
            return new EnumShape(type);
        }
        if (type.isRecord()) {
            return record(type, place);
        }
        if (type == OptionalInt.class) {
            return optional(int.class, value -> value == null ? OptionalInt.empty() : OptionalInt.of((int) value));
        }
        if (type == OptionalLong.class) {
            return optional(long.class, value -> value == null ? OptionalLong.empty() : OptionalLong.of((long) value));
        }
        if (type == OptionalDouble.class) {
            return optional(
                    double.class, value -> value == null ? OptionalDouble.empty() : OptionalDouble.of((double) value));
        }
        if (annotated instanceof AnnotatedParameterizedType generic) {
            return generic(type, generic.getAnnotatedActualTypeArguments(), place);
        }
        throw unknown(place, type.getTypeName());
    }

    private Shape generic(Class<?> type, AnnotatedType[] arguments, String place) {
        if (type == Optional.class) {
            return new OptionalShape(value(arguments[0], place), Optional::ofNullable);
        }
        if (type == List.class || type == Collection.class || type == Iterable.class) {
            return new ArrayShape(value(arguments[0], place + "[]"), Collections::unmodifiableList);
        }
        if (type == Set.class) {
            return new ArrayShape(
                    value(arguments[0], place + "[]"),
                    values -> Collections.unmodifiableSet(new LinkedHashSet<>(values)));
        }
        if (type == Map.class && arguments[0].getType() == String.class) {
            return new MapShape(value(arguments[1], place + ".*"));
        }
        throw unknown(place, type.getTypeName());
    }

    private static Shape optional(Class<?> type, java.util.function.Function<@Nullable Object, @Nullable Object> wrap) {
        Scalar scalar = Scalar.of(type);
        if (scalar == null) {
            throw new IllegalStateException("no scalar for " + type);
        }
        return new OptionalShape(scalar, wrap);
    }

    private static Object array(Class<?> element, List<@Nullable Object> values) {
        Object array = Array.newInstance(element, values.size());
        for (int i = 0; i < values.size(); i++) {
            Array.set(array, i, values.get(i));
        }
        return array;
    }

    private static Class<?> erased(AnnotatedType annotated, String place) {
        if (annotated.getType() instanceof Class<?> type) {
            return type;
        }
        if (annotated.getType() instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            return raw;
        }
        throw unknown(place, annotated.getType().getTypeName());
    }

    private static IllegalArgumentException unknown(String place, String type) {
        return new IllegalArgumentException(
                place + ": " + type + " has no place in a JSON Schema here; use a String, number,"
                        + " boolean, enum, record, java.time type, UUID, URI, Optional, List, Set, array or Map<String, …>");
    }

    /** Whichever library the annotation is from, as long as it is kept for run time. */
    private static boolean isNullable(Annotation[] annotations) {
        return Stream.of(annotations)
                .anyMatch(annotation ->
                        annotation.annotationType().getSimpleName().equals("Nullable"));
    }

    private static @Nullable String text(@Nullable Description description) {
        return description == null ? null : description.value();
    }
}
