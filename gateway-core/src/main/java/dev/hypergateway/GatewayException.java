package dev.hypergateway;

import dev.hypergateway.trace.Attempt;
import dev.hypergateway.trace.CallTrace;
import dev.hypergateway.trace.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call that could not be answered. The subclass tells what the caller can do about it; the message ends with the remedy; the
 * trace lists every attempt. No secret is ever part of it.
 */
public class GatewayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Details details;

    GatewayException(String message, Details details, @Nullable Throwable cause) {
        super(message, cause);
        this.details = Objects.requireNonNull(details, "details");
    }

    /** The HTTP status that says the same. */
    public int status() {
        return details.status;
    }

    /** OpenAI's word for this class of error, for example {@code invalid_request_error}. */
    public String type() {
        return details.type;
    }

    /** A stable word for the error, for example {@code model_not_found}. */
    public String code() {
        return details.code;
    }

    /** The request field that is to blame. */
    public Optional<String> param() {
        return Optional.ofNullable(details.param);
    }

    /** The classified reason of the last failed attempt; empty when nothing was attempted. */
    public Optional<FailureKind> failureKind() {
        return lastAttempt().map(Attempt::failure);
    }

    /** The provider of the last attempt. */
    public Optional<String> provider() {
        return lastAttempt().map(Attempt::provider);
    }

    /** The vendor's model name of the last attempt. */
    public Optional<String> model() {
        return lastAttempt().map(Attempt::model);
    }

    /** The display name of the last attempt's key, never the key. */
    public Optional<String> keyName() {
        return lastAttempt().map(Attempt::keyName);
    }

    /** The vendor's HTTP status of the last attempt. */
    public Optional<Integer> vendorStatus() {
        return lastAttempt().map(Attempt::httpStatus);
    }

    /** The vendor's id of the last request. */
    public Optional<String> vendorRequestId() {
        return Optional.ofNullable(details.vendorRequestId);
    }

    /** When it is worth trying again. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(details.retryAfter);
    }

    /** All attempts in order. */
    public List<Attempt> attempts() {
        return details.trace.attempts();
    }

    /** The record of the whole call. */
    public CallTrace trace() {
        return details.trace;
    }

    /** Puts the trace of earlier rounds before this one; before the exception gets to its caller. */
    void precededBy(CallTrace earlier) {
        if (!earlier.attempts().isEmpty()) {
            details.trace = earlier.then(details.trace);
        }
    }

    private Optional<Attempt> lastAttempt() {
        List<Attempt> attempts = attempts();
        return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.get(attempts.size() - 1));
    }

    /** What all subclasses carry. */
    static final class Details {
        private final int status;
        private final String type;
        private final String code;
        private CallTrace trace;
        private @Nullable String param;
        private @Nullable String vendorRequestId;
        private @Nullable Duration retryAfter;

        Details(int status, String type, String code, CallTrace trace) {
            this.status = status;
            this.type = type;
            this.code = code;
            this.trace = trace;
        }

        Details param(@Nullable String value) {
            param = value;
            return this;
        }

        Details vendorRequestId(@Nullable String value) {
            vendorRequestId = value;
            return this;
        }

        Details retryAfter(@Nullable Duration value) {
            retryAfter = value;
            return this;
        }
    }
}
