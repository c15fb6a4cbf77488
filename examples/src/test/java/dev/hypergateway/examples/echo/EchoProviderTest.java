package dev.hypergateway.examples.echo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hypergateway.CallCancelledException;
import dev.hypergateway.Gateway;
import dev.hypergateway.GatewayException;
import dev.hypergateway.InvalidRequestException;
import dev.hypergateway.UnknownModelException;
import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.ChatStream;
import dev.hypergateway.chat.FinishReason;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Part;
import dev.hypergateway.chat.ResponseFormat;
import dev.hypergateway.chat.Tool;
import dev.hypergateway.examples.Console;
import dev.hypergateway.trace.FailureKind;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EchoProviderTest {
    private final Gateway gateway =
            Gateway.builder().environmentKey("echo", "echo-key").build();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void the_program_prints_answers_failover_and_a_refusal() throws Exception {
        List<String> lines =
                Console.of(() -> AskEcho.main(new String[0])).lines().toList();

        assertThat(lines)
                .contains("echo: Echo", "google: Google AI (Gemini)", "xai: X.AI (Grok)")
                .endsWith(
                        "Is anybody there?",
                        "Streams work, failover too. (2 attempts)",
                        "Refused, correct 'n': Echo gives one answer; leave n out. Correct 'n'.");
    }

    @Test
    void is_found_beside_the_shipped_providers_and_lists_its_model() {
        assertThat(gateway.model("echo-1")).hasValueSatisfying(model -> {
            assertThat(model.reference()).isEqualTo("echo/echo-1");
            assertThat(model.provider()).isEqualTo("echo");
        });
    }

    @Test
    void says_back_what_the_user_said_last_and_counts_words() {
        ChatResponse answer = gateway.chat(ChatRequest.builder()
                .model("echo/echo-1")
                .system("Be loud.")
                .user("one")
                .assistant("one")
                .user("two and three")
                .build());

        assertThat(answer.text()).isEqualTo("two and three");
        assertThat(answer.finishReason()).contains(FinishReason.STOP);
        assertThat(answer.model()).isEqualTo("echo/echo-1");
        assertThat(answer.usage()).hasValueSatisfying(usage -> {
            assertThat(usage.promptTokens()).isEqualTo(7);
            assertThat(usage.completionTokens()).isEqualTo(3);
        });
    }

    @Test
    void keeps_to_the_token_limit_and_to_stop_sequences() {
        ChatRequest.Builder request = ChatRequest.builder().model("echo-1").user("one two three four");

        ChatResponse limited = gateway.chat(request.maxTokens(2).build());
        assertThat(limited.text()).isEqualTo("one two");
        assertThat(limited.finishReason()).contains(FinishReason.LENGTH);

        ChatResponse stopped = gateway.chat(
                request.maxTokens(null).stop(List.of("four", "three")).build());
        assertThat(stopped.text()).isEqualTo("one two");
        assertThat(stopped.finishReason()).contains(FinishReason.STOP);
    }

    @Test
    void gives_the_same_answer_as_a_stream() {
        try (ChatStream stream = gateway.stream(ChatRequest.of("echo-1", "  one\n\ttwo  three"))) {
            assertThat(stream.text()).isEqualTo("  one\n\ttwo  three");
        }
        assertThat(gateway.chat("echo-1", "  one\n\ttwo  three").text()).isEqualTo("  one\n\ttwo  three");
    }

    @Test
    void answers_nothing_with_nothing() {
        assertThat(gateway.chat("echo-1", "").text()).isEmpty();
    }

    @Test
    void a_closed_stream_says_that_it_was_cancelled() {
        ChatStream stream = gateway.stream(ChatRequest.of("echo-1", "one two three"));
        Iterator<ChatEvent> events = stream.iterator();
        events.next();

        stream.close();

        assertThatExceptionOfType(CallCancelledException.class).isThrownBy(() -> drain(events));
    }

    @Test
    void a_wrong_key_is_the_keys_fault() {
        try (Gateway locked =
                Gateway.builder().environmentKey("echo", "something-else").build()) {
            assertThatExceptionOfType(GatewayException.class)
                    .isThrownBy(() -> locked.chat("echo-1", "Hello"))
                    .satisfies(e -> assertThat(e.failureKind()).contains(FailureKind.CREDENTIAL_REJECTED))
                    .withMessageNotContaining("something-else");
        }
    }

    @Test
    void an_unknown_model_is_named() {
        assertThatExceptionOfType(UnknownModelException.class)
                .isThrownBy(() -> gateway.chat("echo/echo-2", "Hello"))
                .withMessageContaining("echo-2");
    }

    @ParameterizedTest
    @MethodSource("requestsThatMeanMoreThanAnEcho")
    void refuses_what_it_cannot_express_and_names_the_field(String field, UnaryOperator<ChatRequest.Builder> change) {
        ChatRequest request = change.apply(ChatRequest.builder().model("echo-1").user("Hello"))
                .build();

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> gateway.chat(request))
                .satisfies(e -> assertThat(e.param()).contains(field));
    }

    static List<Arguments> requestsThatMeanMoreThanAnEcho() {
        return List.of(
                refused("n", request -> request.n(2)),
                refused("logprobs", request -> request.logprobs(true)),
                refused("response_format", request -> request.responseFormat(new ResponseFormat.JsonObject())),
                refused(
                        "tools",
                        request -> request.tools(
                                List.of(Tool.function("weather", "Says the weather.", Map.of("type", "object"))))),
                refused("messages", request -> request.message(Message.user(Part.image("https://example.com/a.png")))));
    }

    private static Arguments refused(String field, UnaryOperator<ChatRequest.Builder> change) {
        return Arguments.of(field, change);
    }

    private static void drain(Iterator<ChatEvent> events) {
        while (events.hasNext()) {
            events.next();
        }
    }
}
