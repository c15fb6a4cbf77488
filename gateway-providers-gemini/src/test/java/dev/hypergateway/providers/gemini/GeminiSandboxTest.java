package dev.hypergateway.providers.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.ChatResponseAssembler;
import dev.hypergateway.chat.FinishReason;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Tool;
import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.ProviderStream;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.testkit.Reply;
import dev.hypergateway.testkit.VendorSandbox;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.trace.KeySource;
import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.Cancellation;
import dev.hypergateway.transport.Timeouts;
import dev.hypergateway.transport.UpstreamClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The provider against the sandbox, which checks requests against Gemini's schema and answers in its words. */
class GeminiSandboxTest {
    private static final String MODEL = "gemini-2.5-flash";

    private final VendorSandbox sandbox = VendorSandbox.start();
    private final UpstreamClient http = UpstreamClient.builder().build();
    private final GeminiProvider provider = new GeminiProvider();

    @AfterEach
    void stop() {
        http.close();
        sandbox.close();
    }

    @Test
    void gives_the_same_answer_whole_and_streamed() {
        ChatRequest request = request("[[words:60]]").build();

        ChatResponse whole = provider.chat(request, call());
        ChatResponse streamed = streamed(request);

        assertThat(whole.text()).startsWith("word1 word2").endsWith("word60");
        assertThat(streamed.text()).isEqualTo(whole.text());
        assertThat(streamed.finishReason()).isEqualTo(whole.finishReason()).contains(FinishReason.STOP);
        assertThat(streamed.usage().orElseThrow().totalTokens())
                .isEqualTo(whole.usage().orElseThrow().totalTokens())
                .isPositive();
    }

    @Test
    void gives_as_many_answers_as_are_asked_for() {
        ChatRequest request = request("[[words:3]]").n(3).build();

        for (ChatResponse response : List.of(provider.chat(request, call()), streamed(request))) {
            assertThat(response.choices())
                    .extracting(choice -> choice.index() + choice.message().text())
                    .containsExactly("0word1 word2 word3", "1word1 word2 word3", "2word1 word2 word3");
        }
    }

    @Test
    void goes_through_a_round_of_tool_calls() {
        ChatRequest.Builder request = request("[[tool:weather]] {\"city\":\"Berlin\"}")
                .tools(List.of(Tool.function(
                        "weather",
                        "Tells the weather",
                        Map.of(
                                "type",
                                "object",
                                "properties",
                                Map.of("city", Map.of("type", "string")),
                                "additionalProperties",
                                false))));
        for (String model : List.of(MODEL, "gemini-3-flash-preview")) {
            ChatResponse asked = provider.chat(request.build(), call(model));
            assertThat(asked.finishReason()).contains(FinishReason.TOOL_CALLS);
            Message.Assistant turn = asked.choices().get(0).message();
            assertThat(turn.toolCalls())
                    .singleElement()
                    .satisfies(call -> assertThat(call.arguments()).isEqualTo("{\"city\":\"Berlin\"}"));

            ChatResponse answered = provider.chat(
                    request.build().toBuilder()
                            .message(turn)
                            .message(Message.toolResult(turn.toolCalls().get(0).id(), "15 degrees"))
                            .build(),
                    call(model));
            assertThat(answered.finishReason()).contains(FinishReason.STOP);
        }
    }

