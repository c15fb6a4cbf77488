package dev.hypergateway;

import dev.hypergateway.GatewayException.Details;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.failover.Outcome;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.routing.ModelCatalog;
import dev.hypergateway.routing.Need;
import dev.hypergateway.routing.Screening;
import dev.hypergateway.routing.Target;
import dev.hypergateway.trace.CallTrace;
import dev.hypergateway.trace.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns the outcome of a failed call into the exception that says what the caller can do about it. */
final class FailedCalls {
    private static final String INVALID_REQUEST = "invalid_request_error";
    private static final String API_ERROR = "api_error";
    private static final String MESSAGES = "messages";

    private FailedCalls() {}

    static GatewayException unknownModel(String message) {
        return new UnknownModelException(
                message, new Details(404, INVALID_REQUEST, "model_not_found", CallTrace.empty()).param("model"), null);
    }

    static GatewayException invalid(String param, String message) {
        return new InvalidRequestException(
                message, new Details(400, INVALID_REQUEST, "invalid_value", CallTrace.empty()).param(param), null);
    }

    /** No model of a call can do what the request asks. */
    static GatewayException unable(List<Target> targets, Screening screening) {
        String field = screening.obstacle(targets.get(0)).map(Need::field).orElse("model");
        String models = targets.stream()
                .map(target -> target.model() + " of "
                        + target.provider().descriptor().displayName() + " cannot "
                        + screening
                                .obstacle(target)
                                .map(need -> need.ability().words())
                                .orElse("answer"))
                .distinct()
                .collect(Collectors.joining("; "));
        String others = screening.alternatives().stream()
                .map(ModelCatalog.Entry::reference)
                .collect(Collectors.joining(", "));
        return new InvalidRequestException(
                "The model " + models + ". "
                        + (field.equals("model")
                                ? "Use a model that can"
                                : "Leave '" + field + "' out, or use a model that can")
                        + (others.isEmpty() ? "." : ", such as " + others + "."),
                new Details(400, INVALID_REQUEST, "unsupported_value", CallTrace.empty()).param(field),
                null);
    }

    /** Conveniences that go on from the answer need one answer. */
    static void refuseSeveralAnswers(ChatRequest request) {
        if (request.n().orElse(1) != 1) {
            throw invalid("n", "Only one answer can be worked with here. Leave 'n' out.");
        }
    }

    static GatewayException cancelled(CallTrace trace) {
        return new CallCancelledException(
                "The call was cancelled before the answer was complete. Make a new call to ask again.",
                new Details(499, API_ERROR, "cancelled", trace),
                null);
    }

    /**
     * @param content the field of the request that holds what was asked; providers call it {@code messages} whatever the request
     */
    static GatewayException of(Outcome.Failed<?> failed, List<Target> targets, String content) {
        CallTrace trace = failed.trace();
        Failure failure = failed.failure();
        return switch (failed.end()) {
            case CANCELLED -> cancelled(trace);
            case DEADLINE ->
                new DeadlineExceededException(
                        "No answer came within the deadline of the call (" + attempts(trace) + ")" + last(failure)
                                + " Allow more time or use a faster model.",
                        details(504, API_ERROR, "deadline_exceeded", trace, failure),
                        null);
            case NO_KEY ->
                new AllKeysFailedException(
                        "There is no key for " + providers(targets) + ". Add a provider key, set "
                                + targets.get(0).provider().descriptor().keySetting() + ", or send the header "
                                + targets.get(0).provider().descriptor().keyHeader() + ".",
                        new Details(503, API_ERROR, "no_provider_key", trace),
                        null);
            case CALLER_KEY_FAILED -> failure == null ? exhausted(failed, targets) : callerKey(failure, trace, targets);
            case EXHAUSTED -> exhausted(failed, targets);
            case REFUSED -> failure == null ? exhausted(failed, targets) : refused(failure, trace, content);
        };
    }

    static StreamInterruptedException interrupted(ProviderException e, CallTrace trace, ChatResponse partial) {
        Failure failure = e.failure();
        return new StreamInterruptedException(
                "The stream broke off before the answer was complete: " + sentence(failure.message())
                        + " What came so far is kept; ask again for the rest.",
                details(502, API_ERROR, "stream_interrupted", trace, failure),
                partial,
                e);
    }

