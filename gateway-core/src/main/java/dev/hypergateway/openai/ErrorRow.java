package dev.hypergateway.openai;

import dev.hypergateway.provider.Failure;
import dev.hypergateway.trace.FailureKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One row of an {@link ErrorTable}: how to recognise an error and what it means. Immutable; the {@code with}-like methods
 * return changed copies.
 */
public final class ErrorRow {
    private final String name;
    private final FailureKind kind;
    private final Set<Integer> statuses;
    private final @Nullable Predicate<VendorError> words;
    private final Failure.@Nullable Scope scope;
    private final Function<VendorError, @Nullable String> param;
    private final @Nullable String message;

    private ErrorRow(
            String name,
            FailureKind kind,
            Set<Integer> statuses,
            @Nullable Predicate<VendorError> words,
            Failure.@Nullable Scope scope,
            Function<VendorError, @Nullable String> param,
            @Nullable String message) {
        this.name = Objects.requireNonNull(name, "name");
        this.kind = Objects.requireNonNull(kind, "kind");
        this.statuses = statuses;
        this.words = words;
        this.scope = scope;
        this.param = param;
        this.message = message;
    }

    /**
     * A row that matches every error, until it is narrowed.
     *
     * @param name what happened, in a few words
     * @param kind what it means
     */
    public static ErrorRow row(String name, FailureKind kind) {
        return new ErrorRow(name, kind, Set.of(), null, null, VendorError::param, null);
    }

    /** Narrows the row to these HTTP statuses. */
    public ErrorRow on(Integer... values) {
        return new ErrorRow(name, kind, Set.of(values), words, scope, param, message);
    }

    /** Narrows the row to errors whose reason contains one of these texts, in any case. */
    public ErrorRow saying(String... texts) {
        return when(error -> Arrays.stream(texts).anyMatch(error::says));
    }

    /** Narrows the row to errors with one of these codes, in any case. */
    public ErrorRow code(String... codes) {
        Set<String> known = Arrays.stream(codes).map(ErrorRow::folded).collect(Collectors.toUnmodifiableSet());
        return when(error -> error.code() != null && known.contains(folded(error.code())));
    }

    /** Narrows the row by a further condition. */
    public ErrorRow when(Predicate<VendorError> condition) {
        return new ErrorRow(
                name, kind, statuses, words == null ? condition : words.and(condition), scope, param, message);
    }

    /** Says what the failure speaks against, where it is not what its kind implies. */
    public ErrorRow against(Failure.Scope value) {
        return new ErrorRow(name, kind, statuses, words, value, param, message);
    }

    /** Names the request field at fault, in OpenAI's name for it. */
    public ErrorRow in(String field) {
        return in(error -> error.param() == null ? field : error.param());
    }

    /** Finds the request field at fault in the error; null where it names none. */
    public ErrorRow in(Function<VendorError, @Nullable String> field) {
        return new ErrorRow(name, kind, statuses, words, scope, field, message);
    }

    /** Puts these words in place of the vendor's own. */
    public ErrorRow explained(String text) {
        return new ErrorRow(name, kind, statuses, words, scope, param, text);
    }

    /** What happened, in a few words. */
    public String name() {
        return name;
    }

    FailureKind kind() {
        return kind;
    }

    Failure.@Nullable Scope scope() {
        return scope;
    }

    @Nullable
    String message() {
        return message;
    }

    @Nullable
    String paramOf(VendorError error) {
        return param.apply(error);
    }

    /** An error inside a 2xx answer has no status to go by, so there the words alone decide. */
    boolean matches(VendorError error) {
        return (words == null || words.test(error))
                && (statuses.isEmpty() || statuses.contains(error.status()) || (error.status() == 0 && words != null));
    }

    @Override
    public String toString() {
        return name + " " + statuses + " -> " + kind;
    }

    private static String folded(String code) {
        return code.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
