package dev.hypergateway.provider;

import dev.hypergateway.trace.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The classified error of one attempt. Immutable. The message is the vendor's own reason, shortened to 500 characters and
 * without anything that looks like a key.
 */
public final class Failure {
    private static final int LONGEST_MESSAGE = 500;

    private final FailureKind kind;
    private final Scope scope;
    private final String message;
    private final @Nullable Integer httpStatus;
    private final @Nullable String code;
    private final @Nullable String param;
    private final @Nullable String requestId;
    private final @Nullable Duration retryAfter;
    private final @Nullable Instant resetAt;
    private final boolean silent;

    private Failure(Builder builder) {
        kind = builder.kind;
        scope = builder.scope == null ? defaultScope(builder.kind) : builder.scope;
        message = shorten(Redactor.redact(builder.message));
        httpStatus = builder.httpStatus;
        code = builder.code;
        param = builder.param;
        requestId = builder.requestId;
        retryAfter = builder.retryAfter;
        resetAt = builder.resetAt;
        silent = builder.silent;
    }

    public static Builder builder(FailureKind kind, String message) {
        return new Builder(kind, message);
    }

    /** A failure without further details. */
    public static Failure of(FailureKind kind, String message) {
        return builder(kind, message).build();
    }

    public FailureKind kind() {
        return kind;
    }

    /** What the failure speaks against. */
    public Scope scope() {
        return scope;
    }

    /** The reason for people to read. */
    public String message() {
        return message;
    }

    /** The vendor's HTTP status; empty when no status line arrived. */
    public OptionalInt httpStatus() {
        return httpStatus == null ? OptionalInt.empty() : OptionalInt.of(httpStatus);
    }

    /** The vendor's own error code or status word, for example {@code RESOURCE_EXHAUSTED}. */
    public Optional<String> code() {
        return Optional.ofNullable(code);
    }

    /** The request field that the failure is about, in OpenAI's name for it. */
    public Optional<String> param() {
        return Optional.ofNullable(param);
    }

    /** The vendor's id of the request. */
    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /** How long to stay away, where the vendor says so. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** When the limit ends, where the vendor names a point in time. */
    public Optional<Instant> resetAt() {
        return Optional.ofNullable(resetAt);
    }

    /** Whether the vendor did not answer at all: such an attempt is not repeated at the same target. */
    public boolean silent() {
        return silent;
    }

    /** The same failure with this secret, and any long piece of it, taken out of the message. */
    public Failure without(Secret secret) {
        String redacted = Redactor.redact(message, secret);
        return redacted.equals(message) ? this : toBuilder().message(redacted).build();
    }

    public Builder toBuilder() {
        Builder builder = new Builder(kind, message);
        builder.scope = scope;
        builder.httpStatus = httpStatus;
        builder.code = code;
        builder.param = param;
        builder.requestId = requestId;
        builder.retryAfter = retryAfter;
        builder.resetAt = resetAt;
        builder.silent = silent;
        return builder;
    }

    @Override
    public String toString() {
        return kind + (httpStatus == null ? "" : " (HTTP " + httpStatus + ")") + ": " + message;
    }

    private static Scope defaultScope(FailureKind kind) {
        return switch (kind) {
            case RATE_LIMITED, MODEL_UNAVAILABLE -> Scope.KEY_AND_MODEL;
            case QUOTA_EXHAUSTED, CREDENTIAL_REJECTED, TOKEN_EXPIRED, KEY_UNREADABLE -> Scope.KEY;
            case UNAVAILABLE, TIMEOUT, INTERRUPTED -> Scope.ENDPOINT;
            case INVALID_REQUEST, CONTEXT_TOO_LONG, CONTENT_REJECTED, CANCELLED -> Scope.NOTHING;
        };
    }

    private static String shorten(String text) {
        String line = text.strip();
        if (line.length() <= LONGEST_MESSAGE) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(LONGEST_MESSAGE - 1)) ? LONGEST_MESSAGE - 1 : LONGEST_MESSAGE;
        return line.substring(0, end) + "…";
    }

    /** What a failure speaks against. */
    public enum Scope {
        /** The key for this one model. */
        KEY_AND_MODEL,
        /** The key as a whole. */
        KEY,
        /** The key and all others with the same account label. */
        ACCOUNT,
        /** The vendor's endpoint. */
        ENDPOINT,
        /** Nothing but the request. */
        NOTHING
    }

    /** Collects a {@link Failure}. Not thread-safe. */
    public static final class Builder {
        private final FailureKind kind;
        private String message;
        private @Nullable Scope scope;
        private @Nullable Integer httpStatus;
        private @Nullable String code;
        private @Nullable String param;
        private @Nullable String requestId;
        private @Nullable Duration retryAfter;
        private @Nullable Instant resetAt;
        private boolean silent;

        private Builder(FailureKind kind, String message) {
            this.kind = Objects.requireNonNull(kind, "kind");
            this.message = Objects.requireNonNull(message, "message");
        }

        /** Replaces the message. */
        public Builder message(String value) {
            message = value;
            return this;
        }

        /** Says what the failure speaks against, where it is not what its kind implies. */
        public Builder scope(Scope value) {
            scope = value;
            return this;
        }

        public Builder httpStatus(@Nullable Integer value) {
            httpStatus = value;
            return this;
        }

        public Builder code(@Nullable String value) {
            code = value;
            return this;
        }

        public Builder param(@Nullable String value) {
            param = value;
            return this;
        }

        public Builder requestId(@Nullable String value) {
            requestId = value;
            return this;
        }

        public Builder retryAfter(@Nullable Duration value) {
            retryAfter = value;
            return this;
        }

        public Builder resetAt(@Nullable Instant value) {
            resetAt = value;
            return this;
        }

        public Builder silent(boolean value) {
            silent = value;
            return this;
        }

        public Failure build() {
            return new Failure(this);
        }
    }
}
