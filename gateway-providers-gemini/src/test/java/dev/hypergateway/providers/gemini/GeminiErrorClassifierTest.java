package dev.hypergateway.providers.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.trace.KeySource;
import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.UpstreamHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GeminiErrorClassifierTest {
    private static final Credential KEY = new Credential(
            KeySource.CALLER, null, "mine", 1, Secret.of("AIzaSyFAKEFAKEFAKEFAKEFAKEFAKEFAKEFAKE1"), Map.of());
    private static final UpstreamHeaders NO_HEADERS = UpstreamHeaders.of(Map.of());

    private final GeminiErrorClassifier classifier =
            new GeminiErrorClassifier(Clock.fixed(Instant.parse("2026-08-19T14:00:00Z"), ZoneOffset.UTC));

    @Test
    void takes_over_status_code_and_message() {
        Failure failure = classify(503, ErrorTableTest.body(503, "UNAVAILABLE", "The model is overloaded.", "[]"));

        assertThat(failure.httpStatus()).hasValue(503);
        assertThat(failure.code()).contains("UNAVAILABLE");
        assertThat(failure.message()).isEqualTo("The model is overloaded.");
        assertThat(failure.requestId()).isEmpty();
    }

    @Test
    void waits_as_long_as_the_retry_information_says() {
        assertThat(classify(429, quota("GenerateRequestsPerMinute", "34.4s")).retryAfter())
                .contains(Duration.ofMillis(34_400));
    }

    @Test
    void waits_as_long_as_the_message_says_where_there_is_no_retry_information() {
        String body = ErrorTableTest.body(429, "RESOURCE_EXHAUSTED", "Please retry in 48.939935699s.", "[]");

        assertThat(classify(429, body).retryAfter()).contains(Duration.ofMillis(48_940));
    }

    @Test
    void waits_as_long_as_a_header_says_where_the_body_says_nothing() {
        String body = ErrorTableTest.body(429, "RESOURCE_EXHAUSTED", "Resource exhausted.", "[]");
        UpstreamHeaders headers = UpstreamHeaders.of(Map.of("Retry-After", List.of("7")));

        Failure failure = classifier
                .classify(429, headers, body.getBytes(StandardCharsets.UTF_8), KEY)
                .failure();

        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
    }

    @Test
    void knows_when_a_daily_quota_starts_anew_and_ignores_the_short_delay_beside_it() {
        Failure failure = classify(429, quota("GenerateRequestsPerDayPerProjectPerModel-FreeTier", "12s"));

        assertThat(failure.kind()).isEqualTo(FailureKind.QUOTA_EXHAUSTED);
        assertThat(failure.resetAt()).contains(Instant.parse("2026-08-20T07:00:00Z"));
        assertThat(failure.retryAfter()).isEmpty();
    }

    @Test
    void reads_an_error_inside_an_array() {
        String body = "[" + ErrorTableTest.body(400, "INVALID_ARGUMENT", "API key not valid.", "[]") + "]";

        assertThat(classify(400, body).kind()).isEqualTo(FailureKind.CREDENTIAL_REJECTED);
    }

    @Test
    void reads_the_error_of_the_newer_interactions_shape() {
        Failure failure = classify(
                429, "{\"error\":{\"message\":\"Resource has been exhausted.\",\"code\":\"too_many_requests\"}}");

        assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
        assertThat(failure.message()).isEqualTo("Resource has been exhausted.");
    }

    @Test
    void shows_the_text_of_a_page_of_HTML() {
        Failure failure = classify(502, "<html><head><style>p{}</style></head><p>Bad <b>gateway</b></p></html>");

        assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(failure.message()).isEqualTo("Bad gateway");
    }

    @Test
    void says_something_where_the_body_says_nothing() {
        assertThat(classify(500, "").message()).isEqualTo("HTTP 500 without a reason");
        assertThat(classify(500, "[]").kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(classify(500, "{\"error\":\"odd\"}").message()).isEqualTo("{\"error\":\"odd\"}");
    }

    @Test
    void names_the_setting_when_the_address_is_wrong() {
        Failure failure = classify(404, "");

        assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(failure.message()).contains("GEMINI_API_BASE_URL");
    }

    @Test
    void keeps_the_key_out_of_the_message() {
        String secret = KEY.secret().reveal();
        Failure failure =
                classify(400, ErrorTableTest.body(400, "INVALID_ARGUMENT", "API key not valid: " + secret, "[]"));

        assertThat(failure.message()).contains("API key not valid").doesNotContain(secret.substring(0, 8));
    }

    @Test
    void calls_an_outage_after_content_an_interruption() {
        AttemptControl control = AttemptControl.withDefaults();
        var error = Json.of("{'code': 503, 'message': 'The model is overloaded.', 'status': 'UNAVAILABLE'}");

        assertThat(classifier.inBand(error, KEY, control).failure().kind()).isEqualTo(FailureKind.UNAVAILABLE);
        control.markContent();
        assertThat(classifier.inBand(error, KEY, control).failure().kind()).isEqualTo(FailureKind.INTERRUPTED);
    }

    private Failure classify(int status, String body) {
        return classifier
                .classify(status, NO_HEADERS, body.getBytes(StandardCharsets.UTF_8), KEY)
                .failure();
    }

    private static String quota(String id, String delay) {
        return ErrorTableTest.body(
                429,
                "RESOURCE_EXHAUSTED",
                "You exceeded your current quota.",
                "[{\"@type\":\"type.googleapis.com/google.rpc.QuotaFailure\",\"violations\":[{\"quotaId\":\"" + id
                        + "\"}]},{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"" + delay
                        + "\"}]");
    }
}
