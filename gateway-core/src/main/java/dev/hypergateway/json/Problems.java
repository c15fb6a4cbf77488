package dev.hypergateway.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was found wrong with a document so far. Not thread-safe. */
final class Problems {
    /** Enough for a model to mend its answer, and no more to read for people. */
    private static final int MOST = 10;

    private static final int LONGEST_NAME = 80;

    private final List<String> found = new ArrayList<>();

    boolean isEmpty() {
        return found.isEmpty();
    }

    int count() {
        return found.size();
    }

    void add(String path, String problem) {
        found.add((path.isEmpty() ? "the document" : path) + ": " + problem);
    }

    void wrongType(String path, String expected, @Nullable Object got) {
        add(path, "expected " + expected + ", but got " + kindOf(got));
    }

    JsonShapeException exception() {
        return new JsonShapeException(found.size() <= MOST ? found : found.subList(0, MOST));
    }

    /** Where a member stands; names come from strangers, so they are shortened. */
    static String member(String path, String name) {
        String shown = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
        return path.isEmpty() ? shown : path + "." + shown;
    }

    private static String kindOf(@Nullable Object value) {
        if (value instanceof Map) {
            return "an object";
        }
        if (value instanceof List) {
            return "an array";
        }
        if (value instanceof String) {
            return "a string";
        }
        if (value instanceof Boolean) {
            return "a boolean";
        }
        return value == null ? "null" : "a number";
    }
}
