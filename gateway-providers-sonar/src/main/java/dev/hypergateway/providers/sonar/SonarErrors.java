package dev.hypergateway.providers.sonar;

import static dev.hypergateway.openai.ErrorRow.row;
import static dev.hypergateway.trace.FailureKind.CONTEXT_TOO_LONG;
import static dev.hypergateway.trace.FailureKind.CREDENTIAL_REJECTED;
import static dev.hypergateway.trace.FailureKind.INVALID_REQUEST;
import static dev.hypergateway.trace.FailureKind.MODEL_UNAVAILABLE;
import static dev.hypergateway.trace.FailureKind.QUOTA_EXHAUSTED;
import static dev.hypergateway.trace.FailureKind.RATE_LIMITED;
import static dev.hypergateway.trace.FailureKind.TIMEOUT;
import static dev.hypergateway.trace.FailureKind.UNAVAILABLE;

import dev.hypergateway.openai.ErrorClassifier;
import dev.hypergateway.openai.ErrorRow;
import dev.hypergateway.openai.ErrorTable;
import dev.hypergateway.openai.VendorError;
import dev.hypergateway.openai.VendorError.Form;
import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Failure.Scope;
import dev.hypergateway.transport.UpstreamHeaders;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What Perplexity's errors mean, as recorded and reported in 2025 and 2026. The body is
 * <code>{"error":{"message","type","code"}}</code>, where the code is the HTTP status once more and the type says what happened; a
 * page of HTML until early 2026, and from Cloudflare at any time.
 *
 * <p>One recorded text says "Invalid API key or insufficient credits" and leaves open which. It counts as a rejected key: such a
 * key is tried again after a minute, and a key without credits only after an hour, so an account that is topped up is back
 * sooner, and a wrong key costs no more than a probe that fails.
 */
final class SonarErrors implements ErrorClassifier {
    static final List<ErrorRow> ROWS = List.of(
            // The key, and the money behind it.
            row("wrong key or no credits", CREDENTIAL_REJECTED).on(401).saying("or insufficient credits"),
            row("no credits", QUOTA_EXHAUSTED)
                    .on(401, 402, 403, 429)
                    .saying(
                            "insufficient credit",
                            "insufficient balance",
                            "out of credits",
                            "exceeded your current quota")
                    .against(Scope.ACCOUNT),
            row("payment required", QUOTA_EXHAUSTED).on(402).against(Scope.ACCOUNT),
            row("wrong key", CREDENTIAL_REJECTED).on(401, 403).when(type("invalid_api_key")),
            row("wrong key, answered with a page", CREDENTIAL_REJECTED)
                    .on(401)
                    .when(error -> error.form() == Form.MARKUP)
                    .explained("Perplexity refused the API key with a page in place of a reason; check that the key is"
                            + " active and its account has credits"),
            row("no key", CREDENTIAL_REJECTED).on(401),
            row("turned away on the way", UNAVAILABLE).on(403).when(error -> error.form() == Form.MARKUP),
            row("no permission", CREDENTIAL_REJECTED).on(403),

            // The rate. It is counted per model; Perplexity does not say until when.
            row("rate limit", RATE_LIMITED).on(429),

            // The model and the address.
            row("unknown model", MODEL_UNAVAILABLE)
                    .on(400, 404)
                    .when(type("invalid_model").or(error -> error.says("Invalid model '")))
                    .in("model"),
            row("no such address", UNAVAILABLE)
                    .on(404, 405)
                    .when(error -> error.form() != Form.JSON)
                    .explained("there is no Perplexity API at this address; check " + SonarProvider.BASE_URI_SETTING
                            + " (it should not end in /v1)"),

            // The request.
            row("context too long", CONTEXT_TOO_LONG)
                    .on(400, 413, 422)
                    .when(type("too_many_prompt_tokens")
                            .or(error -> error.says("length of all messages is too long")
                                    || error.says("User input tokens exceeds")))
                    .in("messages"),
            row("order of the roles", INVALID_REQUEST)
                    .on(400, 422)
                    .when(type("invalid_message").or(error -> error.says("should alternate with")))
                    .in("messages"),
            row("bad argument", INVALID_REQUEST).on(400, 422).in(VendorError::param),
            row("body that cannot be read", INVALID_REQUEST).on(413, 415),

            // The service, and Cloudflare's pages in front of it.
            row("took too long", TIMEOUT).on(408, 504, 524),
            row("overloaded or down", UNAVAILABLE).on(500, 502, 503, 520, 521, 522, 523, 525, 526, 529, 530),

            // An error inside a stream has its status as its code. One without has its type: those above, and these.
            row("type: rate limit", RATE_LIMITED).on(0).when(type("request_rate_limit_exceeded")),
            row("type: bad argument", INVALID_REQUEST).on(0).when(type("bad_request")));

    private final ErrorTable table;

    /**
     * @param clock for {@code Retry-After} dates
     */
    SonarErrors(Clock clock) {
        table = new ErrorTable(ROWS, clock);
    }

    /** The code is the type, for people and clients to go by; the vendor's own only repeats the status. */
    @Override
    public Failure classify(int status, UpstreamHeaders headers, byte[] body, Credential credential) {
        Failure failure = table.classify(status, headers, body, credential);
        String type = VendorError.of(status, body).type();
        return type == null ? failure : failure.toBuilder().code(type).build();
    }

    ErrorTable table() {
        return table;
    }

    private static Predicate<VendorError> type(String... types) {
        Set<String> known = Set.of(types);
        return error -> error.type() != null && known.contains(error.type());
    }
}
