package dev.hypergateway.providers.gigachat;

import dev.hypergateway.provider.Failure;
import dev.hypergateway.trace.FailureKind;
import java.time.Duration;
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
 * @param pause how long to stay away where the vendor does not say; null for the engine's default
 * @param remedy what to do about it; null where the vendor's words suffice
 */
record ErrorRule(
        String name,
        int status,
        Predicate<GigaChatError> when,
        FailureKind kind,
        Failure.@Nullable Scope scope,
        @Nullable String param,
        @Nullable Duration pause,
        @Nullable String remedy) {
    static final int ANY_STATUS = 0;

    static ErrorRule row(String name, int status, Predicate<GigaChatError> when, FailureKind kind) {
        return new ErrorRule(name, status, when, kind, null, null, null, null);
    }

    ErrorRule against(Failure.Scope value) {
        return new ErrorRule(name, status, when, kind, value, param, pause, remedy);
    }

    ErrorRule in(String requestField) {
        return new ErrorRule(name, status, when, kind, scope, requestField, pause, remedy);
    }

    ErrorRule pausing(Duration value) {
        return new ErrorRule(name, status, when, kind, scope, param, value, remedy);
    }

    ErrorRule saying(String value) {
        return new ErrorRule(name, status, when, kind, scope, param, pause, value);
    }

    boolean matches(GigaChatError error) {
        return (status == ANY_STATUS || status == error.status()) && when.test(error);
    }
}
