package dev.hypergateway.providers.sonar;

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

class SonarErrorsTest {
    private static final String PAGE =
            "<!DOCTYPE html><html><head><style>b{}</style></head><body>openresty</body></html>";

    private final ErrorTable table = new SonarErrors(Clock.systemUTC()).table();
    private final SonarProvider provider = new SonarProvider();

    /** An error as Perplexity words it, the row that it belongs to and what it means. */
    enum Case {
        WRONG_KEY_OR_NO_CREDITS(
                401,
                error(
                        "Invalid API key or insufficient credits. Please verify your API key at"
                                + " https://www.perplexity.ai/settings/api.",
                        "invalid_api_key",
                        401),
                "wrong key or no credits",
                FailureKind.CREDENTIAL_REJECTED,
                Scope.KEY),
        NO_CREDITS(
                402,
                error("Insufficient credits.", "insufficient_credits", 402),
                "no credits",
                FailureKind.QUOTA_EXHAUSTED,
                Scope.ACCOUNT),
        PAYMENT_REQUIRED(402, "", "payment required", FailureKind.QUOTA_EXHAUSTED, Scope.ACCOUNT),
        WRONG_KEY(
                401,
                error("Invalid API key provided. Ensure your API key is correct and active.", "invalid_api_key", 401),
                "wrong key",
                FailureKind.CREDENTIAL_REJECTED,
                Scope.KEY),
        WRONG_KEY_IN_A_200(
                200,
                error("Invalid API key provided.", "invalid_api_key", 401),
                "wrong key",
                FailureKind.CREDENTIAL_REJECTED,
                Scope.KEY),
        WRONG_KEY_AS_A_PAGE(401, PAGE, "wrong key, answered with a page", FailureKind.CREDENTIAL_REJECTED, Scope.KEY),
        NO_KEY(401, "", "no key", FailureKind.CREDENTIAL_REJECTED, Scope.KEY),
        TURNED_AWAY(403, PAGE, "turned away on the way", FailureKind.UNAVAILABLE, Scope.ENDPOINT),
        NO_PERMISSION(403, error("no", "forbidden", 403), "no permission", FailureKind.CREDENTIAL_REJECTED, Scope.KEY),
        RATE_LIMIT(
                429,
                error("Request rate limit exceeded, please try again later.", "request_rate_limit_exceeded", 429),
                "rate limit",
                FailureKind.RATE_LIMITED,
                Scope.KEY_AND_MODEL),
        RATE_LIMIT_AS_A_PAGE(429, PAGE, "rate limit", FailureKind.RATE_LIMITED, Scope.KEY_AND_MODEL),
        UNKNOWN_MODEL(
                400,
                error(
                        "Invalid model 'X'. Permitted models can be found in the documentation at"
                                + " https://docs.perplexity.ai/docs/getting-started/models.",
                        "invalid_model",
                        400),
                "unknown model",
                FailureKind.MODEL_UNAVAILABLE,
                Scope.KEY_AND_MODEL),
        NO_SUCH_ADDRESS(404, "", "no such address", FailureKind.UNAVAILABLE, Scope.ENDPOINT),
        CONTEXT_TOO_LONG(
                400,
                error("The total length of all messages is too long.", "too_many_prompt_tokens", 400),
                "context too long",
                FailureKind.CONTEXT_TOO_LONG,
                Scope.NOTHING),
        TOO_MANY_INPUT_TOKENS(
                400,
                error("User input tokens exceeds 200000 tokens.", "too_many_prompt_tokens", 400),
                "context too long",
                FailureKind.CONTEXT_TOO_LONG,
                Scope.NOTHING),
        ORDER_OF_ROLES(
                400,
                error(
                        "After the (optional) system message(s), user or tool message(s) should alternate with assistant"
                                + " message(s).",
                        "invalid_message",
                        400),
                "order of the roles",
                FailureKind.INVALID_REQUEST,
                Scope.NOTHING),
        BAD_ARGUMENT(
                400,
                error("temperature must be less than 2", "bad_request", 400),
                "bad argument",
                FailureKind.INVALID_REQUEST,
                Scope.NOTHING),
        BAD_ARGUMENT_LOCATED(
                422,
                "{\"detail\":[{\"loc\":[\"body\",\"top_p\"],\"msg\":\"value is not a valid float\",\"type\":\"float\"}]}",
                "bad argument",
                FailureKind.INVALID_REQUEST,
                Scope.NOTHING),
        BODY_TOO_LARGE(413, PAGE, "body that cannot be read", FailureKind.INVALID_REQUEST, Scope.NOTHING),
        GATEWAY_TIMEOUT(524, PAGE, "took too long", FailureKind.TIMEOUT, Scope.ENDPOINT),
        DOWN(502, PAGE, "overloaded or down", FailureKind.UNAVAILABLE, Scope.ENDPOINT),
        DOWN_IN_A_200(
                200,
                error("down", "service_unavailable", 503),
                "overloaded or down",
                FailureKind.UNAVAILABLE,
                Scope.ENDPOINT),
        TYPE_KEY(200, untimed("invalid_api_key"), "wrong key", FailureKind.CREDENTIAL_REJECTED, Scope.KEY),
        TYPE_RATE(
                200,
                untimed("request_rate_limit_exceeded"),
                "type: rate limit",
                FailureKind.RATE_LIMITED,
                Scope.KEY_AND_MODEL),
        TYPE_BAD(200, untimed("bad_request"), "type: bad argument", FailureKind.INVALID_REQUEST, Scope.NOTHING);

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

