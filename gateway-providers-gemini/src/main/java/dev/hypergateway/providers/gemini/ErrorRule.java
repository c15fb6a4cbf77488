package dev.hypergateway.providers.gemini;

import dev.hypergateway.provider.Failure;
import dev.hypergateway.trace.FailureKind;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One row of the {@link ErrorTable}. Immutable.
 *
 * @param name what happened, in a few words
 * @param status HTTP status; {@link #ANY_STATUS} where the words alone tell
 * @param when how the error is recognised besides its status
 * @param kind what it means
 * @param scope what it speaks against; null for what the kind implies
 * @param param the request field at fault, in OpenAI's name for it; null when none can be named
 */
record ErrorRule(
        String name,
        int status,
        Predicate<GeminiError> when,
        FailureKind kind,
        Failure.@Nullable Scope scope,
        @Nullable String param) {
    static final int ANY_STATUS = 0;

    static ErrorRule row(String name, int status, Predicate<GeminiError> when, FailureKind kind) {
        return new ErrorRule(name, status, when, kind, null, null);
    }

    ErrorRule against(Failure.Scope value) {
        return new ErrorRule(name, status, when, kind, value, param);
    }

    ErrorRule in(String requestField) {
        return new ErrorRule(name, status, when, kind, scope, requestField);
    }

    boolean matches(GeminiError error) {
        return (status == ANY_STATUS || status == error.status()) && when.test(error);
    }
}
