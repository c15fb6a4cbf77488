package dev.hypergateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
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

/** The sandbox against recorded exchanges with xAI: when they disagree, the sandbox is wrong. */
class XaiFidelityTest {
    private final VendorSandbox sandbox = VendorSandbox.start();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void a_whole_answer_has_the_recorded_shape_and_headers() throws Exception {
        sandbox.xai().answerer(request -> SandboxAnswer.text("4").withReasoning("Simple enough."));
        HttpResponse<String> answer = replay("xai/chat-basic-grok-4.3");

        assertThat(Shape.of(answer.body())).isEqualTo(Shape.of(recordedText("xai/chat-basic-grok-4.3")));
        assertThat(headerNames(answer)).isEqualTo(Recorded.headerNames("xai/chat-basic-grok-4.3"));
        assertSameFixedHeaders(
                answer, "xai/chat-basic-grok-4.3", "Content-Type", "Server", "X-Ratelimit-Limit-Tokens", "Vary");
    }

    @Test
    void answers_are_printed_like_the_recorded_ones() {
        String recorded = recordedText("xai/chat-basic-grok-4.3");

        assertThat(Json.compact(Shape.parse(recorded))).isEqualTo(recorded);
    }

    @Test
    void models_before_grok_4_3_name_no_service_tier() throws Exception {
        sandbox.xai().answerer(request -> SandboxAnswer.text("2 + 2 equals 4."));

        assertThat(Shape.of(replay("xai/chat-basic-grok-2-1212").body()))
                .containsExactlyInAnyOrderElementsOf(
                        Shape.of(Recorded.response("xai/chat-basic-grok-2-1212").path("body")));
    }

    @Test
    void a_stream_has_the_recorded_events_headers_and_line_ends() throws Exception {
        sandbox.xai().answerer(request -> SandboxAnswer.text("1, 2, 3").withReasoning("The user said"));
        HttpResponse<String> answer = replay("xai/chat-stream-grok-4.3");

        assertThat(answer.body()).endsWith("}\n\ndata: [DONE]\n\n").doesNotContain("\r");
        assertThat(kinds(Sse.data(answer.body()))).isEqualTo(kinds(Recorded.data("xai/chat-stream-grok-4.3")));
        assertThat(headerNames(answer)).isEqualTo(Recorded.headerNames("xai/chat-stream-grok-4.3"));
        assertSameFixedHeaders(answer, "xai/chat-stream-grok-4.3", "Content-Type", "Cache-Control");
    }

    @Test
    void a_streamed_tool_call_comes_whole_before_its_finish() throws Exception {
        sandbox.xai()
                .answerer(request -> SandboxAnswer.chunks(List.of())
                        .withToolCall("weather", "{\"latitude\":\"52.5200\",\"longitude\":\"13.4050\"}"));

        List<String> events =
                Sse.data(replay("xai/tools-stream-call-grok-4-1-fast").body());
        assertThat(kinds(events)).isEqualTo(kinds(Recorded.data("xai/tools-stream-call-grok-4-1-fast")));
    }

    @Test
    void a_tool_call_has_the_recorded_shape() throws Exception {
        sandbox.xai()
                .answerer(request -> SandboxAnswer.chunks(List.of())
                        .withReasoning("The question is about weather.")
                        .withToolCall("weather", "{\"latitude\":\"52.5200\"}"));

        assertThat(Shape.of(replay("xai/tools-call-grok-4.3").body()))
                .isEqualTo(Shape.of(recordedText("xai/tools-call-grok-4.3")));
    }

    @Test
    void a_thinking_small_model_answers_under_its_internal_name_and_without_limits() throws Exception {
        sandbox.xai().answerer(request -> SandboxAnswer.text("Ask it.").withReasoning("First the mirror"));
        HttpResponse<String> answer = replay("xai/reasoning-stream-grok-3-mini");

        assertThat(Sse.json(answer.body()).get(0).path("model").asText())
                .isEqualTo(Shape.parse(Recorded.data("xai/reasoning-stream-grok-3-mini")
                                .get(0))
                        .path("model")
                        .asText());
        assertSameFixedHeaders(answer, "xai/reasoning-stream-grok-3-mini", "X-Ratelimit-Limit-Tokens");
    }

