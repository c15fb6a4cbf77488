package dev.hypergateway.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.ChatResponseAssembler;
import dev.hypergateway.chat.FinishReason;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.embedding.EmbeddingRequest;
import dev.hypergateway.provider.EmbeddingProvider;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.ProviderDescriptor;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.ProviderStream;
import dev.hypergateway.trace.FailureKind;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiDialectProviderTest {
    private static final String ANSWER = """
            {"id":"i","created":5,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},
             "finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}""";
    private static final String START = chunk("{\"role\":\"assistant\",\"content\":\"Hel\"}", null);
    private static final String MORE = chunk("{\"content\":\"lo\"}", null);
    private static final String FINISH = chunk("{}", "stop");
    private static final String USAGE =
            "data: {\"id\":\"i\",\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    private final Dialect provider = new Dialect();

    @Test
    void asks_with_the_vendors_model_name_and_the_key_in_a_header() {
        try (StubVendor vendor = StubVendor.answering(200, "application/json", ANSWER)) {
            ChatRequest request = ChatRequest.of("a/model", "Hi").toBuilder()
                    .extra(Map.of("mood", "good"))
                    .build();

            ChatResponse response = provider.chat(request, vendor.call());

            assertThat(response.text()).isEqualTo("Hello");
            assertThat(vendor.requests).containsExactly("POST /v1/chat/completions");
            assertThat(vendor.bodies)
                    .containsExactly(
                            "{\"model\":\"vendor-model\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"mood\":\"good\"}");
            assertThat(vendor.received.get(0).getFirst("Authorization")).isEqualTo("Bearer " + StubVendor.KEY.reveal());
            assertThat(vendor.received.get(0).getFirst("Content-Type")).isEqualTo("application/json");
        }
    }

    @Test
    void always_asks_for_usage_when_it_streams() {
        try (StubVendor vendor = StubVendor.streaming(START + MORE + FINISH + USAGE + DONE)) {
            ChatResponse response = assembled(vendor);

            assertThat(response.text()).isEqualTo("Hello");
            assertThat(response.finishReason()).contains(FinishReason.STOP);
            assertThat(vendor.bodies.get(0)).contains("\"stream\":true,\"stream_options\":{\"include_usage\":true}");
            assertThat(vendor.received.get(0).getFirst("Accept")).isEqualTo("text/event-stream");
        }
    }

    @Test
    void counts_usage_as_the_subclass_says() {
        try (StubVendor whole = StubVendor.answering(200, "application/json", ANSWER);
                StubVendor stream = StubVendor.streaming(START + FINISH + USAGE + DONE)) {
            assertThat(provider.chat(StubVendor.QUESTION, whole.call())
                            .usage()
                            .orElseThrow()
                            .completionTokens())
                    .isEqualTo(102);
            assertThat(assembled(stream).usage().orElseThrow().completionTokens())
                    .isEqualTo(102);
        }
    }

    @Test
    void takes_a_stream_without_its_end_marker_for_complete_once_it_has_its_finish_reason() {
        for (String rest : List.of("", USAGE, DONE, USAGE + DONE, USAGE + "data: [DONE]")) {
            try (StubVendor vendor = StubVendor.streaming(START + FINISH + rest)) {
                assertThat(assembled(vendor).finishReason()).as(rest).contains(FinishReason.STOP);
            }
        }
    }

    @Test
    void does_not_mind_a_connection_that_breaks_after_the_finish_reason() {
        try (StubVendor vendor = StubVendor.breaking(START + FINISH + USAGE)) {
            assertThat(assembled(vendor).usage()).isPresent();
        }
    }

    @Test
    void still_reports_a_cancelled_call_after_the_finish_reason() {
        try (StubVendor vendor = StubVendor.breaking(START + FINISH);
                ProviderStream stream = provider.stream(StubVendor.QUESTION, vendor.call())) {
            vendor.cancellation.cancel();

            assertThat(failureOf(() -> drain(stream)).kind()).isEqualTo(FailureKind.CANCELLED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data: [DONE]\n\n", ": ping\n\n"})
    void takes_a_stream_without_a_finish_reason_for_cut_off(String end) {
        try (StubVendor vendor = StubVendor.streaming(START + MORE + end)) {
            assertThat(streamFailure(vendor, true).kind()).isEqualTo(FailureKind.INTERRUPTED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data: [DONE]\n\n", ": ping\n\n"})
    void takes_an_empty_stream_for_an_outage(String end) {
        try (StubVendor vendor = StubVendor.streaming(end)) {
            assertThat(streamFailure(vendor, false).kind()).isEqualTo(FailureKind.UNAVAILABLE);
        }
    }

    @Test
    void reports_a_broken_connection() {
        try (StubVendor vendor = StubVendor.breaking(START)) {
            assertThat(streamFailure(vendor, true).kind()).isEqualTo(FailureKind.INTERRUPTED);
        }
        try (StubVendor vendor = StubVendor.breaking(": ping\n\n")) {
            assertThat(streamFailure(vendor, false).kind()).isEqualTo(FailureKind.UNAVAILABLE);
        }
    }

    @Test
    void skips_a_malformed_event_of_a_stream_that_completes() {
        try (StubVendor vendor = StubVendor.streaming(START + "data: {\"id\":\"i\",\"cho\n\n" + MORE + FINISH + DONE)) {
            assertThat(assembled(vendor).text()).isEqualTo("Hello");
        }
    }

    @Test
    void fails_when_malformed_events_are_all_there_is() {
        try (StubVendor vendor = StubVendor.streaming("data: nonsense\n\ndata: [DONE]\n\n")) {
            assertThat(streamFailure(vendor, false).kind()).isEqualTo(FailureKind.UNAVAILABLE);
        }
    }

    @Test
    void classifies_an_error_status() {
        try (StubVendor vendor = StubVendor.answering(
                429,
                Map.of("Content-Type", "application/json", "Retry-After", "7", "x-request-id", "r1"),
                "{\"code\":\"limit\",\"error\":\"Slow down, key xai-0123456789abcdefghij\"}")) {
            for (Failure failure : List.of(
                    failureOf(() -> provider.chat(StubVendor.QUESTION, vendor.call())),
                    failureOf(() -> provider.stream(StubVendor.QUESTION, vendor.call())))) {
                assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
                assertThat(failure.httpStatus()).hasValue(429);
                assertThat(failure.code()).contains("limit");
                assertThat(failure.message()).isEqualTo("Slow down, key ****");
                assertThat(failure.requestId()).contains("r1");
                assertThat(failure.retryAfter()).contains(java.time.Duration.ofSeconds(7));
            }
        }
    }

    @Test
    void finds_an_error_object_in_a_successful_answer() {
        String body = "{\"code\":\"limit\",\"error\":\"Slow down\"}";
        try (StubVendor vendor = StubVendor.answering(200, "application/json", body)) {
            for (Failure failure : List.of(
                    failureOf(() -> provider.chat(StubVendor.QUESTION, vendor.call())),
                    failureOf(() -> drain(provider.stream(StubVendor.QUESTION, vendor.call()))))) {
                assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
                assertThat(failure.httpStatus()).isEmpty();
            }
        }
        try (StubVendor vendor = StubVendor.streaming(body)) {
            assertThat(streamFailure(vendor, false).kind()).isEqualTo(FailureKind.RATE_LIMITED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {\"error\":{\"message\":\"Slow down\",\"code\":\"limit\"}}\n\n",
                "data: {\"code\":\"limit\",\"error\":\"Slow down\"}\n\n",
                "event: error\ndata: {\"message\":\"Slow down\",\"code\":\"limit\"}\n\n"
            })
    void finds_an_error_object_in_a_stream(String event) {
        try (StubVendor vendor = StubVendor.streaming(event)) {
            assertThat(streamFailure(vendor, false).kind()).isEqualTo(FailureKind.RATE_LIMITED);
        }
        try (StubVendor vendor = StubVendor.streaming(START + event)) {
            assertThat(streamFailure(vendor, true).kind()).isEqualTo(FailureKind.RATE_LIMITED);
        }
    }

    @Test
    void takes_an_outage_in_the_middle_of_an_answer_for_an_interruption() {
        try (StubVendor vendor =
                StubVendor.streaming(START + "data: {\"error\":{\"message\":\"oops\",\"code\":500}}\n\n")) {
            Failure failure = streamFailure(vendor, true);

            assertThat(failure.kind()).isEqualTo(FailureKind.INTERRUPTED);
            assertThat(failure.httpStatus()).hasValue(500);
            assertThat(failure.message()).isEqualTo("oops");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE html><title>Welcome xai-0123456789abcdefghij</title>",
                "{\"choices\":[",
                "{}",
                "[]",
                "",
                "plain"
            })
    void takes_anything_else_for_an_outage(String body) {
        try (StubVendor vendor = StubVendor.answering(200, "text/event-stream", body)) {
            for (Failure failure : List.of(
                    failureOf(() -> provider.chat(StubVendor.QUESTION, vendor.call())),
                    failureOf(() -> drain(provider.stream(StubVendor.QUESTION, vendor.call()))))) {
                assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
                assertThat(failure.message()).doesNotContain("0123456789");
            }
        }
    }

    @Test
    void refuses_a_whole_answer_in_place_of_a_stream() {
        try (StubVendor vendor = StubVendor.answering(200, "application/json", ANSWER)) {
            assertThat(streamFailure(vendor, false).message()).contains("not an event stream");
        }
    }

    @Test
    void reads_the_vendors_models() {
        try (StubVendor vendor = StubVendor.answering(200, "application/json", """
                {"object":"list","data":[{"id":"a","created":5,"owned_by":"v","context_window":9,"aliases":["b",7]},{"id":7},
                 {"id":"c","created":1e18}]}""")) {
            assertThat(provider.listModels(vendor.call()))
                    .containsExactly(
                            new Model("a", "v", Instant.ofEpochSecond(5), 9, null, List.of("b")),
                            new Model("c", "", null, null));
            assertThat(vendor.requests).containsExactly("GET /v1/models");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"data\":7}", "<html>", ""})
    void takes_a_strange_model_list_for_an_outage(String body) {
        try (StubVendor vendor = StubVendor.answering(200, "application/json", body)) {
            assertThat(failureOf(() -> provider.listModels(vendor.call())).kind())
                    .isEqualTo(FailureKind.UNAVAILABLE);
        }
    }

    private ChatResponse assembled(StubVendor vendor) {
        ChatResponseAssembler assembler = new ChatResponseAssembler();
        try (ProviderStream stream = provider.stream(StubVendor.QUESTION, vendor.call())) {
            for (ChatEvent event = stream.next(); event != null; event = stream.next()) {
                assembler.accept(event);
                if (event instanceof ChatEvent.Finish) {
                    vendor.breakConnection();
                }
            }
            assertThat(stream.next()).isNull();
        }
        return assembler.response();
    }

    /** The failure of a stream, whose content the engine would have marked. */
    private Failure streamFailure(StubVendor vendor, boolean content) {
        try (ProviderStream stream = provider.stream(StubVendor.QUESTION, vendor.call())) {
            if (content) {
                assertThat(stream.next()).isInstanceOf(ChatEvent.Start.class);
                assertThat(stream.next()).isEqualTo(new ChatEvent.TextDelta(0, "Hel"));
                vendor.control.markContent();
            }
            vendor.breakConnection();
            return failureOf(() -> drain(stream));
        }
    }

    private static void drain(ProviderStream stream) {
        try (stream) {
            while (stream.next() != null) {
                // On to the end.
            }
        }
    }

    @Test
    void asks_for_other_things_than_chats_in_the_same_way() {
        EmbeddingRequest request = EmbeddingRequest.of("a/model", List.of("Hi"));
        String vectors = "{\"data\":[{\"index\":0,\"embedding\":[0.5,-1]}],\"model\":\"m\"}";
        try (StubVendor vendor = StubVendor.answering(200, "application/json", vectors)) {
            assertThat(provider.embeddings()
                            .orElseThrow()
                            .embed(request, vendor.call())
                            .vector())
                    .containsExactly(0.5f, -1f);
            assertThat(vendor.requests).containsExactly("POST /v1/embeddings");
            assertThat(vendor.bodies)
                    .containsExactly("{\"model\":\"vendor-model\",\"input\":\"Hi\",\"encoding_format\":\"base64\"}");
            assertThat(vendor.received.get(0).getFirst("Authorization")).isEqualTo("Bearer " + StubVendor.KEY.reveal());
        }
        for (Map.Entry<String, FailureKind> answer : Map.of(
                        "{\"error\":{\"code\":\"limit\"}}", FailureKind.RATE_LIMITED,
                        "{\"data\":[]}", FailureKind.UNAVAILABLE,
                        "<html>down</html>", FailureKind.UNAVAILABLE)
                .entrySet()) {
            try (StubVendor vendor = StubVendor.answering(200, "application/json", answer.getKey())) {
                assertThat(failureOf(() -> provider.embeddings().orElseThrow().embed(request, vendor.call()))
                                .kind())
                        .isEqualTo(answer.getValue());
            }
        }
    }

    private static Failure failureOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        ProviderException e = catchThrowableOfType(ProviderException.class, call);
        assertThat(e).as("the failure of a call").isNotNull();
        return e.failure();
    }

    private static String chunk(String delta, String reason) {
        return "data: {\"id\":\"i\",\"created\":5,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":" + delta
                + (reason == null ? "" : ",\"finish_reason\":\"" + reason + "\"") + "}]}\n\n";
    }

    /** A vendor whose rate limit has a code of its own and whose completion figure is too small by a hundred. */
    private static final class Dialect extends OpenAiDialectProvider {
        Dialect() {
            super(new ErrorTable(
                    List.of(ErrorRow.row("limit", FailureKind.RATE_LIMITED).code("limit")), Clock.systemUTC()));
        }

        @Override
        public ProviderDescriptor descriptor() {
            return new ProviderDescriptor(
                    "test",
                    "Test",
                    List.of("a"),
                    List.of(),
                    URI.create("http://localhost"),
                    "A_URL",
                    "A_KEY",
                    "X-A-Key");
        }

        @Override
        public Optional<EmbeddingProvider> embeddings() {
            return Optional.of((request, call) -> post(
                    "/embeddings",
                    EmbeddingRequestWriter.write(request, call.model(), "base64"),
                    call,
                    EmbeddingResponseReader::read));
        }

        @Override
        protected Usage convert(Usage usage) {
            return Usage.builder()
                    .promptTokens(usage.promptTokens())
                    .completionTokens(usage.completionTokens() + 100)
                    .build();
        }
    }
}
