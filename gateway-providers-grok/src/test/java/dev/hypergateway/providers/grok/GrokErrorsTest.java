package dev.hypergateway.providers.grok;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypergateway.openai.ErrorRow;
import dev.hypergateway.openai.ErrorTable;
import dev.hypergateway.openai.VendorError;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Failure.Scope;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.trace.FailureKind;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GrokErrorsTest {
    private static final String TEAM = "00000000-0000-0000-0000-000000000000";
    private static final String OLD_INVALID = "Client specified an invalid argument";
    private static final String OLD_DENIED = "The caller does not have permission to execute the specified operation";
    private static final String OLD_NOT_FOUND = "Some requested entity was not found";
    private static final String PAGE = "<!DOCTYPE html><html><head><style>b{}</style></head><body>nginx</body></html>";

    private final ErrorTable table = GrokErrors.table(Clock.systemUTC());
    private final GrokProvider provider = new GrokProvider();

    /** An error as xAI words it, the row that it belongs to and what it means. */
    enum Case {
        WRONG_KEY_OLD(
                400,
                flat(
                        OLD_INVALID,
                        "Incorrect API key provided: in***ey. You can obtain an API key from https://console.x.ai."),
                "wrong key",
                FailureKind.CREDENTIAL_REJECTED,
                Scope.KEY),
        WRONG_KEY_NEW(
                400,
                flat(
                        "invalid-argument",
                        "Incorrect API key provided. You can obtain an API key from https://console.x.ai."),
                "wrong key",
                FailureKind.CREDENTIAL_REJECTED,
                Scope.KEY),
        WRONG_KEY_IN_AN_OBJECT(
                400,
                "{\"error\":{\"message\":\"Incorrect API key provided: ab***cd.\",\"code\":\"invalid-argument\"}}",
                "wrong key",
                FailureKind.CREDENTIAL_REJECTED,
                Scope.KEY),
        WRONG_KEY_IN_A_200(
                200,
                flat(OLD_INVALID, "Incorrect API key provided: in***ey."),
                "wrong key",
                FailureKind.CREDENTIAL_REJECTED,
                Scope.KEY),
        NO_KEY(401, "", "no key", FailureKind.CREDENTIAL_REJECTED, Scope.KEY),
        NO_CREDITS(
                403,
                flat(
                        OLD_DENIED,
                        "Your newly created team doesn't have any credits or licenses yet. You can purchase those on"
                                + " https://console.x.ai/team/" + TEAM + "."),
                "no credits yet",
                FailureKind.QUOTA_EXHAUSTED,
                Scope.ACCOUNT),
        SPENDING_LIMIT_429(
                429,
                spendingLimit("resource-exhausted"),
                "credits used up or spending limit reached",
                FailureKind.QUOTA_EXHAUSTED,
                Scope.ACCOUNT),
        SPENDING_LIMIT_403(
                403,
                spendingLimit(OLD_DENIED),
                "credits used up or spending limit reached",
                FailureKind.QUOTA_EXHAUSTED,
                Scope.ACCOUNT),
        SPENDING_LIMIT_IN_A_200(
                200,
                spendingLimit("resource-exhausted"),
                "credits used up or spending limit reached",
                FailureKind.QUOTA_EXHAUSTED,
                Scope.ACCOUNT),
        PAYMENT_REQUIRED(402, "", "payment required", FailureKind.QUOTA_EXHAUSTED, Scope.ACCOUNT),
        RATE_LIMIT_OF_MODEL(
                429,
                flat(
                        "resource-exhausted",
                        "Too many requests for team " + TEAM
                                + " and model grok-4.5. Your team's rate limit is - Requests per"
                                + " Minute (actual/limit): 2/2."),
                "rate limit of the model",
                FailureKind.RATE_LIMITED,
                Scope.KEY_AND_MODEL),
        RATE_LIMIT_OF_TEAM(
                429,
                flat("resource-exhausted", "Too many requests for team " + TEAM + "."),
                "rate limit of the team",
                FailureKind.RATE_LIMITED,
                Scope.KEY),
        RATE_LIMIT_UNEXPLAINED(429, "", "rate limit", FailureKind.RATE_LIMITED, Scope.KEY_AND_MODEL),
        CONTENT_POLICY(
                403,
                flat(
                        OLD_DENIED,
                        "Content violates usage guidelines. Team: " + TEAM + ", Failed check: SAFETY_CHECK_TYPE_BIO"),
                "content policy",
                FailureKind.CONTENT_REJECTED,
                Scope.NOTHING),
        PICTURE_WITHHELD(
                400,
                flat("imagine:content-moderated", "Generated image rejected by content moderation."),
                "picture withheld",
                FailureKind.CONTENT_REJECTED,
                Scope.NOTHING),
        NO_ROUTE(
                404,
                "No handler found on route. Please double check your URL and consult https://api.x.ai/docs for more information.",
                "no such route",
                FailureKind.UNAVAILABLE,
                Scope.ENDPOINT),
        NO_ROUTE_AS_JSON(
                404,
                flat(OLD_NOT_FOUND, "No handler found on route. Please double check your URL."),
                "no such route",
                FailureKind.UNAVAILABLE,
                Scope.ENDPOINT),
        NOT_THE_API(404, PAGE, "not the API", FailureKind.UNAVAILABLE, Scope.ENDPOINT),
        UNKNOWN_MODEL(
                404, unknownModel(OLD_NOT_FOUND), "unknown model", FailureKind.MODEL_UNAVAILABLE, Scope.KEY_AND_MODEL),
        MODEL_CLOSED(
                403,
                unknownModel("permission-denied"),
                "model closed to the team",
                FailureKind.MODEL_UNAVAILABLE,
                Scope.KEY_AND_MODEL),
        UNKNOWN_MODEL_400(
                400,
                flat("invalid-argument", "Model not found: grok-9"),
                "unknown model, answered with 400",
                FailureKind.MODEL_UNAVAILABLE,
                Scope.KEY_AND_MODEL),
        REGION(
                403,
                flat("permission-denied", "The service is not available in your region."),
                "region",
                FailureKind.MODEL_UNAVAILABLE,
                Scope.KEY_AND_MODEL),
        TURNED_AWAY(403, PAGE, "turned away on the way", FailureKind.UNAVAILABLE, Scope.ENDPOINT),
        NO_PERMISSION(
                403,
                flat(
                        "permission-denied",
                        "Access to the chat endpoint is denied. Please ensure you're using the correct key."),
                "no permission",
                FailureKind.CREDENTIAL_REJECTED,
                Scope.KEY),
        CONTEXT_TOO_LONG(
                400,
                flat(
                        OLD_INVALID,
                        "This model's maximum prompt length is 131072 but the request contains 625077 tokens."),
                "context too long",
                FailureKind.CONTEXT_TOO_LONG,
                Scope.NOTHING),
        UNSUPPORTED_ARGUMENT(
                400,
                flat(OLD_INVALID, "Argument not supported on this model: presencePenalty"),
                "argument that the model does not take",
                FailureKind.INVALID_REQUEST,
                Scope.NOTHING),
        LIVE_SEARCH_GONE(
                410,
                "{\"error\":\"Live search is deprecated. Please switch to the Agent Tools API:"
                        + " https://docs.x.ai/docs/guides/tools/overview\"}",
                "live search is gone",
                FailureKind.INVALID_REQUEST,
                Scope.NOTHING),
        BAD_TOOL_ARGUMENTS(
                400,
                flat(
                        OLD_INVALID,
                        "The arguments to a tool_call with ID 'x' are not a valid JSON string. Parsing error: EOF"),
                "bad argument",
                FailureKind.INVALID_REQUEST,
                Scope.NOTHING),
        UNREADABLE_BODY(
                422,
                "Failed to deserialize the JSON body into the target type: input: data did not match any variant of untagged"
                        + " enum ModelInput at line 1 column 114032",
                "body that cannot be read",
                FailureKind.INVALID_REQUEST,
                Scope.NOTHING),
        UNREADABLE_BODY_THROUGH_A_PROXY(
                422,
                "{\"error\":\"Failed to deserialize the JSON body into the target type\"}",
                "body that cannot be read",
                FailureKind.INVALID_REQUEST,
                Scope.NOTHING),
        WRONG_MEDIA_TYPE(415, "", "body that cannot be read", FailureKind.INVALID_REQUEST, Scope.NOTHING),
        CLOUDFLARE_TIMEOUT(524, PAGE, "took too long behind Cloudflare", FailureKind.TIMEOUT, Scope.ENDPOINT),
        OVERLOADED(
                503,
                flat(
                        "The service is currently unavailable",
                        "Service temporarily unavailable. The model is at capacity and currently cannot serve this request."),
                "overloaded or down",
                FailureKind.UNAVAILABLE,
                Scope.ENDPOINT),
        INTERNAL(500, "", "overloaded or down", FailureKind.UNAVAILABLE, Scope.ENDPOINT),
        CLOUDFLARE_PAGE(522, PAGE, "overloaded or down", FailureKind.UNAVAILABLE, Scope.ENDPOINT),
        CODE_UNAUTHENTICATED(
                200,
                flat("unauthenticated", "no"),
                "code: unauthenticated",
                FailureKind.CREDENTIAL_REJECTED,
                Scope.KEY),
        CODE_DENIED(200, flat(OLD_DENIED, "no"), "code: no permission", FailureKind.CREDENTIAL_REJECTED, Scope.KEY),
        CODE_EXHAUSTED(
                200,
                flat("resource-exhausted", "no"),
                "code: rate limit",
                FailureKind.RATE_LIMITED,
                Scope.KEY_AND_MODEL),
        CODE_NOT_FOUND(
                200,
                flat(OLD_NOT_FOUND, "no"),
                "code: unknown model",
                FailureKind.MODEL_UNAVAILABLE,
                Scope.KEY_AND_MODEL),
        CODE_INVALID(
                200, flat("invalid-argument", "no"), "code: bad argument", FailureKind.INVALID_REQUEST, Scope.NOTHING),
        CODE_DEADLINE(200, flat("deadline-exceeded", "no"), "code: took too long", FailureKind.TIMEOUT, Scope.ENDPOINT);

        private final int status;
        private final String body;
        private final String row;
        private final FailureKind kind;
        private final Scope scope;

        Case(int status, String body, String row, FailureKind kind, Scope scope) {
            this.status = status;
            this.body = body;
            this.row = row;
            this.kind = kind;
            this.scope = scope;
        }

        private static String flat(String code, String error) {
            return "{\"code\":\"" + code + "\",\"error\":\"" + error + "\"}";
        }

        private static String spendingLimit(String code) {
            return flat(
                    code,
                    "Your team " + TEAM
                            + " has either used all available credits or reached its monthly spending limit. To"
                            + " continue making API requests, please purchase more credits or raise your spending limit.");
        }

        private static String unknownModel(String code) {
            return flat(
                    code,
                    "The model grok-x does not exist or your team " + TEAM
                            + " does not have access to it. Please ensure you're" + " using the correct API key.");
        }
    }

    @ParameterizedTest
    @EnumSource
    void says_what_an_error_means(Case error) {
        try (LoopbackXai vendor = LoopbackXai.answering(error.status, "application/json", error.body)) {
            for (Failure failure : List.of(chatFailure(vendor), streamFailure(vendor))) {
                assertThat(failure.kind()).isEqualTo(error.kind);
                assertThat(failure.scope()).isEqualTo(error.scope);
                assertThat(failure.requestId()).contains("request-1");
                assertThat(failure.message())
                        .isNotBlank()
                        .doesNotContain("in***ey", "ab***cd", "<", LoopbackXai.KEY.reveal());
            }
        }
        VendorError parsed = VendorError.of(error.status, error.body.getBytes(StandardCharsets.UTF_8));
        assertThat(table.rowFor(parsed)).map(ErrorRow::name).contains(error.row);
    }

    @Test
    void has_a_case_for_every_row() {
        assertThat(GrokErrors.ROWS)
                .extracting(ErrorRow::name)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Case.values())
                        .map(error -> error.row)
                        .distinct()
                        .toList());
    }

    @Test
    void names_the_field_at_fault() {
        assertThat(Stream.of(
                                Case.UNSUPPORTED_ARGUMENT,
                                Case.UNKNOWN_MODEL,
                                Case.CONTEXT_TOO_LONG,
                                Case.LIVE_SEARCH_GONE,
                                Case.BAD_TOOL_ARGUMENTS)
                        .map(this::failure)
                        .map(failure -> failure.param().orElse("none")))
                .containsExactly("presence_penalty", "model", "messages", "search_parameters", "none");
    }

    @Test
    void tells_who_calls_the_wrong_address_what_to_do() {
        assertThat(failure(Case.NO_ROUTE).message()).contains("XAI_API_BASE_URL");
        assertThat(failure(Case.NOT_THE_API).message()).contains("XAI_API_BASE_URL");
    }

    private Failure failure(Case error) {
        try (LoopbackXai vendor = LoopbackXai.answering(error.status, "application/json", error.body)) {
            return chatFailure(vendor);
        }
    }

    private Failure chatFailure(LoopbackXai vendor) {
        ProviderException e =
                catchThrowableOfType(ProviderException.class, () -> provider.chat(LoopbackXai.QUESTION, vendor.call()));
        return e.failure();
    }

    private Failure streamFailure(LoopbackXai vendor) {
        ProviderException e = catchThrowableOfType(ProviderException.class, () -> {
            try (var stream = provider.stream(LoopbackXai.QUESTION, vendor.call())) {
                stream.next();
            }
        });
        return e.failure();
    }
}
