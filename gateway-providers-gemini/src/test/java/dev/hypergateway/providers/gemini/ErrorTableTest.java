package dev.hypergateway.providers.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Failure.Scope;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.trace.KeySource;
import dev.hypergateway.transport.UpstreamHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Cases for each row of the table, in its order, with what Google was seen to send: the files in {@code errors}. */
class ErrorTableTest {
    private static final Instant NOW = Instant.parse("2026-08-19T14:00:00Z");
    private static final Credential KEY = new Credential(
            KeySource.CALLER, null, "mine", 1, Secret.of("AIzaSyFAKEFAKEFAKEFAKEFAKEFAKEFAKEFAKE1"), Map.of());

    private static final List<Case> CASES = List.of(
            of("key not valid or expired", "error-400-api-key-invalid", FailureKind.CREDENTIAL_REJECTED),
            of("key not valid or expired", "400-api-key-expired", FailureKind.CREDENTIAL_REJECTED),
            of("token instead of a key", "401-credentials", FailureKind.CREDENTIAL_REJECTED),
            of("no key", "403-missing-key", FailureKind.CREDENTIAL_REJECTED),
            of("key leaked", "reported-403-leaked-key", FailureKind.CREDENTIAL_REJECTED),
            of("API off in the project", "403-service-disabled", FailureKind.CREDENTIAL_REJECTED),
            of("key restricted", "403-key-restricted", FailureKind.CREDENTIAL_REJECTED),
            of("prepaid credit gone", "reported-429-prepay-depleted", FailureKind.QUOTA_EXHAUSTED)
                    .against(Scope.ACCOUNT),
            of("spending cap reached", "429-spending-cap", FailureKind.QUOTA_EXHAUSTED)
                    .against(Scope.ACCOUNT),
            of("billing off", "403-billing-disabled", FailureKind.QUOTA_EXHAUSTED)
                    .against(Scope.ACCOUNT),
            of("free tier not offered here", "400-no-free-tier-here", FailureKind.QUOTA_EXHAUSTED)
                    .against(Scope.ACCOUNT),
            of("model not in the plan", "429-model-not-in-plan", FailureKind.MODEL_UNAVAILABLE)
                    .in("model"),
            of("model not in the plan, answered with 400", "400-model-not-in-plan", FailureKind.MODEL_UNAVAILABLE)
                    .in("model"),
            of("daily quota of the model", "429-daily-quota-of-model", FailureKind.QUOTA_EXHAUSTED)
                    .against(Scope.KEY_AND_MODEL)
                    .until("2026-08-20T07:00:00Z"),
            of("daily quota", "429-daily-quota", FailureKind.QUOTA_EXHAUSTED)
                    .against(Scope.ACCOUNT)
                    .until("2026-08-20T07:00:00Z"),
            of("rate limit or no capacity", "429-quota-input-tokens", FailureKind.RATE_LIMITED)
                    .after("PT48S"),
            of("rate limit or no capacity", "429-free-tier-per-minute", FailureKind.RATE_LIMITED)
                    .after("PT12S"),
            of("rate limit or no capacity", "429-no-capacity", FailureKind.RATE_LIMITED),
            of("rate limit or no capacity", "429-short", FailureKind.RATE_LIMITED),
            of("rate limit or no capacity", "error-429-interactions", FailureKind.RATE_LIMITED),
            of("region", "400-region", FailureKind.MODEL_UNAVAILABLE),
            of("file of another project", "403-file-of-another-project", FailureKind.INVALID_REQUEST)
                    .in("messages"),
            of("cache of another project", "403-cache-of-another-project", FailureKind.INVALID_REQUEST)
                    .in("cached_content"),
            of("any other refusal", "403-other", FailureKind.CREDENTIAL_REJECTED),
            of("bad path", "error-404-bad-path-html", FailureKind.UNAVAILABLE),
            of("unknown model", "404-unknown-model-2026", FailureKind.MODEL_UNAVAILABLE)
                    .in("model"),
            of("unknown model", "error-404-on-stream-debuginfo", FailureKind.MODEL_UNAVAILABLE)
                    .in("model"),
            of("context too long", "400-context-too-long-2026", FailureKind.CONTEXT_TOO_LONG)
                    .in("messages"),
            of("context too long", "error-400-context-too-long-with-count", FailureKind.CONTEXT_TOO_LONG)
                    .in("messages"),
            of("bad picture", "error-400-image-not-valid", FailureKind.INVALID_REQUEST)
                    .in("messages"),
            of("bad document", "error-400-document-no-pages", FailureKind.INVALID_REQUEST)
                    .in("messages"),
            of("media of a kind that is not taken", "400-unsupported-mime-type", FailureKind.INVALID_REQUEST)
                    .in("messages"),
            of("address that Google cannot read", "400-address-not-readable", FailureKind.INVALID_REQUEST)
                    .in("messages"),
            of("address that Google cannot read", "400-file-uri-not-supported", FailureKind.INVALID_REQUEST)
                    .in("messages"),
            of("file that is not ready", "400-file-not-active", FailureKind.INVALID_REQUEST)
                    .in("messages"),
            of("request too large", "400-request-too-large", FailureKind.INVALID_REQUEST)
                    .in("messages"),
            of("lost signature", "400-missing-thought-signature", FailureKind.INVALID_REQUEST)
                    .in("messages"),
            of("another's signature", "400-corrupted-thought-signature", FailureKind.INVALID_REQUEST)
                    .in("messages"),
            of("turn order", "reported-400-function-turn-order", FailureKind.INVALID_REQUEST)
                    .in("messages"),
            of("turn order", "reported-400-function-response-count", FailureKind.INVALID_REQUEST)
                    .in("messages"),
            of("thinking level", "400-thinking-level", FailureKind.INVALID_REQUEST)
                    .in("reasoning_effort"),
            of("thinking level", "400-thinking-only", FailureKind.INVALID_REQUEST)
                    .in("reasoning_effort"),
            of("functions beside Google's tools", "400-functions-beside-search", FailureKind.INVALID_REQUEST)
                    .in("tools"),
            of("functions beside Google's tools", "400-functions-and-json", FailureKind.INVALID_REQUEST)
                    .in("tools"),
            of("more answers than the model makes", "400-candidates", FailureKind.INVALID_REQUEST)
                    .in("n"),
            of(
                    "unknown field or any other 400",
                    "error-400-unknown-fields-two-violations",
                    FailureKind.INVALID_REQUEST),
            of(
                    "unknown field or any other 400",
                    "error-400-unknown-field-mediaResolution",
                    FailureKind.INVALID_REQUEST),
            of("unknown field or any other 400", "400-generic", FailureKind.INVALID_REQUEST),
            of("overload", "error-503-overloaded", FailureKind.UNAVAILABLE),
            of("overload", "503-high-demand", FailureKind.UNAVAILABLE),
            of("internal", "error-500-internal", FailureKind.UNAVAILABLE),
            of("timeout", "504-deadline", FailureKind.TIMEOUT),
            of("request timeout", "408-empty", FailureKind.UNAVAILABLE),
            of("cancelled by Google", "499-cancelled", FailureKind.UNAVAILABLE),
            of("any other 4xx", "413-page", FailureKind.INVALID_REQUEST),
            of("anything else", "502-page", FailureKind.UNAVAILABLE));

