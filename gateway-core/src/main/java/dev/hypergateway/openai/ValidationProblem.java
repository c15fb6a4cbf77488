package dev.hypergateway.openai;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server written with FastAPI finds wrong with a request: the first entry of
 * {@code "detail": [{"loc": ["body", "messages", 0, "role"], "msg": "Input should be …"}]}. Immutable.
 *
 * @param field where it is, for example {@code messages[0].role}; empty when the server does not say
 * @param words what is wrong
 */
record ValidationProblem(String field, String words) {
    private static final String BODY = "body";

    /** The first problem in an error body; null when it has none of this form. */
    static @Nullable ValidationProblem of(Members error) {
        List<?> details = error.arrayIf("detail");
        if (details == null || details.isEmpty()) {
            return null;
        }
        return details.get(0) instanceof Map<?, ?> first && first.get("msg") instanceof String words
                ? new ValidationProblem(first.get("loc") instanceof List<?> steps ? path(steps) : "", words)
                : null;
    }

    private static String path(List<?> steps) {
        StringBuilder path = new StringBuilder();
        for (Object step : steps) {
            if (step instanceof Number) {
                path.append('[').append(step).append(']');
            } else if (!path.isEmpty()) {
                path.append('.').append(step);
            } else if (!BODY.equals(step)) {
                path.append(step);
            }
        }
        return path.toString();
    }
}