        private static String error(String message, String type, int code) {
            return "{\"error\":{\"message\":\"" + message + "\",\"type\":\"" + type + "\",\"code\":" + code + "}}\n";
        }

        private static String untimed(String type) {
            return "{\"error\":{\"message\":\"no\",\"type\":\"" + type + "\"}}";
        }
    }

    @ParameterizedTest
    @EnumSource
    void says_what_an_error_means(Case error) {
        try (LoopbackPerplexity vendor = LoopbackPerplexity.answering(error.status, "application/json", error.body)) {
            for (Failure failure : List.of(chatFailure(vendor), streamFailure(vendor))) {
                assertThat(failure.kind()).isEqualTo(error.kind);
                assertThat(failure.scope()).isEqualTo(error.scope);
                assertThat(failure.requestId()).contains("request-1");
                assertThat(failure.message()).isNotBlank().doesNotContain("<", LoopbackPerplexity.KEY.reveal());
            }
        }
        VendorError parsed = VendorError.of(error.status, error.body.getBytes(StandardCharsets.UTF_8));
        assertThat(table.rowFor(parsed)).map(ErrorRow::name).contains(error.row);
    }

    @Test
    void has_a_case_for_every_row() {
        assertThat(SonarErrors.ROWS)
                .extracting(ErrorRow::name)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Case.values())
                        .map(error -> error.row)
                        .distinct()
                        .toList());
    }

    @Test
    void names_the_field_at_fault() {
        assertThat(Stream.of(
                                Case.UNKNOWN_MODEL,
                                Case.CONTEXT_TOO_LONG,
                                Case.ORDER_OF_ROLES,
                                Case.BAD_ARGUMENT_LOCATED,
                                Case.BAD_ARGUMENT)
                        .map(this::failure)
                        .map(failure -> failure.param().orElse("none")))
                .containsExactly("model", "messages", "messages", "top_p", "none");
    }

    @Test
    void gives_the_type_as_the_code() {
        assertThat(failure(Case.UNKNOWN_MODEL).code()).contains("invalid_model");
        assertThat(failure(Case.RATE_LIMIT).code()).contains("request_rate_limit_exceeded");
        assertThat(failure(Case.NO_KEY).code()).isEmpty();
    }

    @Test
    void says_what_to_do_where_perplexity_does_not() {
        assertThat(failure(Case.NO_SUCH_ADDRESS).message()).contains("PERPLEXITY_API_BASE_URL");
        assertThat(failure(Case.WRONG_KEY_AS_A_PAGE).message()).contains("check that the key is active");
    }

    private Failure failure(Case error) {
        try (LoopbackPerplexity vendor = LoopbackPerplexity.answering(error.status, "application/json", error.body)) {
            return chatFailure(vendor);
        }
    }

    private Failure chatFailure(LoopbackPerplexity vendor) {
        ProviderException e = catchThrowableOfType(
                ProviderException.class, () -> provider.chat(LoopbackPerplexity.QUESTION, vendor.call()));
        return e.failure();
    }

    private Failure streamFailure(LoopbackPerplexity vendor) {
        ProviderException e = catchThrowableOfType(ProviderException.class, () -> {
            try (var stream = provider.stream(LoopbackPerplexity.QUESTION, vendor.call())) {
                stream.next();
            }
        });
        return e.failure();
    }
}
