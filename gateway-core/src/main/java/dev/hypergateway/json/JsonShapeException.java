package dev.hypergateway.json;

import java.util.List;

/**
 * A document is not JSON, or not of the shape that its record asks for. The problems name places and types, never values: mend
 * them and read again.
 */
public final class JsonShapeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    JsonShapeException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, one sentence for each place, for example {@code lines[2].amount: expected a number, but got a string}. */
    public List<String> problems() {
        return problems;
    }
}
