package dev.hypergateway.providers.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Failure.Scope;
import dev.hypergateway.trace.FailureKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** One case for each row of the table, in its order, with the words that Google was seen to send. */
class ErrorTableTest {
    private static final List<Case> CASES = List.of(
            reason(
                    "key not valid",
                    400,
                    "INVALID_ARGUMENT",
                    "API key not valid. Please pass a valid API key.",
                    "API_KEY_INVALID",
                    FailureKind.CREDENTIAL_REJECTED),
            error(
                    "key expired",
                    400,
                    "INVALID_ARGUMENT",
                    "API key expired. Please renew the API key.",
                    FailureKind.CREDENTIAL_REJECTED),
            error(
                    "token instead of a key",
                    401,
                    "UNAUTHENTICATED",
                    "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other"
                            + " valid authentication credential.",
                    FailureKind.CREDENTIAL_REJECTED),
            error(
                    "no key",
                    403,
                    "PERMISSION_DENIED",
                    "Method doesn't allow unregistered callers (callers without established identity). Please use API Key"
                            + " or other form of API consumer identity to call this API.",
                    FailureKind.CREDENTIAL_REJECTED),
            error(
                    "key leaked",
                    403,
                    "PERMISSION_DENIED",
                    "Your API key was reported as leaked. Please use another API key.",
                    FailureKind.CREDENTIAL_REJECTED),
            reason(
                    "API off in the project",
                    403,
                    "PERMISSION_DENIED",
                    "Generative Language API has not been used in project 1 before or it is disabled.",
                    "SERVICE_DISABLED",
                    FailureKind.CREDENTIAL_REJECTED),
            reason(
                    "key restricted",
                    403,
                    "PERMISSION_DENIED",
                    "Requests to this API generativelanguage.googleapis.com method"
                            + " google.ai.generativelanguage.v1beta.GenerativeService.GenerateContent are blocked.",
                    "API_KEY_SERVICE_BLOCKED",
                    FailureKind.CREDENTIAL_REJECTED),
            error(
                            "prepaid credit gone",
                            429,
                            "RESOURCE_EXHAUSTED",
                            "Your prepayment credits are depleted. Please go to AI Studio at https://ai.studio/projects to manage"
                                    + " your project and billing.",
                            FailureKind.QUOTA_EXHAUSTED)
                    .against(Scope.ACCOUNT),
            error(
                            "spending cap reached",
                            429,
                            "RESOURCE_EXHAUSTED",
                            "Your project has exceeded its monthly spending cap.",
                            FailureKind.QUOTA_EXHAUSTED)
                    .against(Scope.ACCOUNT),
            reason(
                            "billing off",
                            403,
                            "PERMISSION_DENIED",
                            "This API method requires billing to be enabled.",
                            "BILLING_DISABLED",
                            FailureKind.QUOTA_EXHAUSTED)
                    .against(Scope.ACCOUNT),
            error(
                            "free tier not offered here",
                            400,
                            "FAILED_PRECONDITION",
                            "Gemini API free tier is not available in your country. Please enable billing on your project in"
                                    + " Google AI Studio.",
                            FailureKind.QUOTA_EXHAUSTED)
                    .against(Scope.ACCOUNT),
            quota(
                            "model not in the plan",
                            "GenerateRequestsPerDayPerProjectPerModel-FreeTier",
                            0,
                            FailureKind.MODEL_UNAVAILABLE)
                    .in("model"),
            quota(
                            "daily quota of the model",
                            "GenerateRequestsPerDayPerProjectPerModel-FreeTier",
                            250,
                            FailureKind.QUOTA_EXHAUSTED)
                    .against(Scope.KEY_AND_MODEL),
            quota("daily quota", "GenerateRequestsPerDayPerProject", 250, FailureKind.QUOTA_EXHAUSTED)
                    .against(Scope.ACCOUNT),
            quota(
                    "rate limit or no capacity",
                    "GenerateContentPaidTierInputTokensPerModelPerMinute",
                    1_000_000,
                    FailureKind.RATE_LIMITED),
            error(
                    "rate limit or no capacity",
                    429,
                    "RESOURCE_EXHAUSTED",
                    "Resource exhausted. Please try again later. Please refer to"
                            + " https://cloud.google.com/vertex-ai/generative-ai/docs/error-code-429 for more details.",
                    FailureKind.RATE_LIMITED),
            error(
                    "rate limit or no capacity",
                    429,
                    "RESOURCE_EXHAUSTED",
                    "Resource has been exhausted (e.g. check quota).",
                    FailureKind.RATE_LIMITED),
            error(
                    "region",
                    400,
                    "FAILED_PRECONDITION",
                    "User location is not supported for the API use.",
                    FailureKind.MODEL_UNAVAILABLE),
            error(
                            "file of another project",
                            403,
                            "PERMISSION_DENIED",
                            "You do not have permission to access the File abc123 or it may not exist.",
                            FailureKind.INVALID_REQUEST)
                    .in("messages"),
            error(
                            "cache of another project",
                            403,
                            "PERMISSION_DENIED",
                            "CachedContent not found (or permission denied)",
                            FailureKind.INVALID_REQUEST)
                    .in("cached_content"),
            error(
                    "any other refusal",
                    403,
                    "PERMISSION_DENIED",
                    "The caller does not have permission",
                    FailureKind.CREDENTIAL_REJECTED),
            new Case("bad path", 404, "", FailureKind.UNAVAILABLE, null, null),
            error(
                            "unknown model",
                            404,
                            "NOT_FOUND",
                            "models/gemini-9 is not found for API version v1beta, or is not supported for generateContent. Call"
                                    + " ModelService.ListModels to see the list of available models and their supported methods.",
                            FailureKind.MODEL_UNAVAILABLE)
                    .in("model"),
            error(
                            "context too long",
                            400,
                            "INVALID_ARGUMENT",
                            "The input token count exceeds the maximum number of tokens allowed (1048576).",
                            FailureKind.CONTEXT_TOO_LONG)
                    .in("messages"),
            error(
                            "context too long",
                            400,
                            "INVALID_ARGUMENT",
                            "The input token count (1250060) exceeds the maximum number of tokens allowed (1048575).",
                            FailureKind.CONTEXT_TOO_LONG)
                    .in("messages"),
            error("bad picture", 400, "INVALID_ARGUMENT", "Provided image is not valid.", FailureKind.INVALID_REQUEST)
                    .in("messages"),
            error("bad document", 400, "INVALID_ARGUMENT", "The document has no pages.", FailureKind.INVALID_REQUEST)
                    .in("messages"),
            error(
                            "lost signature",
                            400,
                            "INVALID_ARGUMENT",
                            "Function call is missing a thought_signature in functionCall parts.",
                            FailureKind.INVALID_REQUEST)
                    .in("messages"),
            error(
                            "turn order",
                            400,
                            "INVALID_ARGUMENT",
                            "Please ensure that function call turn comes immediately after a user turn or after a function"
                                    + " response turn.",
                            FailureKind.INVALID_REQUEST)
                    .in("messages"),
            error(
                    "unknown field or any other 400",
                    400,
                    "INVALID_ARGUMENT",
                    "Invalid JSON payload received. Unknown name \\\"additionalProperties\\\" at"
                            + " 'tools.function_declarations[0].parameters': Cannot find field.",
                    FailureKind.INVALID_REQUEST),
            error(
                    "unknown field or any other 400",
                    400,
                    "INVALID_ARGUMENT",
                    "Request contains an invalid argument.",
                    FailureKind.INVALID_REQUEST),
            error(
                    "overload",
                    503,
                    "UNAVAILABLE",
                    "This model is currently experiencing high demand. Spikes in demand are usually temporary. Please try"
                            + " again later.",
                    FailureKind.UNAVAILABLE),
            error(
                    "internal",
                    500,
                    "INTERNAL",
                    "An internal error has occurred. Please retry or report in"
                            + " https://developers.generativeai.google/guide/troubleshooting",
                    FailureKind.UNAVAILABLE),
            error(
                    "timeout",
                    504,
                    "DEADLINE_EXCEEDED",
                    "The service is unable to finish processing within the deadline.",
                    FailureKind.TIMEOUT),
            new Case("request timeout", 408, "", FailureKind.UNAVAILABLE, null, null),
            error("cancelled by Google", 499, "CANCELLED", "The operation was cancelled.", FailureKind.UNAVAILABLE),
            new Case("any other 4xx", 413, "<html><title>413</title></html>", FailureKind.INVALID_REQUEST, null, null),
            new Case("anything else", 502, "<html><title>502</title></html>", FailureKind.UNAVAILABLE, null, null));

