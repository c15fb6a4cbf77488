package dev.hypergateway.providers.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.FinishReason;
import dev.hypergateway.provider.Capability;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.ProviderStream;
import dev.hypergateway.recordings.Asked;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.Cancellation;
import dev.hypergateway.transport.MediaFetcher;
import dev.hypergateway.transport.Timeouts;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiProviderTest {
    private static final String ANSWER =
            "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hi\"}]},\"finishReason\":\"STOP\"}],\"responseId\":\"r\"}";
    private static final String HEL = "{'candidates': [{'content': {'parts': [{'text': 'Hel'}]}}], 'responseId': 'r'}";
    private static final String LO =
            "{'candidates': [{'content': {'parts': [{'text': 'lo'}]}, 'finishReason': 'STOP'}], 'responseId': 'r'}";
    private static final ChatRequest QUESTION = ChatRequest.of("google/gemini-2.5-flash", "Why?");

    private final LoopbackGemini gemini = new LoopbackGemini();
    private final GeminiProvider provider = new GeminiProvider(
            Clock.fixed(Answers.NOW, ZoneOffset.UTC),
            () -> "call_1",
            MediaFetcher.publicOnly(),
            wait -> CompletableFuture.completedFuture(null));

    @AfterEach
    void stop() {
        gemini.close();
    }

    @Test
    void describes_itself() {
        assertThat(provider.descriptor().id()).isEqualTo("google");
        assertThat(provider.descriptor().prefixes()).containsExactly("google", "gemini");
        assertThat(provider.descriptor().defaultBaseUri())
                .hasToString("https://generativelanguage.googleapis.com/v1beta");
        assertThat(provider.descriptor()).isSameAs(provider.descriptor());
    }

    @Test
    void asks_with_the_key_in_a_header_and_nowhere_else() {
        gemini.json(200, ANSWER);

        assertThat(provider.chat(QUESTION, call()).text()).isEqualTo("Hi");

        Asked asked = gemini.asked();
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.uri()).hasToString("/v1beta/models/gemini-2.5-flash:generateContent");
        assertThat(asked.header("x-goog-api-key")).isEqualTo(LoopbackGemini.KEY);
        assertThat(asked.header("Content-Type")).isEqualTo("application/json");
        assertThat(asked.header("Authorization")).isNull();
        assertThat(asked.body()).isEqualTo("{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Why?\"}]}]}");
    }

    @Test
    void streams_events_and_ends_with_null() {
        gemini.events(HEL, LO);

        assertThat(events(QUESTION))
                .containsExactly(
                        new ChatEvent.Start("r", Answers.NOW, "gemini-2.5-flash"),
                        new ChatEvent.TextDelta(0, "Hel"),
                        new ChatEvent.TextDelta(0, "lo"),
                        new ChatEvent.Finish(0, FinishReason.STOP));

        assertThat(gemini.asked().uri()).hasToString("/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n", "\r"})
    void takes_events_with_any_line_end_and_without_the_last_blank_line(String newline) {
        String sse = LoopbackGemini.sse(HEL, LO).replace("\r\n", newline);
        gemini.answer(200, "text/event-stream", sse.substring(0, sse.length() - newline.length()));

        assertThat(text(events(QUESTION))).isEqualTo("Hello");
    }

    @Test
    void fails_over_when_a_stream_ends_without_finish_reason_before_content() {
        gemini.events("{'usageMetadata': {'promptTokenCount': 1}}");

        assertThat(failure(() -> events(QUESTION)).kind()).isEqualTo(FailureKind.UNAVAILABLE);
    }

    @Test
    void calls_a_stream_that_ends_without_finish_reason_after_content_interrupted() {
        gemini.events(HEL);

        assertThat(failure(() -> events(QUESTION)).kind()).isEqualTo(FailureKind.INTERRUPTED);
    }

    @Test
    void takes_an_empty_stream_as_an_outage() {
        gemini.answer(200, "text/event-stream", "");

        assertThat(failure(() -> events(QUESTION)).kind()).isEqualTo(FailureKind.UNAVAILABLE);
    }

    @Test
    void skips_and_counts_an_unreadable_event_when_the_stream_completes() {
        gemini.events(HEL, "{'candidates': [{", "[]", LO);

        List<ChatEvent> events = events(QUESTION);

        assertThat(text(events)).isEqualTo("Hello");
        assertThat(events).contains(new ChatEvent.Extra(ChatEvent.Extra.WHOLE_ANSWER, Map.of("skipped_events", 2)));
    }

    @Test
    void tells_of_unreadable_events_when_the_stream_does_not_complete() {
        gemini.events(HEL, "{'candidates': [{");

        assertThat(failure(() -> events(QUESTION)).message()).contains("1 events could not be read");
    }

    @Test
    void classifies_an_error_inside_the_stream() {
        gemini.events("{'error': {'code': 429, 'message': 'Resource exhausted.', 'status': 'RESOURCE_EXHAUSTED'}}");

        Failure failure = failure(() -> events(QUESTION));

        assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
        assertThat(failure.code()).contains("RESOURCE_EXHAUSTED");
    }

    @Test
    void classifies_a_plain_error_that_is_announced_as_an_event_stream() {
        String body = ErrorTableTest.body(400, "INVALID_ARGUMENT", "API key not valid.", "[]");
        gemini.answer(400, "text/event-stream", body).answer(200, "text/event-stream", body);

        assertThat(failure(() -> events(QUESTION)).kind()).isEqualTo(FailureKind.CREDENTIAL_REJECTED);
        assertThat(failure(() -> events(QUESTION)).kind()).isEqualTo(FailureKind.CREDENTIAL_REJECTED);
    }

    @Test
    void reads_a_whole_answer_where_a_stream_was_expected() {
        gemini.json(200, ANSWER).json(200, "[" + HEL.replace('\'', '"') + "," + LO.replace('\'', '"') + "]");

        assertThat(text(events(QUESTION))).isEqualTo("Hi");
        assertThat(text(events(QUESTION))).isEqualTo("Hello");
    }

    @Test
    void takes_a_page_of_HTML_as_an_outage() {
        String page = "<html>Hello " + LoopbackGemini.KEY + "</html>";
        gemini.answer(200, "text/html", page).answer(200, "text/html", page);

        assertThat(failure(() -> provider.chat(QUESTION, call())).kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(failure(() -> events(QUESTION)).kind()).isEqualTo(FailureKind.UNAVAILABLE);
    }

    @Test
    void classifies_an_error_in_a_whole_answer_with_status_200() {
        gemini.json(200, ErrorTableTest.body(503, "UNAVAILABLE", "The model is overloaded.", "[]"));

        Failure failure = failure(() -> provider.chat(QUESTION, call()));

        assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(failure.message()).isEqualTo("The model is overloaded.");
    }

    @Test
    void sends_nothing_when_the_request_cannot_be_expressed() {
        ChatRequest nine = QUESTION.toBuilder().n(9).build();

        assertThat(failure(() -> provider.chat(nine, call())).param()).contains("n");
        assertThat(failure(() -> events(nine)).param()).contains("n");
        assertThat(failure(() -> provider.chat(QUESTION, gemini.call("../files")))
                        .param())
                .contains("model");
        assertThat(gemini.timesAsked()).isZero();
    }

    @Test
    void reports_a_vendor_that_is_not_there() {
        ProviderCall call = call();
        gemini.close();
        try (LoopbackGemini other = new LoopbackGemini()) {
            ProviderCall gone = new ProviderCall(
                    "gemini-2.5-flash",
                    call.credential(),
                    call.baseUri(),
                    other.call("x").http(),
                    call.control(),
                    Map.of());

            assertThat(failure(() -> provider.chat(QUESTION, gone)).kind()).isEqualTo(FailureKind.UNAVAILABLE);
            assertThat(failure(() -> provider.stream(QUESTION, gone)).kind()).isEqualTo(FailureKind.UNAVAILABLE);
        }
    }

    @Test
    void reports_a_cancelled_call_as_cancelled() {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        AttemptControl control = new AttemptControl(Timeouts.DEFAULTS, Duration.ofMinutes(1), cancellation);

        assertThat(failure(() -> provider.chat(QUESTION, gemini.call("gemini-2.5-flash", control)))
                        .kind())
                .isEqualTo(FailureKind.CANCELLED);
    }

    @Test
    void lists_the_models_that_chat_embed_or_draw_over_all_pages() {
        gemini.json(200, """
                        {"models": [{"name": "models/gemini-2.5-flash", "inputTokenLimit": 1048576, "outputTokenLimit": 65536,
                                     "supportedGenerationMethods": ["generateContent", "countTokens"]},
                                    {"name": "models/gemini-embedding-001", "supportedGenerationMethods": ["embedContent"]}],
                         "nextPageToken": "a+b/c="}""").json(200, """
                        {"models": [{"name": "models/gemma-4-31b-it", "supportedGenerationMethods": ["generateContent"]},
                                    {"name": "models/imagen-4.0-generate-001", "supportedGenerationMethods": ["predict"]},
                                    {"name": "models/veo-3.1", "supportedGenerationMethods": ["predictLongRunning"]}]}""");

        assertThat(provider.listModels(call()))
                .containsExactly(
                        new Model("gemini-2.5-flash", "google", null, 1_048_576, 65_536, List.of()),
                        new Model("gemini-embedding-001", "google", null, null, null, List.of())
                                .withCapabilities(Set.of(Capability.EMBEDDINGS)),
                        new Model("gemma-4-31b-it", "google", null, null, null, List.of()),
                        new Model("imagen-4.0-generate-001", "google", null, null, null, List.of())
                                .withCapabilities(Set.of(Capability.IMAGE_GENERATION)));

        Asked first = gemini.asked();
        assertThat(first.method()).isEqualTo("GET");
        assertThat(first.uri()).hasToString("/v1beta/models?pageSize=1000");
        assertThat(first.header("x-goog-api-key")).isEqualTo(LoopbackGemini.KEY);
        assertThat(gemini.asked().uri()).hasToString("/v1beta/models?pageSize=1000&pageToken=a%2Bb%2Fc%3D");
    }

    @Test
    void classifies_errors_of_the_model_list() {
        gemini.json(400, ErrorTableTest.body(400, "INVALID_ARGUMENT", "API key not valid.", "[]"));

        assertThat(failure(() -> provider.listModels(call())).kind()).isEqualTo(FailureKind.CREDENTIAL_REJECTED);
    }

    @Test
    void knows_current_and_inherited_models_without_asking() {
        assertThat(provider.models())
                .extracting(Model::id)
                .doesNotHaveDuplicates()
                .contains("gemini-2.5-flash", "gemini-3.7-flash", "gemini-1.5-pro");
        assertThat(provider.models())
                .allSatisfy(model -> assertThat(model.ownedBy()).isEqualTo("google"));
        assertThat(provider.models())
                .filteredOn(model -> model.id().equals("gemini-2.0-flash"))
                .singleElement()
                .satisfies(model -> {
                    assertThat(model.contextWindow()).isEqualTo(1_000_000);
                    assertThat(model.created()).hasToString("2024-02-27T02:13:20Z");
                });
    }

    private ProviderCall call() {
        return gemini.call("gemini-2.5-flash");
    }

    /** Reads a stream as the gateway does, which marks content. */
    private List<ChatEvent> events(ChatRequest request) {
        ProviderCall call = call();
        List<ChatEvent> events = new ArrayList<>();
        try (ProviderStream stream = provider.stream(request, call)) {
            for (ChatEvent event = stream.next(); event != null; event = stream.next()) {
                if (event.isContent()) {
                    call.control().markContent();
                }
                events.add(event);
            }
            assertThat(stream.next()).isNull();
        }
        return events;
    }

    private static String text(List<ChatEvent> events) {
        StringBuilder text = new StringBuilder();
        for (ChatEvent event : events) {
            if (event instanceof ChatEvent.TextDelta delta) {
                text.append(delta.text());
            }
        }
        return text.toString();
    }

    private static Failure failure(ThrowingCallable action) {
        Failure failure = assertThatCode(action)
                .asInstanceOf(InstanceOfAssertFactories.type(ProviderException.class))
                .actual()
                .failure();
        assertThat(failure.toString()).doesNotContain("CANARY");
        return failure;
    }
}