    private static GatewayException refused(Failure failure, CallTrace trace, String content) {
        String param = failure.param()
                .map(field -> field.equals(MESSAGES) ? content : field)
                .orElse(null);
        return switch (failure.kind()) {
            case CONTEXT_TOO_LONG ->
                new ContextTooLongException(
                        sentence(failure.message()) + " Shorten '" + content + "' or use a model with a larger window.",
                        details(400, INVALID_REQUEST, "context_length_exceeded", trace, failure)
                                .param(content),
                        null);
            case CONTENT_REJECTED ->
                new ContentRejectedException(
                        sentence(failure.message()) + " Change the content and ask again.",
                        details(400, INVALID_REQUEST, "content_filter", trace, failure)
                                .param(param),
                        null);
            case MODEL_UNAVAILABLE -> modelUnavailable(failure, trace);
            default ->
                new InvalidRequestException(
                        sentence(failure.message())
                                + (param == null ? " Correct the request." : " Correct '" + param + "'."),
                        details(
                                        callerStatus(failure),
                                        INVALID_REQUEST,
                                        failure.code().orElse("invalid_request"),
                                        trace,
                                        failure)
                                .param(param),
                        null);
        };
    }

    private static GatewayException modelUnavailable(Failure failure, CallTrace trace) {
        return new UnknownModelException(
                sentence(failure.message()) + " Use another model, or a key that has access to this one.",
                details(404, INVALID_REQUEST, "model_not_found", trace, failure).param("model"),
                null);
    }

    private static GatewayException callerKey(Failure failure, CallTrace trace, List<Target> targets) {
        int status = failure.httpStatus().orElse(401);
        if (status < 400 || status >= 500) {
            status = 401;
        }
        boolean limited = failure.kind() == FailureKind.RATE_LIMITED || failure.kind() == FailureKind.QUOTA_EXHAUSTED;
        return new CallerKeyRejectedException(
                sentence(failure.message())
                        + (limited ? " Wait, or send another key in " : " Correct the key that you send in ")
                        + targets.get(0).provider().descriptor().keyHeader() + ".",
                details(
                        status,
                        limited ? "rate_limit_error" : "authentication_error",
                        limited ? "rate_limit_exceeded" : "invalid_provider_key",
                        trace,
                        failure),
                null);
    }

    private static GatewayException exhausted(Outcome.Failed<?> failed, List<Target> targets) {
        Duration retryAfter = failed.retryAfter();
        String remedy = retryAfter == null
                ? " Add or correct a key, or try again later."
                : " Try again in " + Math.max(1, (retryAfter.toMillis() + 999) / 1000) + " s, or add a key.";
        String story = failed.trace().attempts().isEmpty()
                ? "All keys for " + providers(targets) + " are put aside at the moment."
                : "All keys for " + providers(targets) + " failed (" + attempts(failed.trace()) + ")"
                        + last(failed.failure());
        return new AllKeysFailedException(
                story + remedy,
                details(503, API_ERROR, "service_unavailable", failed.trace(), failed.failure())
                        .retryAfter(retryAfter),
                null);
    }

    private static Details details(int status, String type, String code, CallTrace trace, @Nullable Failure failure) {
        Details details = new Details(status, type, code, trace);
        return failure == null
                ? details
                : details.vendorRequestId(failure.requestId().orElse(null))
                        .retryAfter(failure.retryAfter().orElse(null));
    }

    private static int callerStatus(Failure failure) {
        int status = failure.httpStatus().orElse(400);
        return status == 413 || status == 415 || status == 422 ? status : 400;
    }

    private static String providers(List<Target> targets) {
        return targets.stream()
                .map(target -> target.provider().descriptor().displayName())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String attempts(CallTrace trace) {
        int count = trace.attempts().size();
        return count == 1 ? "1 attempt" : count + " attempts";
    }

    private static String last(@Nullable Failure failure) {
        return failure == null ? "." : ", the last with: " + sentence(failure.toString());
    }

    private static String sentence(String text) {
        String stripped = text.strip();
        return stripped.endsWith(".") || stripped.endsWith("!") || stripped.endsWith("?") ? stripped : stripped + ".";
    }
}