    @TestFactory
    Stream<DynamicTest> each_row_means_what_it_says() {
        return CASES.stream()
                .map(expected -> DynamicTest.dynamicTest(expected.row, () -> {
                    GeminiError error = GeminiError.of(expected.status, expected.body.getBytes(StandardCharsets.UTF_8));
                    ErrorRule row = ErrorTable.rowFor(error);

                    assertThat(row.name()).isEqualTo(expected.row);
                    assertThat(row.kind()).isEqualTo(expected.kind);
                    assertThat(row.scope()).isEqualTo(expected.scope);
                    assertThat(row.param()).isEqualTo(expected.param);
                }));
    }

    @Test
    void no_row_is_without_a_case_and_the_cases_stand_in_the_order_of_the_rows() {
        assertThat(CASES.stream().map(Case::row).distinct())
                .containsExactlyElementsOf(
                        ErrorTable.ROWS.stream().map(ErrorRule::name).toList());
    }

    private static Case error(String row, int status, String code, String message, FailureKind kind) {
        return new Case(row, status, body(status, code, message, "[]"), kind, null, null);
    }

    private static Case reason(String row, int status, String code, String message, String reason, FailureKind kind) {
        String details = "[{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"" + reason
                + "\",\"domain\":\"googleapis.com\"}]";
        return new Case(row, status, body(status, code, message, details), kind, null, null);
    }

    private static Case quota(String row, String quotaId, int limit, FailureKind kind) {
        String message =
                "You exceeded your current quota, please check your plan and billing details. \\n* Quota exceeded for"
                        + " metric: generativelanguage.googleapis.com/some_count, limit: " + limit
                        + ", model: gemini-2.5-flash\\nPlease retry in 48.9s.";
        String details = "[{\"@type\":\"type.googleapis.com/google.rpc.QuotaFailure\",\"violations\":[{\"quotaId\":\""
                + quotaId + "\"}]},{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"48s\"}]";
        return new Case(row, 429, body(429, "RESOURCE_EXHAUSTED", message, details), kind, null, null);
    }

    static String body(int status, String code, String message, String details) {
        return "{\"error\":{\"code\":" + status + ",\"message\":\"" + message + "\",\"status\":\"" + code
                + "\",\"details\":" + details + "}}";
    }

    private record Case(
            String row,
            int status,
            String body,
            FailureKind kind,
            Failure.@Nullable Scope scope,
            @Nullable String param) {
        Case against(Scope value) {
            return new Case(row, status, body, kind, value, param);
        }

        Case in(String value) {
            return new Case(row, status, body, kind, scope, value);
        }
    }
}
