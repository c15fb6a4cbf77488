package dev.hypergateway.json;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a JSON value must look like, and the Java value that is made of it. Immutable. */
interface Shape {

    /** The JSON Schema, as a map of the caller's own. */
    Map<String, Object> schema();

    /** The Java value; null when that is what null becomes, and when the value is wrong, which is then among the problems. */
    @Nullable
    Object read(@Nullable Object json, String path, Problems problems);

    /** Whether there need not be a value. */
    default boolean optional() {
        return false;
    }

    /** Whether the schema names all members of all objects, as the strict mode of vendors wants it. */
    default boolean closed() {
        return true;
    }
}
