package dev.hypergateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Failure.Scope;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.trace.KeySource;
import dev.hypergateway.transport.UpstreamHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorTableTest {
    private static final Credential KEY =
            new Credential(KeySource.ENVIRONMENT, null, "test", 0, Secret.of("secret-0123456789-secret"), Map.of());

    private final ErrorTable table = new ErrorTable(
            List.of(
                    ErrorRow.row("special", FailureKind.QUOTA_EXHAUSTED)
                            .on(429)
                            .saying("money", "credit")
                            .against(Scope.ACCOUNT),
                    ErrorRow.row("general", FailureKind.RATE_LIMITED).on(429).in("model"),
                    ErrorRow.row("coded", FailureKind.CONTENT_REJECTED).code("bad-words"),
                    ErrorRow.row("moved", FailureKind.UNAVAILABLE).on(404).explained("check THE_URL")),
            Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "429 | {\"error\":\"No Money left\"}                | QUOTA_EXHAUSTED     | ACCOUNT",
                "429 | {\"error\":\"whatever\"}                     | RATE_LIMITED        | KEY_AND_MODEL",
                "429 |                                              | RATE_LIMITED        | KEY_AND_MODEL",
                "400 | {\"error\":\"No money left\"}                | INVALID_REQUEST     | NOTHING",
                "400 | {\"error\":{\"code\":\"BAD_WORDS\"}}         | CONTENT_REJECTED    | NOTHING",
                "404 | <html>                                       | UNAVAILABLE         | ENDPOINT",
                "200 | {\"error\":{\"message\":\"no credit\"}}      | QUOTA_EXHAUSTED     | ACCOUNT",
                "200 | {\"error\":{\"code\":429,\"message\":\"x\"}} | RATE_LIMITED        | KEY_AND_MODEL",
                "200 | {\"error\":{\"message\":\"x\"}}              | UNAVAILABLE         | ENDPOINT",
                "401 | nothing known                                | CREDENTIAL_REJECTED | KEY",
                "502 | nothing known                                | UNAVAILABLE         | ENDPOINT",
                "302 | nothing known                                | UNAVAILABLE         | ENDPOINT",
            })
    void takes_the_first_row_that_matches_and_else_the_status(int status, String body, FailureKind kind, Scope scope) {
        Failure failure = classify(status, Map.of(), body == null ? "" : body);

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.scope()).isEqualTo(scope);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"error\":{\"message\":\"the reason\",\"type\":\"t\",\"param\":\"p\",\"code\":\"c\"}} | the reason",
                "{\"code\":\"c\",\"error\":\"the reason\"}   | the reason",
                "{\"error\":\"the reason\"}                  | the reason",
                "{\"status\":400,\"message\":\"the reason\"} | the reason",
                "{\"detail\":\"the reason\"}                 | the reason",
                "{\"error\":{\"a\":1}}                       | {\"error\":{\"a\":1}}",
                "the reason                                  | the reason",
                "\"the reason\"                              | \"the reason\"",
                "<html><body>the <b>reason</b></body></html> | HTTP 500 with a page in place of a reason: the reason",
                "                                            | HTTP 500 without a reason",
            })
    void finds_the_reason_in_a_body_of_any_shape(String body, String message) {
        assertThat(classify(500, Map.of(), body == null ? "" : body).message()).isEqualTo(message);
    }

    @Test
    void tells_the_field_the_code_the_request_and_how_long_to_wait() {
        Failure failure = classify(
                400,
                Map.of("X-Request-Id", List.of("r"), "Retry-After", List.of("Mon, 23 Nov 2026 10:00:30 GMT")),
                "{\"error\":{\"message\":\"m\",\"param\":\"stop\",\"code\":\"unsupported_parameter\"}}");

        assertThat(failure.param()).contains("stop");
        assertThat(failure.code()).contains("unsupported_parameter");
        assertThat(failure.requestId()).contains("r");
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(30));
        assertThat(failure.httpStatus()).hasValue(400);
        assertThat(classify(429, Map.of(), "{}").param()).contains("model");
        assertThat(classify(404, Map.of(), "{\"error\":\"gone\"}").message()).isEqualTo("check THE_URL");
        assertThat(classify(200, Map.of(), "{\"error\":\"x\"}").httpStatus()).isEmpty();
    }

    @Test
    void repeats_no_key() {
        for (String body : List.of(
                "{\"error\":\"key secret-0123456789-secret is wrong\",\"code\":\"secret-0123456789-secret\"}",
                "key secret-0123456789-secret is wrong",
                "<p>key secret-0123456789-secret is wrong</p>",
                "{\"error\":{\"unknown\":\"secret-0123456789-secret\"}}",
                "{\"error\":\"Incorrect API key provided: se***et\"}")) {
            Failure failure = classify(400, Map.of(), body);
            assertThat(failure.message() + failure.code()).doesNotContain("0123", "se***et");
        }
    }

    @Test
    void survives_any_body() {
        for (long seed = 0; seed < 2000; seed++) {
            Random random = new Random(seed);
            byte[] body = "{\"error\":{\"code\":429,\"message\":\"é<b>\"},\"x\":[1]}".getBytes(StandardCharsets.UTF_8);
            for (int i = random.nextInt(6); i > 0; i--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            assertThat(table.classify(random.nextInt(600), UpstreamHeaders.of(Map.of()), body, KEY))
                    .as("seed %d", seed)
                    .isNotNull();
        }
    }

    private Failure classify(int status, Map<String, List<String>> headers, String body) {
        return table.classify(status, UpstreamHeaders.of(headers), body.getBytes(StandardCharsets.UTF_8), KEY);
    }
}
