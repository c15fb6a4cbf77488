package dev.hypergateway.providers.gemini;

import static dev.hypergateway.providers.gemini.ErrorRule.ANY_STATUS;
import static dev.hypergateway.providers.gemini.ErrorRule.row;
import static dev.hypergateway.trace.FailureKind.CONTEXT_TOO_LONG;
import static dev.hypergateway.trace.FailureKind.CREDENTIAL_REJECTED;
import static dev.hypergateway.trace.FailureKind.INVALID_REQUEST;
import static dev.hypergateway.trace.FailureKind.MODEL_UNAVAILABLE;
import static dev.hypergateway.trace.FailureKind.QUOTA_EXHAUSTED;
import static dev.hypergateway.trace.FailureKind.RATE_LIMITED;
import static dev.hypergateway.trace.FailureKind.TIMEOUT;
import static dev.hypergateway.trace.FailureKind.UNAVAILABLE;

import dev.hypergateway.provider.Failure.Scope;
import java.util.List;
import java.util.function.Predicate;

/**
 * What Gemini's errors mean. The first row that matches counts, so special rows stand before general ones. The words are those of
 * {@code generativelanguage.googleapis.com} as recorded in 2025 and 2026.
 *
 * <ul>
 *   <li>An unsupported region is no fault of the key or the request: another vendor may serve it, so it counts like a model that
 *       cannot be had.
 *   <li>A free-tier quota of zero ({@code limit: 0}) means that the model is not part of the key's plan; the retry delay that
 *       Google sends along would not help.
 *   <li>Files and caches belong to the project of one key. A request for those of another project is the caller's to mend and
 *       must not count against the key.
 *   <li>404 without Google's error object comes from an address outside of the API.
 * </ul>
 */
final class ErrorTable {
    private static final String MESSAGES = "messages";

    static final List<ErrorRule> ROWS = List.of(
            // The key.
            row(
                    "key not valid or expired",
                    400,
                    reason("API_KEY_INVALID").or(says("API key not valid")).or(says("API key expired")),
                    CREDENTIAL_REJECTED),
            row("token instead of a key", 401, ErrorTable::any, CREDENTIAL_REJECTED),
            row("no key", 403, says("unregistered callers"), CREDENTIAL_REJECTED),
            row("key leaked", 403, says("reported as leaked"), CREDENTIAL_REJECTED),
            row("API off in the project", 403, reason("SERVICE_DISABLED"), CREDENTIAL_REJECTED),
            row("key restricted", 403, reason("API_KEY_SERVICE_BLOCKED").or(says("are blocked")), CREDENTIAL_REJECTED),

            // Money and quota.
            row("prepaid credit gone", 429, says("prepayment credits"), QUOTA_EXHAUSTED)
                    .against(Scope.ACCOUNT),
            row("spending cap reached", 429, says("spending cap"), QUOTA_EXHAUSTED)
                    .against(Scope.ACCOUNT),
            row("billing off", 403, reason("BILLING_DISABLED"), QUOTA_EXHAUSTED).against(Scope.ACCOUNT),
            row("free tier not offered here", 400, says("enable billing"), QUOTA_EXHAUSTED)
                    .against(Scope.ACCOUNT),
            row("model not in the plan", 429, GeminiError::hasNoQuotaAtAll, MODEL_UNAVAILABLE)
                    .in("model"),
            row(
                            "model not in the plan, answered with 400",
                            400,
                            says("only available on paid plans").or(says("only accessible to billed users")),
                            MODEL_UNAVAILABLE)
                    .in("model"),
            row("daily quota of the model", 429, GeminiError::isDailyQuotaOfModel, QUOTA_EXHAUSTED)
                    .against(Scope.KEY_AND_MODEL),
            row("daily quota", 429, GeminiError::isDailyQuota, QUOTA_EXHAUSTED).against(Scope.ACCOUNT),
            row("rate limit or no capacity", 429, ErrorTable::any, RATE_LIMITED),

            // The place, the model and the address.
            row("region", 400, says("location is not supported"), MODEL_UNAVAILABLE),
            row("file of another project", 403, says("access the File"), INVALID_REQUEST)
                    .in(MESSAGES),
            row("cache of another project", ANY_STATUS, says("CachedContent not found"), INVALID_REQUEST)
                    .in("cached_content"),
            row("any other refusal", 403, ErrorTable::any, CREDENTIAL_REJECTED),
            row("bad path", 404, error -> !error.isGoogles(), UNAVAILABLE),
            row("unknown model", 404, ErrorTable::any, MODEL_UNAVAILABLE).in("model"),

            // The request.
            row("context too long", 400, says("token count").and(says("exceeds the maximum")), CONTEXT_TOO_LONG)
                    .in(MESSAGES),
            row("bad picture", 400, says("image is not valid"), INVALID_REQUEST).in(MESSAGES),
            row("bad document", 400, says("document has no pages"), INVALID_REQUEST)
                    .in(MESSAGES),
            row("media of a kind that is not taken", 400, says("unsupported MIME type"), INVALID_REQUEST)
                    .in(MESSAGES),
            row("address that Google cannot read", 400, says("provided URL").or(says("file uri")), INVALID_REQUEST)
                    .in(MESSAGES),
            row("file that is not ready", 400, says("not in an ACTIVE state"), INVALID_REQUEST)
                    .in(MESSAGES),
            row("request too large", 400, says("payload size exceeds the limit"), INVALID_REQUEST)
                    .in(MESSAGES),
            row("lost signature", 400, says("thought_signature"), INVALID_REQUEST)
                    .in(MESSAGES),
            row("another's signature", 400, says("thought signature"), INVALID_REQUEST)
                    .in(MESSAGES),
            row("turn order", 400, says("Please ensure that"), INVALID_REQUEST).in(MESSAGES),
            row("thinking level", 400, says("thinking level").or(says("thinking mode")), INVALID_REQUEST)
                    .in("reasoning_effort"),
            row("functions beside Google's tools", 400, says("function calling"), INVALID_REQUEST)
                    .in("tools"),
            row("more answers than the model makes", 400, says("candidate"), INVALID_REQUEST)
                    .in("n"),
            row("unknown field or any other 400", 400, ErrorTable::any, INVALID_REQUEST),

            // The service.
            row("overload", 503, ErrorTable::any, UNAVAILABLE),
            row("internal", 500, ErrorTable::any, UNAVAILABLE),
            row("timeout", 504, ErrorTable::any, TIMEOUT),
            row("request timeout", 408, ErrorTable::any, UNAVAILABLE),
            row("cancelled by Google", 499, ErrorTable::any, UNAVAILABLE),
            row("any other 4xx", ANY_STATUS, error -> error.status() / 100 == 4, INVALID_REQUEST),
            row("anything else", ANY_STATUS, ErrorTable::any, UNAVAILABLE));

    private ErrorTable() {}

    /** The row for this error; there is one for every error. */
    static ErrorRule rowFor(GeminiError error) {
        return ROWS.stream().filter(rule -> rule.matches(error)).findFirst().orElseThrow();
    }

    private static Predicate<GeminiError> says(String words) {
        return error -> error.says(words);
    }

    private static Predicate<GeminiError> reason(String reason) {
        return error -> error.reasons().contains(reason);
    }

    private static boolean any(GeminiError error) {
        return true;
    }
}