    @Test
    void lists_what_the_sandbox_offers() {
        assertThat(provider.listModels(call()))
                .anySatisfy(model -> assertThat(model.id()).isEqualTo(MODEL));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void classifies_what_goes_wrong(Reply reply, FailureKind expected) {
        ChatRequest request = request("[[words:20]]").build();
        sandbox.gemini().script("key-of-the-test", reply);

        assertThat(failure(() -> streamed(request)).kind()).isEqualTo(expected);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(Reply.invalidKey(), FailureKind.CREDENTIAL_REJECTED),
                Arguments.of(Reply.missingKey(), FailureKind.CREDENTIAL_REJECTED),
                Arguments.of(Reply.leakedKey(), FailureKind.CREDENTIAL_REJECTED),
                Arguments.of(Reply.forbidden(), FailureKind.CREDENTIAL_REJECTED),
                Arguments.of(Reply.serviceDisabled(), FailureKind.CREDENTIAL_REJECTED),
                Arguments.of(Reply.locationNotSupported(), FailureKind.MODEL_UNAVAILABLE),
                Arguments.of(Reply.rateLimited(), FailureKind.RATE_LIMITED),
                Arguments.of(Reply.overCapacity(), FailureKind.RATE_LIMITED),
                Arguments.of(Reply.dailyQuota(), FailureKind.QUOTA_EXHAUSTED),
                Arguments.of(Reply.outOfCredit(), FailureKind.QUOTA_EXHAUSTED),
                Arguments.of(Reply.modelNotFound(), FailureKind.MODEL_UNAVAILABLE),
                Arguments.of(Reply.contextTooLong(), FailureKind.CONTEXT_TOO_LONG),
                Arguments.of(Reply.contentFiltered(), FailureKind.CONTENT_REJECTED),
                Arguments.of(Reply.badRequest("Request contains an invalid argument."), FailureKind.INVALID_REQUEST),
                Arguments.of(Reply.serverError(), FailureKind.UNAVAILABLE),
                Arguments.of(Reply.overloaded(), FailureKind.UNAVAILABLE),
                Arguments.of(Reply.htmlError(502), FailureKind.UNAVAILABLE),
                Arguments.of(Reply.resetBeforeHeaders(), FailureKind.UNAVAILABLE),
                Arguments.of(Reply.jsonErrorWith200(), FailureKind.UNAVAILABLE),
                Arguments.of(Reply.ok().emptyStream(), FailureKind.UNAVAILABLE),
                Arguments.of(Reply.ok().withoutFinish(), FailureKind.INTERRUPTED),
                Arguments.of(Reply.ok().errorEventAfter(3), FailureKind.INTERRUPTED));
    }

    /** How much of the answer gets through before a broken connection is noticed is up to the operating system. */
    @ParameterizedTest
    @MethodSource("cuts")
    void takes_a_broken_connection_as_an_outage(Reply reply) {
        sandbox.gemini().script("key-of-the-test", reply);
        ChatRequest request = request("[[words:20]]").build();

        assertThat(failure(() -> streamed(request)).kind().isOutage()).isTrue();
    }

    static Stream<Reply> cuts() {
        return Stream.of(Reply.ok().cutAfter(3), Reply.ok().resetAfter(3));
    }

    @Test
    void survives_a_malformed_event() {
        sandbox.gemini().script("key-of-the-test", Reply.ok().malformedEventAt(2));

        ChatResponse response = streamed(request("[[words:20]]").build());

        assertThat(response.finishReason()).contains(FinishReason.STOP);
        assertThat(response.extra()).containsEntry("skipped_events", 1);
    }

    @Test
    void ends_the_request_when_the_stream_is_closed() {
        sandbox.gemini().script("key-of-the-test", Reply.ok().stallAfter(1));
        ProviderStream stream = provider.stream(request("[[words:20]]").build(), call());
        assertThat(stream.next()).isInstanceOf(ChatEvent.Start.class);

        stream.close();

        assertThat(sandbox.gemini().awaitAbort(Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void gives_up_on_a_silent_vendor() {
        sandbox.gemini().script("key-of-the-test", Reply.hang());
        AttemptControl control = new AttemptControl(
                Timeouts.DEFAULTS.withHeaders(Duration.ofMillis(200)), Duration.ofMinutes(1), new Cancellation());

        Failure failure = failure(() -> provider.stream(request("?").build(), call(MODEL, control)));

        assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(failure.silent()).isTrue();
    }

    private ChatResponse streamed(ChatRequest request) {
        ProviderCall call = call();
        ChatResponseAssembler answer = new ChatResponseAssembler();
        try (ProviderStream stream = provider.stream(request, call)) {
            for (ChatEvent event = stream.next(); event != null; event = stream.next()) {
                if (event.isContent()) {
                    call.control().markContent();
                }
                answer.accept(event);
            }
        }
        return answer.response();
    }

    private static ChatRequest.Builder request(String text) {
        return ChatRequest.builder().model("google/" + MODEL).user(text);
    }

    private ProviderCall call() {
        return call(MODEL);
    }

    private ProviderCall call(String model) {
        return call(model, AttemptControl.withDefaults());
    }

    private ProviderCall call(String model, AttemptControl control) {
        Credential credential =
                new Credential(KeySource.CALLER, null, "test", 1, Secret.of("key-of-the-test"), Map.of());
        return new ProviderCall(model, credential, sandbox.gemini().baseUri(), http, control, Map.of());
    }

    private static Failure failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
        return assertThatCode(action)
                .asInstanceOf(InstanceOfAssertFactories.type(ProviderException.class))
                .actual()
                .failure();
    }
}
