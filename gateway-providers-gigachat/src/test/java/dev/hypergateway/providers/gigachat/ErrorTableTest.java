package dev.hypergateway.providers.gigachat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.trace.KeySource;
import dev.hypergateway.transport.UpstreamHeaders;
import dev.hypergateway.transport.UpstreamResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorTableTest {
    private static final String KEY = "canary-key-0123456789";
    private static final Credential CREDENTIAL =
            new Credential(KeySource.CALLER, null, "canary", 1, Secret.of(KEY), Map.of());
    private static final UpstreamHeaders NO_HEADERS = UpstreamHeaders.of(Map.of());
    private static final String HTML = "<html><head><title>502</title></head><body>SynGX</body></html>";

    private final GigaChatErrors errors = new GigaChatErrors(Clock.systemUTC());

    @ParameterizedTest(name = "{0}")
    @MethodSource("rowsOfTheApi")
    void classifies_an_error_of_the_API(
            String row, int status, String message, FailureKind kind, Failure.Scope scope, String param) {
        String body = message.startsWith("<") || message.isEmpty()
                ? message
                : GigaChatJson.text(GigaChatJson.object().put("status", status).put("message", message)) + "\n";

        assertThat(ErrorTable.rowFor(GigaChatError.of(status, bytes(body)), ErrorTable.API)
                        .name())
                .isEqualTo(row);
        Failure failure =
                errors.ofApi(status, NO_HEADERS, bytes(body), CREDENTIAL).failure();
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.scope()).isEqualTo(scope);
        assertThat(failure.param().orElse(null)).isEqualTo(param);
        assertThat(failure.httpStatus()).hasValue(status);
    }

    static Stream<Arguments> rowsOfTheApi() {
        FailureKind invalid = FailureKind.INVALID_REQUEST;
        FailureKind down = FailureKind.UNAVAILABLE;
        Failure.Scope nothing = Failure.Scope.NOTHING;
        Failure.Scope endpoint = Failure.Scope.ENDPOINT;
        Failure.Scope key = Failure.Scope.KEY;
        Failure.Scope keyAndModel = Failure.Scope.KEY_AND_MODEL;
        return Stream.of(
                row("token expired", 401, "Token has expired", FailureKind.TOKEN_EXPIRED, key, null),
                row("token refused", 401, "Unauthorized", FailureKind.TOKEN_EXPIRED, key, null),
                row("package used up", 402, "Payment Required", FailureKind.QUOTA_EXHAUSTED, keyAndModel, null),
                row("no permission", 403, "Permission denied", FailureKind.CREDENTIAL_REJECTED, key, null),
                row("stopped on the way", 403, HTML, down, endpoint, null),
                row("too many requests at a time", 429, "Too Many Requests", FailureKind.RATE_LIMITED, key, null),
                row("unknown model", 404, "No such model", FailureKind.MODEL_UNAVAILABLE, keyAndModel, "model"),
                row("unknown tool", 404, "Unknown tool url_extraction", invalid, nothing, "tools"),
                row("unknown file", 404, "No such file", invalid, nothing, "messages"),
                row("bad path", 404, HTML, down, endpoint, null),
                row("any other 404", 404, "Not Found", FailureKind.MODEL_UNAVAILABLE, keyAndModel, "model"),
                row("broken request", 400, "Your request contains invalid JSON syntax.", invalid, nothing, null),
                row("too large", 413, "Payload too large", invalid, nothing, "messages"),
                row(
                        "no functions with this model",
                        422,
                        "Requested model does not support functions",
                        invalid,
                        nothing,
                        "tools"),
                row(
                        "name of a function",
                        422,
                        "Invalid params: Invalid function names. Only Latin letters (A-Z or a-z), underscore (_), hyphen"
                                + " (-), dot (.) and digits (not leading) are allowed.: [Плохое_Имя]",
                        invalid,
                        nothing,
                        "tools"),
                row(
                        "schema of a function",
                        422,
                        "Field 'properties.data.properties' is missing",
                        invalid,
                        nothing,
                        "tools"),
                row("tool not available", 422, "Tool code_interpreter is unavailable", invalid, nothing, "tools"),
                row(
                        "system message not first",
                        422,
                        "Invalid params: system message must be the first message",
                        invalid,
                        nothing,
                        "messages"),
                row(
                        "call without result",
                        422,
                        "Invalid params: every assistant function call must have a result in history",
                        invalid,
                        nothing,
                        "messages"),
                row(
                        "result without call",
                        422,
                        "Invalid params: every assistant function result must have an assistant function call in history",
                        invalid,
                        nothing,
                        "messages"),
                row(
                        "result that is no JSON",
                        422,
                        "invalid function result for function X json string abc",
                        invalid,
                        nothing,
                        "messages"),
                row(
                        "repetition penalty",
                        422,
                        "Invalid params: repetition_penalty must be in range (0, +inf)",
                        invalid,
                        nothing,
                        "repetition_penalty"),
                row("any other 422", 422, "Unprocessable Entity", invalid, nothing, null),
                row("internal", 500, "Internal Server Error", down, endpoint, null),
                row("gateway", 502, HTML, down, endpoint, null),
                row("overload", 503, "", down, endpoint, null),
                row("timeout", 504, "", down, endpoint, null),
                row("request timeout", 408, "", down, endpoint, null),
                row("any other 4xx", 418, "", invalid, nothing, null),
                row("anything else", 302, "", down, endpoint, null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rowsOfTheTokenEndpoint")
    void classifies_an_error_of_the_token_endpoint(
            String row, int status, String body, FailureKind kind, Failure.Scope scope) {
        assertThat(ErrorTable.rowFor(GigaChatError.of(status, bytes(body)), ErrorTable.TOKEN)
                        .name())
                .isEqualTo(row);
        Failure failure = errors.ofTokenExchange(new UpstreamResponse(status, NO_HEADERS, bytes(body)), CREDENTIAL)
                .failure();
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.scope()).isEqualTo(scope);
    }

    static Stream<Arguments> rowsOfTheTokenEndpoint() {
        FailureKind rejected = FailureKind.CREDENTIAL_REJECTED;
        FailureKind down = FailureKind.UNAVAILABLE;
        Failure.Scope key = Failure.Scope.KEY;
        Failure.Scope endpoint = Failure.Scope.ENDPOINT;
        return Stream.of(
                Arguments.of("key not readable", 401, token(4, "Can't decode 'Authorization' header"), rejected, key),
                Arguments.of("key unknown", 401, token(6, "credentials doesn't match db data"), rejected, key),
                Arguments.of(
                        "scope not in the key",
                        400,
                        token(7, "scope from db not fully includes consumed scope"),
                        rejected,
                        key),
                Arguments.of(
                        "scope not in the key",
                        401,
                        token(7, "scope from db not fully includes consumed scope"),
                        rejected,
                        key),
                Arguments.of("scope not known", 400, token(1, "scope data format invalid"), rejected, key),
                Arguments.of("scope empty", 400, token(5, "scope is empty"), rejected, key),
                Arguments.of("key refused", 401, "", rejected, key),
                Arguments.of("package used up", 402, "", FailureKind.QUOTA_EXHAUSTED, key),
                Arguments.of("no permission", 403, token(9, "no"), rejected, key),
                Arguments.of("key not taken", 400, token(9, "no"), rejected, key),
                Arguments.of("bad path", 404, HTML, down, endpoint),
                Arguments.of("too many token requests", 429, "", FailureKind.RATE_LIMITED, key),
                Arguments.of("anything else", 403, HTML, down, endpoint),
                Arguments.of("anything else", 400, HTML, down, endpoint),
                Arguments.of("anything else", 500, "", down, endpoint),
                Arguments.of("anything else", 502, HTML, down, endpoint));
    }

    @Test
    void every_row_has_a_test() {
        assertThat(rowNames(ErrorTable.API))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(names(rowsOfTheApi()));
        assertThat(rowNames(ErrorTable.TOKEN))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(names(rowsOfTheTokenEndpoint()));
    }

    @Test
    void says_what_to_do_where_the_vendor_does_not() {
        assertThat(errors.ofApi(404, NO_HEADERS, bytes(HTML), CREDENTIAL)
                        .failure()
                        .message())
                .contains("GIGACHAT_CHAT_URL");
        assertThat(errors.ofTokenExchange(new UpstreamResponse(400, NO_HEADERS, bytes(token(7, "scope"))), CREDENTIAL)
                        .failure()
                        .message())
                .contains("GIGACHAT_SCOPE");
    }

    @Test
    void stays_away_for_a_moment_or_as_long_as_the_vendor_says() {
        UpstreamHeaders headers =
                UpstreamHeaders.of(Map.of("Retry-After", List.of("7"), "X-Request-Id", List.of("id-1")));

        assertThat(errors.ofApi(429, NO_HEADERS, bytes(""), CREDENTIAL)
                        .failure()
                        .retryAfter())
                .contains(Duration.ofSeconds(2));
        Failure failure = errors.ofApi(429, headers, bytes(""), CREDENTIAL).failure();
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(failure.requestId()).contains("id-1");
    }

    @Test
    void does_not_repeat_the_key() {
        assertThat(errors.ofTokenExchange(
                                new UpstreamResponse(401, NO_HEADERS, bytes(token(6, "bad key " + KEY))), CREDENTIAL)
                        .failure()
                        .message())
                .doesNotContain(KEY);
    }

    private static Set<String> names(Stream<Arguments> rows) {
        Set<String> names = new HashSet<>();
        rows.forEach(row -> names.add((String) row.get()[0]));
        return names;
    }

    private static List<String> rowNames(List<ErrorRule> rules) {
        return rules.stream().map(ErrorRule::name).toList();
    }

    private static Arguments row(
            String name, int status, String message, FailureKind kind, Failure.Scope scope, String param) {
        return Arguments.of(name, status, message, kind, scope, param);
    }

    private static String token(int code, String message) {
        return GigaChatJson.text(GigaChatJson.object().put("code", code).put("message", message));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
