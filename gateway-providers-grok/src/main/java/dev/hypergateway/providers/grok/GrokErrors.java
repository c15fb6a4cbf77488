package dev.hypergateway.providers.grok;

import static dev.hypergateway.openai.ErrorRow.row;
import static dev.hypergateway.trace.FailureKind.CONTENT_REJECTED;
import static dev.hypergateway.trace.FailureKind.CONTEXT_TOO_LONG;
import static dev.hypergateway.trace.FailureKind.CREDENTIAL_REJECTED;
import static dev.hypergateway.trace.FailureKind.INVALID_REQUEST;
import static dev.hypergateway.trace.FailureKind.MODEL_UNAVAILABLE;
import static dev.hypergateway.trace.FailureKind.QUOTA_EXHAUSTED;
import static dev.hypergateway.trace.FailureKind.RATE_LIMITED;
import static dev.hypergateway.trace.FailureKind.TIMEOUT;
import static dev.hypergateway.trace.FailureKind.UNAVAILABLE;

import dev.hypergateway.openai.ErrorRow;
import dev.hypergateway.openai.ErrorTable;
import dev.hypergateway.openai.VendorError;
import dev.hypergateway.openai.VendorError.Form;
import dev.hypergateway.provider.Failure.Scope;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What xAI's errors mean, as recorded and reported in 2025 and 2026. The body is <code>{"code","error":"text"}</code>. The code is
 * one of gRPC's, spelled as an English sentence until mid-2026 and in kebab case since; it is too coarse to go by where the text
 * is known (a wrong key and a wrong argument have the same one).
 */
final class GrokErrors {
    private static final Pattern UNSUPPORTED_ARGUMENT =
            Pattern.compile("(?:Argument|Parameter) not supported(?: on this model)?: ([A-Za-z_]+)");

    static final List<ErrorRow> ROWS = List.of(
            // The key. A wrong one is answered with 400, of all things.
            row("wrong key", CREDENTIAL_REJECTED).on(400, 401, 403).saying("Incorrect API key", "Invalid API key"),
            row("no key", CREDENTIAL_REJECTED).on(401),

            // Money. Seen with 403 and with 429; all keys of a team share it.
            row("no credits yet", QUOTA_EXHAUSTED)
                    .on(402, 403, 429)
                    .saying("doesn't have any credits", "credits or licenses")
                    .against(Scope.ACCOUNT),
            row("credits used up or spending limit reached", QUOTA_EXHAUSTED)
                    .on(402, 403, 429)
                    .saying("used all available credits", "monthly spending limit", "purchase more credits")
                    .against(Scope.ACCOUNT),
            row("payment required", QUOTA_EXHAUSTED).on(402).against(Scope.ACCOUNT),

            // The rate: "for team … and model …", so other models of the key go on.
            row("rate limit of the model", RATE_LIMITED)
                    .on(429)
                    .saying("too many requests", "rate limit")
                    .saying(" and model ")
                    .against(Scope.KEY_AND_MODEL),
            row("rate limit of the team", RATE_LIMITED)
                    .on(429)
                    .saying("too many requests", "rate limit")
                    .saying("for team")
                    .against(Scope.KEY),
            row("rate limit", RATE_LIMITED).on(429),

            // The content.
            row("content policy", CONTENT_REJECTED)
                    .on(400, 403)
                    .saying("violates usage guidelines", "SAFETY_CHECK_TYPE")
                    .in("messages"),
            row("picture withheld", CONTENT_REJECTED)
                    .on(400, 403)
                    .when(error -> "imagine:content-moderated".equals(error.code())
                            || error.says("rejected by content moderation"))
                    .in("prompt"),

            // The model and the address.
            row("no such route", UNAVAILABLE)
                    .on(404)
                    .saying("No handler found on route")
                    .explained(noApiHere()),
            row("not the API", UNAVAILABLE)
                    .on(404)
                    .when(error -> error.form() != Form.JSON)
                    .explained(noApiHere()),
            row("unknown model", MODEL_UNAVAILABLE).on(404).in("model"),
            row("model closed to the team", MODEL_UNAVAILABLE)
                    .on(400, 403)
                    .when(error -> error.says("model") && error.says("does not have access"))
                    .in("model"),
            row("unknown model, answered with 400", MODEL_UNAVAILABLE)
                    .on(400)
                    .saying("Model not found")
                    .in("model"),
            row("region", MODEL_UNAVAILABLE)
                    .on(403)
                    .saying("in your region", "in your country")
                    .in("model"),

            // Permission. A page of HTML is not xAI's but that of something in between, which the key cannot help.
            row("turned away on the way", UNAVAILABLE).on(403).when(error -> error.form() == Form.MARKUP),
            row("no permission", CREDENTIAL_REJECTED).on(403),

            // The request.
            row("context too long", CONTEXT_TOO_LONG)
                    .on(400, 413, 422)
                    .saying("maximum prompt length", "maximum context length")
                    .in("messages"),
            row("argument that the model does not take", INVALID_REQUEST)
                    .on(400, 422)
                    .saying("not supported on this model", "Argument not supported:")
                    .in(GrokErrors::unsupportedArgument),
            row("live search is gone", INVALID_REQUEST)
                    .on(400, 410)
                    .saying("Live search is deprecated")
                    .in("search_parameters"),
            row("bad argument", INVALID_REQUEST).on(400),
            row("body that cannot be read", INVALID_REQUEST).on(405, 413, 415, 422),

            // The service: its own 503, and Cloudflare's pages in front of it.
            row("took too long behind Cloudflare", TIMEOUT).on(504, 524),
            row("overloaded or down", UNAVAILABLE).on(500, 502, 503, 520, 521, 522, 523, 525, 526, 529, 530),

            // An error inside a 200 has only its code.
            row("code: unauthenticated", CREDENTIAL_REJECTED)
                    .on(0)
                    .code("unauthenticated", "The request does not have valid authentication credentials"),
            row("code: no permission", CREDENTIAL_REJECTED)
                    .on(0)
                    .code(
                            "permission-denied",
                            "The caller does not have permission to execute the specified operation"),
            row("code: rate limit", RATE_LIMITED).on(0).code("resource-exhausted", "Some resource has been exhausted"),
            row("code: unknown model", MODEL_UNAVAILABLE)
                    .on(0)
                    .code("not-found", "Some requested entity was not found")
                    .in("model"),
            row("code: bad argument", INVALID_REQUEST)
                    .on(0)
                    .code("invalid-argument", "Client specified an invalid argument"),
            row("code: took too long", TIMEOUT)
                    .on(0)
                    .code("deadline-exceeded", "Deadline expired before operation could complete"));

    private GrokErrors() {}

    static ErrorTable table(Clock clock) {
        return new ErrorTable(ROWS, clock);
    }

    private static String noApiHere() {
        return "there is no xAI API at this address; check " + GrokProvider.BASE_URI_SETTING
                + " (it should end in /v1)";
    }

    /** The argument in OpenAI's spelling: xAI says {@code presencePenalty}. */
    private static @Nullable String unsupportedArgument(VendorError error) {
        Matcher matcher = UNSUPPORTED_ARGUMENT.matcher(error.message());
        return matcher.find()
                ? matcher.group(1).replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT)
                : error.param();
    }
}
