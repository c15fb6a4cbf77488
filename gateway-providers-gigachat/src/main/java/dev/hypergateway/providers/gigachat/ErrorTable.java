package dev.hypergateway.providers.gigachat;

import static dev.hypergateway.providers.gigachat.ErrorRule.ANY_STATUS;
import static dev.hypergateway.providers.gigachat.ErrorRule.row;
import static dev.hypergateway.trace.FailureKind.CREDENTIAL_REJECTED;
import static dev.hypergateway.trace.FailureKind.INVALID_REQUEST;
import static dev.hypergateway.trace.FailureKind.MODEL_UNAVAILABLE;
import static dev.hypergateway.trace.FailureKind.QUOTA_EXHAUSTED;
import static dev.hypergateway.trace.FailureKind.RATE_LIMITED;
import static dev.hypergateway.trace.FailureKind.TOKEN_EXPIRED;
import static dev.hypergateway.trace.FailureKind.UNAVAILABLE;

import dev.hypergateway.provider.Failure.Scope;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * What GigaChat's errors mean, one list for the API and one for the token endpoint. The first row that matches counts, so special
 * rows stand before general ones. The words are those of {@code developers.sber.ru/docs/ru/gigachat/api/errors-description} and of
 * reports of 2025 and 2026.
 *
 * <ul>
 *   <li>A limit is a number of requests at a time, so it is over as soon as one of them ends.
 *   <li>A package is paid for one model: with 402 for one, another may still answer.
 *   <li>The token endpoint sees nothing of the caller's request, so nothing that it says is the caller's mistake.
 *   <li>A body without GigaChat's shape comes from a host in front of it or from a wrong address.
 * </ul>
 */
final class ErrorTable {
    private static final String MESSAGES = "messages";
    private static final String TOOLS = "tools";
    private static final Duration MOMENT = Duration.ofSeconds(2);

    static final List<ErrorRule> API = List.of(
            // The key.
            row("token expired", 401, says("expired"), TOKEN_EXPIRED),
            row("token refused", 401, ErrorTable::any, TOKEN_EXPIRED),
            row("package used up", 402, ErrorTable::any, QUOTA_EXHAUSTED).against(Scope.KEY_AND_MODEL),
            row("no permission", 403, GigaChatError::isGigaChats, CREDENTIAL_REJECTED),
            row("stopped on the way", 403, ErrorTable::any, UNAVAILABLE),
            row("too many requests at a time", 429, ErrorTable::any, RATE_LIMITED)
                    .against(Scope.KEY)
                    .pausing(MOMENT),

            // The model and the address.
            row("unknown model", 404, says("No such model"), MODEL_UNAVAILABLE).in("model"),
            row("unknown tool", 404, says("tool"), INVALID_REQUEST).in(TOOLS),
            row("unknown file", 404, says("file"), INVALID_REQUEST).in(MESSAGES),
            row("bad path", 404, error -> !error.isGigaChats(), UNAVAILABLE)
                    .saying("there is no GigaChat API at this address; check " + GigaChatSettings.CHAT_URL
                            + " (it should end in /v1/chat/completions)"),
            row("any other 404", 404, ErrorTable::any, MODEL_UNAVAILABLE).in("model"),

            // The request.
            row("broken request", 400, ErrorTable::any, INVALID_REQUEST),
            row("too large", 413, ErrorTable::any, INVALID_REQUEST).in(MESSAGES),
            row("no functions with this model", 422, says("does not support functions"), INVALID_REQUEST)
                    .in(TOOLS),
            row("name of a function", 422, says("Invalid function names"), INVALID_REQUEST)
                    .in(TOOLS),
            row("schema of a function", 422, says("Field 'properties"), INVALID_REQUEST)
                    .in(TOOLS),
            row("tool not available", 422, says("Tool "), INVALID_REQUEST).in(TOOLS),
            row("system message not first", 422, says("system message"), INVALID_REQUEST)
                    .in(MESSAGES),
            row("call without result", 422, says("must have a result"), INVALID_REQUEST)
                    .in(MESSAGES),
            row("result without call", 422, says("must have an assistant function call"), INVALID_REQUEST)
                    .in(MESSAGES),
            row("result that is no JSON", 422, says("invalid function result"), INVALID_REQUEST)
                    .in(MESSAGES),
            row("repetition penalty", 422, says("repetition_penalty"), INVALID_REQUEST)
                    .in("repetition_penalty"),
            row("any other 422", 422, ErrorTable::any, INVALID_REQUEST),

            // The service.
            row("internal", 500, ErrorTable::any, UNAVAILABLE),
            row("gateway", 502, ErrorTable::any, UNAVAILABLE),
            row("overload", 503, ErrorTable::any, UNAVAILABLE),
            row("timeout", 504, ErrorTable::any, UNAVAILABLE),
            row("request timeout", 408, ErrorTable::any, UNAVAILABLE),
            row("any other 4xx", ANY_STATUS, error -> error.status() / 100 == 4, INVALID_REQUEST),
            row("anything else", ANY_STATUS, ErrorTable::any, UNAVAILABLE));

    static final List<ErrorRule> TOKEN = List.of(
            row("key not readable", 401, code("4"), CREDENTIAL_REJECTED)
                    .saying("the authorization key is not what GigaChat gives out (base64 of client id and secret)"),
            row("key unknown", 401, code("6"), CREDENTIAL_REJECTED),
            row("scope not in the key", ANY_STATUS, code("7"), CREDENTIAL_REJECTED)
                    .saying("the key was made for another scope; set " + GigaChatSettings.SCOPE
                            + ", or the attribute scope of this key"),
            row("scope not known", 400, code("1"), CREDENTIAL_REJECTED)
                    .saying("check " + GigaChatSettings.SCOPE + " and the attribute scope of this key"),
            row("scope empty", 400, code("5"), CREDENTIAL_REJECTED)
                    .saying("check " + GigaChatSettings.SCOPE + " and the attribute scope of this key"),
            row("key refused", 401, ErrorTable::any, CREDENTIAL_REJECTED),
            row("package used up", 402, ErrorTable::any, QUOTA_EXHAUSTED),
            row("no permission", 403, GigaChatError::isGigaChats, CREDENTIAL_REJECTED),
            row("key not taken", 400, GigaChatError::isGigaChats, CREDENTIAL_REJECTED),
            row("bad path", 404, ErrorTable::any, UNAVAILABLE)
                    .saying("there is no token endpoint at this address; check " + GigaChatSettings.TOKEN_URL),
            row("too many token requests", 429, ErrorTable::any, RATE_LIMITED)
                    .against(Scope.KEY)
                    .pausing(MOMENT),
            row("anything else", ANY_STATUS, ErrorTable::any, UNAVAILABLE));

    private ErrorTable() {}

    /** The row for this error; there is one for every error. */
    static ErrorRule rowFor(GigaChatError error, List<ErrorRule> rows) {
        return rows.stream().filter(rule -> rule.matches(error)).findFirst().orElseThrow();
    }

    private static Predicate<GigaChatError> says(String words) {
        return error -> error.says(words);
    }

    private static Predicate<GigaChatError> code(String number) {
        return error -> number.equals(error.code());
    }

    private static boolean any(GigaChatError error) {
        return true;
    }
}