    @TestFactory
    Stream<DynamicTest> each_row_means_what_it_says() {
        return CASES.stream()
                .map(expected -> DynamicTest.dynamicTest(expected.row + ": " + expected.file, () -> {
                    JsonNode answer = read(expected.file);
                    int status = answer.get("status").asInt();
                    byte[] body = body(answer);

                    assertThat(ErrorTable.rowFor(GeminiError.of(status, body)).name())
                            .isEqualTo(expected.row);
                    Failure failure = new GeminiErrorClassifier(Clock.fixed(NOW, ZoneOffset.UTC))
                            .classify(status, UpstreamHeaders.of(Map.of()), body, KEY)
                            .failure();
                    assertThat(failure.kind()).isEqualTo(expected.kind);
                    assertThat(failure.httpStatus()).hasValue(status);
                    assertThat(failure.scope())
                            .isEqualTo(
                                    expected.scope == null
                                            ? Failure.of(expected.kind, "x").scope()
                                            : expected.scope);
                    assertThat(failure.param().orElse(null)).isEqualTo(expected.param);
                    assertThat(failure.retryAfter().map(Object::toString).orElse(null))
                            .isEqualTo(expected.after);
                    assertThat(failure.resetAt().map(Object::toString).orElse(null))
                            .isEqualTo(expected.until);
                    assertThat(failure.message()).isNotBlank();
                }));
    }

    @Test
    void no_row_is_without_a_case_and_the_cases_stand_in_the_order_of_the_rows() {
        assertThat(CASES.stream().map(Case::row).distinct())
                .containsExactlyElementsOf(
                        ErrorTable.ROWS.stream().map(ErrorRule::name).toList());
    }

    @Test
    void no_answer_is_without_a_case_or_a_source() throws Exception {
        Path folder = Path.of(Objects.requireNonNull(ErrorTableTest.class.getResource("/errors"))
                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
                    .containsExactlyInAnyOrderElementsOf(
                            CASES.stream().map(Case::file).toList());
        }
        assertThat(CASES)
                .allSatisfy(one ->
                        assertThat(read(one.file).path("source").asText()).isNotBlank());
    }

    private static JsonNode read(String file) {
        try (InputStream json = ErrorTableTest.class.getResourceAsStream("/errors/" + file + ".json")) {
            return GeminiJson.parse(Objects.requireNonNull(json, file).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] body(JsonNode answer) {
        JsonNode body = answer.get("body");
        return (body.isTextual() ? body.asText() : body.toPrettyString()).getBytes(StandardCharsets.UTF_8);
    }

    private static Case of(String row, String file, FailureKind kind) {
        return new Case(row, file, kind, null, null, null, null);
    }

    /** An error body in Google's form. */
    static String body(int status, String code, String message, String details) {
        return "{\"error\":{\"code\":" + status + ",\"message\":\"" + message + "\",\"status\":\"" + code
                + "\",\"details\":" + details + "}}";
    }

    private record Case(
            String row,
            String file,
            FailureKind kind,
            @Nullable Scope scope,
            @Nullable String param,
            @Nullable String after,
            @Nullable String until) {
        Case against(Scope value) {
            return new Case(row, file, kind, value, param, after, until);
        }

        Case in(String value) {
            return new Case(row, file, kind, scope, value, after, until);
        }

        Case after(String value) {
            return new Case(row, file, kind, scope, param, value, until);
        }

        Case until(String value) {
            return new Case(row, file, kind, scope, param, after, value);
        }
    }
}
