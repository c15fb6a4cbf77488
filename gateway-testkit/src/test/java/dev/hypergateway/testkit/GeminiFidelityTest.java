package dev.hypergateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sandbox against recorded exchanges with Gemini: when they disagree, the sandbox is wrong. */
class GeminiFidelityTest {
    private final VendorSandbox sandbox = VendorSandbox.start();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void a_whole_answer_has_the_recorded_shape_and_headers() throws Exception {
        sandbox.gemini().answerer(request -> SandboxAnswer.text("2 + 2 = **4**").withReasoning("Simple enough."));
        HttpResponse<String> answer = replay("gemini/generate-basic");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Shape.of(answer.body()))
                .isEqualTo(Shape.of(Recorded.response("gemini/generate-basic")
                        .path("body_text")
                        .asText()));
        assertThat(headerNames(answer)).isEqualTo(Recorded.headerNames("gemini/generate-basic"));
        assertThat(answer.headers().allValues("vary")).containsExactly("Origin", "Referer", "X-Origin");
        assertSameFixedHeaders(answer, "gemini/generate-basic", "Content-Type", "Server", "X-Frame-Options");
    }

    @Test
    void a_whole_answer_is_printed_like_the_recorded_one() throws Exception {
        JsonNode recorded = Recorded.response("gemini/generate-basic");

        assertThat(Json.pretty(Shape.parse(recorded.path("body_text").asText())))
                .isEqualTo(recorded.path("body_text").asText());
    }

    @Test
    void an_event_has_the_recorded_shape_headers_and_line_ends() throws Exception {
        sandbox.gemini()
                .answerer(request -> SandboxAnswer.chunks(List.of("1, 2, 3")).withReasoning("Counting is easy."));
        HttpResponse<String> answer = replay("gemini/stream-sse-basic");
        String recorded =
                Recorded.response("gemini/stream-sse-basic").path("sse").asText();

        assertThat(answer.body())
                .startsWith("data: {\"candidates\": [{\"content\": ")
                .endsWith("}\r\n\r\n");
        assertThat(answer.body().replace("\r\n", "")).doesNotContain("\n").doesNotContain("\r");
        assertThat(Shape.of(Sse.data(answer.body()).get(0)))
                .isEqualTo(Shape.of(Sse.data(recorded).get(0)));
        assertThat(headerNames(answer)).isEqualTo(Recorded.headerNames("gemini/stream-sse-basic"));
        assertSameFixedHeaders(answer, "gemini/stream-sse-basic", "Content-Type", "Content-Disposition");
    }

    @Test
    void an_event_is_printed_like_the_recorded_one() {
        String recorded =
                Recorded.response("gemini/stream-sse-basic").path("sse").asText();

        assertThat("data: " + Json.spaced(Shape.parse(Sse.data(recorded).get(0))) + "\r\n\r\n")
                .isEqualTo(recorded);
    }

    @Test
    void thoughts_come_first_and_gemini_3_signs_the_end() throws Exception {
        sandbox.gemini().answerer(request -> SandboxAnswer.text("Ask it.").withReasoning("Pondering Mirrors"));
        List<JsonNode> events = Sse.json(
                replay("gemini/thinking-stream-includeThoughts-3-flash").body());
        List<String> recorded = Recorded.data("gemini/thinking-stream-includeThoughts-3-flash");

        assertThat(Shape.of(events.get(0))).isEqualTo(Shape.of(recorded.get(0)));
        assertThat(Shape.of(events.get(2))).isEqualTo(Shape.of(recorded.get(3)));
        assertThat(Shape.of(events.get(events.size() - 1))).isEqualTo(Shape.of(recorded.get(recorded.size() - 1)));
    }

    @Test
    void a_function_call_has_the_recorded_shape_whole_and_streamed() throws Exception {
        sandbox.gemini()
                .answerer(request -> SandboxAnswer.chunks(List.of())
                        .withReasoning("The user wants weather.")
                        .withToolCall("weather", "{\"latitude\":\"52.5200\",\"longitude\":\"13.4050\"}"));

        assertThat(Shape.of(replay("gemini/tools-call").body()))
                .isEqualTo(Shape.of(
                        Recorded.response("gemini/tools-call").path("body_text").asText()));
        assertThat(Shape.of(Sse.data(replay("gemini/tools-stream-call").body()).get(0)))
                .isEqualTo(Shape.of(Recorded.data("gemini/tools-stream-call").get(0)));
    }

    @Test
    void without_alt_sse_a_stream_is_one_json_array() throws Exception {
        sandbox.gemini().answerer(request -> SandboxAnswer.text("Scoop").withReasoning("Considering"));
        HttpResponse<String> answer = replay("gemini/stream-jsonarray-no-alt-sse");
        JsonNode recorded =
                Recorded.response("gemini/stream-jsonarray-no-alt-sse").path("body");

        assertThat(Shape.of(answer.body())).isEqualTo(Shape.of(recorded));
        assertThat(headerNames(answer)).isEqualTo(Recorded.headerNames("gemini/stream-jsonarray-no-alt-sse"));
        assertThat(Shape.parse(answer.body()).path(0).path("modelVersion").asText())
                .isEqualTo("gemini-3.6-flash");
    }

    @Test
    void a_blocked_answer_has_the_fields_of_the_recorded_one() throws Exception {
        sandbox.gemini().answerer(request -> SandboxAnswer.text("").withFinish(SandboxAnswer.Finish.SAFETY));
        JsonNode recorded = Recorded.response("gemini/finish-safety").path("body");

        assertThat(Shape.of(without(replay("gemini/finish-safety").body(), "serviceTier")))
                .containsExactlyInAnyOrderElementsOf(Shape.of(recorded));
    }

    @Test
    void a_model_list_has_the_recorded_shape_and_pages() throws Exception {
        HttpResponse<String> page =
                Client.get(URI.create(sandbox.gemini().baseUri() + "/models?pageSize=3"), "x-goog-api-key", "k");

        assertThat(Shape.of(page.body()))
                .isEqualTo(Shape.of(Recorded.response("gemini/models-list-2026").path("body")));
        assertThat(headerNames(page)).isEqualTo(Recorded.headerNames("gemini/models-list-2026"));
    }

    @Test
    void counted_tokens_have_the_recorded_shape() throws Exception {
        assertThat(replay("gemini/count-tokens").statusCode()).isEqualTo(200);
        assertThat(Shape.of(replay("gemini/count-tokens").body()))
                .isEqualTo(Shape.of(Recorded.response("gemini/count-tokens")
                        .path("body_text")
                        .asText()));
    }

    @Test
    void an_invalid_key_is_told_in_the_recorded_bytes() throws Exception {
        sandbox.gemini().acceptOnly();
        HttpResponse<String> error = replay("gemini/error-400-api-key-invalid");

        assertThat(error.statusCode()).isEqualTo(400);
        assertThat(error.body()).isEqualTo(recordedText("gemini/error-400-api-key-invalid"));
        assertThat(headerNames(error)).isEqualTo(Recorded.headerNames("gemini/error-400-api-key-invalid"));
    }

    @Test
    void an_error_to_a_streamed_request_is_plain_json_under_the_streams_content_type() throws Exception {
        sandbox.gemini().acceptOnly();
        HttpResponse<String> error = replay("gemini/error-400-api-key-invalid-on-stream");

        assertThat(error.statusCode()).isEqualTo(400);
        assertThat(error.body()).isEqualTo(recordedText("gemini/error-400-api-key-invalid-on-stream"));
        assertThat(headerNames(error)).isEqualTo(Recorded.headerNames("gemini/error-400-api-key-invalid-on-stream"));
        assertSameFixedHeaders(error, "gemini/error-400-api-key-invalid-on-stream", "Content-Type", "Content-Length");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gemini/error-400-unknown-fields-two-violations",
                "gemini/error-400-unknown-field-mediaResolution"
            })
    void unknown_fields_are_refused_like_recorded(String name) throws Exception {
        HttpResponse<String> error = replay(name);

        assertThat(error.statusCode()).isEqualTo(400);
        assertThat(Shape.parse(error.body())).isEqualTo(Recorded.response(name).path("body"));
    }

    @TestFactory
    Stream<DynamicTest> scripted_errors_are_the_recorded_ones() {
        return Map.of(
                        "gemini/error-400-context-too-long-with-count", Reply.contextTooLong(),
                        "gemini/error-500-internal", Reply.serverError(),
                        "gemini/error-503-overloaded", Reply.overloaded(),
                        "gemini/reported-403-leaked-key", Reply.leakedKey(),
                        "gemini/reported-429-prepay-depleted", Reply.outOfCredit(),
                        "gemini/error-400-image-not-valid", Reply.badRequest("Provided image is not valid."))
                .entrySet()
                .stream()
                .map(row -> DynamicTest.dynamicTest(row.getKey(), () -> {
                    sandbox.gemini().script("key", row.getValue());
                    HttpResponse<String> error =
                            Client.gemini(sandbox, "key", Bodies.GEMINI_WHOLE, Bodies.gemini("Hello"));

                    JsonNode recorded = Recorded.response(row.getKey());
                    assertThat(error.statusCode())
                            .isEqualTo(recorded.path("status").asInt());
                    assertThat(Shape.parse(error.body())).isEqualTo(recorded.path("body"));
                    assertThat(error.headers().firstValue("retry-after")).isEmpty();
                }));
    }

    @Test
    void a_path_that_does_not_exist_gets_the_recorded_empty_page() throws Exception {
        HttpResponse<String> error = replay("gemini/error-404-bad-path-html");

        assertThat(error.statusCode()).isEqualTo(404);
        assertThat(error.body()).isEmpty();
        assertSameFixedHeaders(error, "gemini/error-404-bad-path-html", "Content-Type", "Content-Length");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemini/reported-400-function-response-count", "gemini/reported-400-function-turn-order"})
    void misplaced_function_turns_get_the_reported_text(String name) throws Exception {
        String call = "{\"role\":\"model\",\"parts\":[{\"functionCall\":{\"name\":\"f\",\"args\":{}}}]}";
        String user = "{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}";
        String result = "{\"functionResponse\":{\"name\":\"f\",\"response\":{}}}";
        String contents = name.contains("count")
                ? user + "," + call + ",{\"role\":\"user\",\"parts\":[" + result + "," + result + "]}"
                : call + "," + user;
        HttpResponse<String> error =
                Client.gemini(sandbox, "k", Bodies.GEMINI_WHOLE, "{\"contents\":[" + contents + "]}");

        assertThat(Shape.parse(error.body())).isEqualTo(Recorded.response(name).path("body"));
    }

    @TestFactory
    Stream<DynamicTest> every_recorded_request_that_was_answered_is_answered() {
        return Recorded.names("gemini").stream()
                .filter(name -> Recorded.read(name)
                        .path("request")
                        .path("url")
                        .asText()
                        .matches("https://generativelanguage\\.googleapis\\.com/v1beta/models/[^/:X]+:"
                                + "(generateContent|streamGenerateContent|countTokens).*"))
                .filter(name -> Recorded.response(name).path("status").asInt() == 200)
                .filter(name -> Recorded.read(name).path("request").path("body").isObject())
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    HttpResponse<String> answer = replay(name);
                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                }));
    }

    private HttpResponse<String> replay(String name) throws Exception {
        JsonNode request = Recorded.read(name).path("request");
        String url = request.path("url").asText();
        String method = url.substring(url.indexOf("/models/") + "/models/".length());
        String model = method.substring(0, Math.max(0, method.indexOf(':')));
        sandbox.gemini().models(model);
        return Client.gemini(sandbox, "any-key", method, request.path("body").toString());
    }

    private static String recordedText(String name) {
        return Recorded.response(name).path("body_text").asText();
    }

    private static JsonNode without(String json, String field) {
        JsonNode node = Shape.parse(json);
        node.findParents(field).forEach(parent -> ((ObjectNode) parent).remove(field));
        return node;
    }

    private static Set<String> headerNames(HttpResponse<String> response) {
        Set<String> names = new TreeSet<>();
        response.headers().map().keySet().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        return names;
    }

    private static void assertSameFixedHeaders(HttpResponse<String> response, String name, String... fields) {
        for (String field : fields) {
            assertThat(response.headers().firstValue(field))
                    .as(field)
                    .contains(
                            Recorded.response(name).path("headers").path(field).asText());
        }
    }
}
