package dev.hypergateway.json;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A record class as the shape of a JSON document: its schema, and a reader that takes nothing else. Immutable and thread-safe.
 *
 * <p>Components may be strings, numbers, booleans, enums, records, java.time types, {@code UUID}, {@code URI}, lists, sets, arrays,
 * maps with string keys, and {@code Optional} or {@code @Nullable} ones of these. {@link Description} explains one to the model,
 * {@link JsonName} gives it another name. In a named module the record's package must be open to {@code dev.hypergateway.core}.
 *
 * @param <T> the record
 */
public final class JsonRecord<T extends Record> {
    private static final int LONGEST_NAME = 64;

    private final Class<T> type;
    private final RecordShape shape;

    private JsonRecord(Class<T> type) {
        this.type = type;
        this.shape = Shapes.of(type);
    }

    /**
     * The shape of a record class.
     *
     * @throws IllegalArgumentException when a component has no place in JSON Schema, or the record holds itself; the message names
     *     the component
     */
    public static <T extends Record> JsonRecord<T> of(Class<T> type) {
        if (!type.isRecord()) {
            throw new IllegalArgumentException("type must be a record class, was " + type.getName());
        }
        return new JsonRecord<>(type);
    }

    /** The record's simple name, as vendors take it for a schema: at most 64 letters, digits, {@code _} and {@code -}. */
    public String name() {
        String name = type.getSimpleName().replaceAll("[^A-Za-z0-9_-]", "_");
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    /** What the record means, if its author said so by {@link Description}. */
    public Optional<String> description() {
        return Optional.ofNullable(type.getAnnotation(Description.class)).map(Description::value);
    }

    /**
     * The JSON Schema. All components are required, what is optional may be null, and no other fields are allowed, as the strict
     * mode of vendors wants it.
     */
    public Map<String, Object> schema() {
        return shape.schema();
    }

    /** Whether vendors can hold the model to the schema strictly; maps with free keys stand against it. */
    public boolean strict() {
        return shape.closed();
    }

    /**
     * Reads a document. Unknown, missing and wrong fields are refused; an optional one may be missing. A Markdown fence around
     * the document is taken off.
     *
     * @throws JsonShapeException when the document is not of this shape
     */
    public T read(String document) {
        Problems problems = new Problems();
        Object value = shape.read(JsonText.parse(document), "", problems);
        if (!problems.isEmpty()) {
            throw problems.exception();
        }
        return type.cast(Objects.requireNonNull(value, "a document without problems has a value"));
    }

    @Override
    public String toString() {
        return "JsonRecord[" + type.getName() + "]";
    }
}