    @Test
    void model_lists_have_the_recorded_shapes() throws Exception {
        for (Map.Entry<String, String> list : Map.of(
                        "/models", "xai/models-list-2026-02", "/language-models", "xai/language-models-list-2025-09")
                .entrySet()) {
            HttpResponse<String> answer =
                    Client.get(URI.create(sandbox.xai().baseUri() + list.getKey()), "Authorization", "Bearer k");

            assertThat(Shape.of(answer.body()))
                    .containsExactlyInAnyOrderElementsOf(
                            Shape.of(Recorded.response(list.getValue()).path("body")));
            assertSameFixedHeaders(answer, list.getValue(), "Content-Type", "Server");
        }
    }

    @Test
    void an_invalid_key_is_told_in_the_recorded_bytes() throws Exception {
        sandbox.xai().acceptOnly();
        JsonNode request = Recorded.read("xai/error-400-invalid-key-chat").path("request");
        HttpResponse<String> error =
                Client.xai(sandbox, "invalid-key", request.path("body").toString());

        assertThat(error.statusCode()).isEqualTo(400);
        assertThat(error.body()).isEqualTo(recordedText("xai/error-400-invalid-key-chat"));
        assertThat(headerNames(error)).isEqualTo(Recorded.headerNames("xai/error-400-invalid-key-chat"));
    }

    @TestFactory
    Stream<DynamicTest> scripted_errors_are_the_recorded_ones() {
        return Map.of(
                        "xai/error-400-context-too-long", Reply.contextTooLong(),
                        "xai/error-503-at-capacity", Reply.overloaded(),
                        "xai/reported-403-no-credits", Reply.noCreditYet(),
                        "xai/reported-400-argument-not-supported",
                                Reply.badRequest("Argument not supported on this model: presencePenalty"),
                        "xai/reported-404-model", Reply.modelNotFound())
                .entrySet()
                .stream()
                .map(row -> DynamicTest.dynamicTest(row.getKey(), () -> {
                    sandbox.xai().script("key", row.getValue());
                    HttpResponse<String> error = Client.xai(sandbox, "key", Bodies.xai("grok-beta-x", "Hello", ""));

                    JsonNode recorded = Recorded.response(row.getKey());
                    assertThat(error.statusCode())
                            .isEqualTo(recorded.path("status").asInt());
                    assertThat(Shape.parse(error.body())).isEqualTo(recorded.path("body"));
                    assertThat(error.headers().firstValue("x-request-id")).isEmpty();
                }));
    }

    @Test
    void an_unknown_model_and_an_unsupported_argument_get_the_reported_errors_unscripted() throws Exception {
        HttpResponse<String> model = Client.xai(sandbox, "k", Bodies.xai("grok-beta-x", "Hello", ""));
        HttpResponse<String> argument =
                Client.xai(sandbox, "k", Bodies.xai("grok-4.3", "Hello", ",\"presence_penalty\":0.5"));

        assertThat(Shape.parse(model.body()))
                .isEqualTo(Recorded.response("xai/reported-404-model").path("body"));
        assertThat(Shape.parse(argument.body()))
                .isEqualTo(Recorded.response("xai/reported-400-argument-not-supported")
                        .path("body"));
    }

    @TestFactory
    Stream<DynamicTest> every_recorded_request_that_was_answered_is_answered() {
        return Recorded.names("xai").stream()
                .filter(name ->
                        Recorded.read(name).path("request").path("url").asText().endsWith("/v1/chat/completions"))
                .filter(name -> Recorded.response(name).path("status").asInt() == 200)
                .filter(name -> Recorded.read(name).path("request").path("body").isObject())
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    HttpResponse<String> answer = replay(name);
                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                }));
    }

    private HttpResponse<String> replay(String name) throws Exception {
        JsonNode body = Recorded.read(name).path("request").path("body");
        return Client.xai(sandbox, "any-key", body.toString());
    }

    /** The shapes of a stream's events in order, where a run of equal ones counts as one. */
    private static List<String> kinds(List<String> events) {
        List<String> kinds = new ArrayList<>();
        for (String event : events) {
            String kind = event.equals("[DONE]") ? event : String.join("\n", Shape.of(event));
            if (kinds.isEmpty() || !kinds.get(kinds.size() - 1).equals(kind)) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    private static String recordedText(String name) {
        return Recorded.response(name).path("body_text").asText();
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
