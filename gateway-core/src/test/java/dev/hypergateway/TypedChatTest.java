package dev.hypergateway;

import static dev.hypergateway.ScriptedProvider.answer;
import static dev.hypergateway.ScriptedProvider.events;
import static dev.hypergateway.ScriptedProvider.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.FinishReason;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.ResponseFormat;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.trace.Attempt;
import dev.hypergateway.trace.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TypedChatTest {
    record City(String name, int people) {}

    record Open(Map<String, String> anything) {}

    private static final String PARIS = "{\"name\":\"Paris\",\"people\":2100000}";

    private final ScriptedProvider vendor = new ScriptedProvider("alpha");
    private final List<ChatRequest> requests = new ArrayList<>();
    private final Gateway gateway = Gateway.builder()
            .settings(Map.of("ALPHA_API_KEY", "secret-key"))
            .provider(vendor)
            .build();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void the_answer_comes_as_the_record_that_its_schema_describes() {
        vendor.on("*", saying(PARIS));

        City city = gateway.chat("alpha/m", "The capital of France?", City.class);

        assertThat(city).isEqualTo(new City("Paris", 2100000));
        assertThat(requests).singleElement().satisfies(request -> {
            ResponseFormat.JsonSchema format =
                    (ResponseFormat.JsonSchema) request.responseFormat().orElseThrow();
            assertThat(format.name()).isEqualTo("City");
            assertThat(format.strict()).isTrue();
            assertThat(format.schema()).containsEntry("required", List.of("name", "people"));
        });
    }

    @Test
    void free_keys_are_not_asked_for_strictly() {
        vendor.on("*", saying("{\"anything\":{\"a\":\"b\"}}"));

        assertThat(gateway.chat("alpha/m", "Anything", Open.class).anything()).containsEntry("a", "b");

        assertThat(((ResponseFormat.JsonSchema) requests.get(0).responseFormat().orElseThrow()).strict())
                .isFalse();
    }

    @Test
    void an_answer_that_does_not_fit_is_shown_to_the_model_once() {
        vendor.on("*", saying("{\"name\":\"Paris\",\"people\":\"many\"}"), saying(PARIS));

        TypedResponse<City> typed =
                gateway.typed(ChatRequest.of("alpha/m", "The capital?"), City.class, CallOptions.DEFAULT);

        assertThat(typed.value().name()).isEqualTo("Paris");
        assertThat(requests).hasSize(2);
        assertThat(requests.get(1).messages()).extracting(Message::role).containsExactly("user", "assistant", "user");
        assertThat(requests.get(1).messages().get(1).text()).contains("many");
        assertThat(requests.get(1).messages().get(2).text()).contains("people: expected an integer");
        assertThat(requests.get(1).responseFormat()).isEqualTo(requests.get(0).responseFormat());
        assertThat(typed.response().trace().attempts())
                .extracting(Attempt::number)
                .containsExactly(1, 2);
        assertThat(typed.response().usage().orElseThrow().totalTokens()).isEqualTo(30);
        assertThat(typed.toString()).doesNotContain("Paris");
    }

    @Test
    void a_second_misfit_ends_in_an_exception_with_the_answer_and_both_attempts() {
        vendor.on("*", saying("Paris!"), saying("{\"name\":\"Paris\"}"));

        InvalidAnswerException e = catchThrowableOfType(
                InvalidAnswerException.class, () -> gateway.chat("alpha/m", "The capital?", City.class));

        assertThat(e.answer()).isEqualTo("{\"name\":\"Paris\"}");
        assertThat(e.problems()).containsExactly("people: missing");
        assertThat(e.attempts()).hasSize(2);
        assertThat(e.status()).isEqualTo(502);
        assertThat(e.code()).isEqualTo("invalid_answer");
        assertThat(e).hasMessageContaining("people: missing").hasMessageNotContaining("Paris");
    }

    @Test
    void an_empty_answer_is_not_repeated_to_the_model() {
        vendor.on("*", saying(""), saying(PARIS));

        assertThat(gateway.chat("alpha/m", "The capital?", City.class).name()).isEqualTo("Paris");

        assertThat(requests.get(1).messages()).extracting(Message::role).containsExactly("user", "user");
    }

    @Test
    void an_answer_cut_off_by_the_token_limit_is_not_asked_for_again() {
        vendor.on(
                "*",
                events(call -> List.of(
                        new ChatEvent.TextDelta(0, "{\"name\":"), new ChatEvent.Finish(0, FinishReason.LENGTH))));

        assertThatThrownBy(() -> gateway.chat("alpha/m", "The capital?", City.class))
                .isInstanceOf(InvalidAnswerException.class)
                .hasMessageContaining("maxTokens");
        assertThat(vendor.attempts()).hasSize(1);
    }

    @Test
    void a_refusal_is_told_as_such() {
        vendor.on(
                "*",
                events(call -> List.of(
                        new ChatEvent.RefusalDelta(0, "I cannot"), new ChatEvent.Finish(0, FinishReason.STOP))));

        assertThatThrownBy(() -> gateway.chat("alpha/m", "The capital?", City.class))
                .isInstanceOf(InvalidAnswerException.class)
                .hasMessageContaining("refusal");
    }

    @Test
    void a_failed_repair_round_tells_of_both_rounds() {
        vendor.on("*", answer("Paris!"), fail(FailureKind.INVALID_REQUEST, 400));

        InvalidRequestException e = catchThrowableOfType(
                InvalidRequestException.class, () -> gateway.chat("alpha/m", "The capital?", City.class));

        assertThat(e.attempts()).extracting(Attempt::succeeded).containsExactly(true, false);
    }

    @Test
    void several_answers_are_refused_before_anything_is_sent() {
        ChatRequest request =
                ChatRequest.builder().model("alpha/m").user("The capital?").n(2).build();

        assertThatThrownBy(() -> gateway.chat(request, City.class))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("'n'");
        assertThat(vendor.attempts()).isEmpty();
    }

    private ScriptedProvider.Step saying(String text) {
        return events((request, call) -> {
            requests.add(request);
            return List.of(
                    new ChatEvent.TextDelta(0, text),
                    new ChatEvent.Finish(0, FinishReason.STOP),
                    new ChatEvent.UsageReport(
                            Usage.builder().promptTokens(10).completionTokens(5).build()));
        });
    }
}
