package dev.hypergateway;

import static dev.hypergateway.ScriptedProvider.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.FinishReason;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Tool;
import dev.hypergateway.chat.ToolCall;
import dev.hypergateway.chat.ToolChoice;
import dev.hypergateway.chat.ToolFunction;
import dev.hypergateway.chat.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ToolLoopTest {
    record City(String name) {}

    record Weather(int degrees, String sky) {}

    record Nothing() {}

    private final ScriptedProvider vendor = new ScriptedProvider("alpha");
    private final List<ChatRequest> requests = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final Gateway gateway = Gateway.builder()
            .settings(Map.of("ALPHA_API_KEY", "secret-key"))
            .provider(vendor)
            .build();
    private final ToolFunction<City> weather = Tool.of("weather", "The weather in a city", City.class, city -> {
        asked.add(city.name());
        return new Weather(21, "clear");
    });

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void calls_are_run_in_order_and_their_results_lead_to_the_answer() {
        vendor.on(
                "*",
                calling(
                        new ToolCall("c1", "weather", "{\"name\":\"Paris\"}", Map.of("signature", "s1")),
                        new ToolCall("c2", "weather", "{\"name\":\"Oslo\"}")),
                saying("Warm."));

        ChatResponse response = gateway.chat(request(), weather);

        assertThat(response.text()).isEqualTo("Warm.");
        assertThat(asked).containsExactly("Paris", "Oslo");
        assertThat(requests.get(0).tools()).containsExactly(weather.definition());
        List<Message> second = requests.get(1).messages();
        assertThat(second).extracting(Message::role).containsExactly("user", "assistant", "tool", "tool");
        assertThat(((Message.Assistant) second.get(1)).toolCalls().get(0).extra())
                .containsEntry("signature", "s1");
        assertThat(((Message.ToolResult) second.get(3)).toolCallId()).isEqualTo("c2");
        assertThat(second.get(3).text()).isEqualTo("{\"degrees\":21,\"sky\":\"clear\"}");
        assertThat(response.trace().attempts()).hasSize(2);
        assertThat(response.usage().orElseThrow().promptTokens()).isEqualTo(20);
    }

    @Test
    void the_definition_describes_the_record() {
        assertThat(weather.definition().strict()).isTrue();
        assertThat(weather.definition().parameters())
                .containsEntry("required", List.of("name"))
                .containsEntry("additionalProperties", false);
    }

    @Test
    void arguments_that_do_not_fit_are_told_to_the_model() {
        vendor.on("*", calling(new ToolCall("c1", "weather", "{\"town\":\"Paris\"}")), saying("Sorry."));

        gateway.chat(request(), weather);

        assertThat(asked).isEmpty();
        assertThat(lastResult()).contains("error", "town: unknown field", "name: missing");
    }

    @Test
    void a_tool_that_throws_is_told_to_the_model_without_its_stack_trace() {
        ToolFunction<Nothing> broken = Tool.of("broken", "Fails", Nothing.class, nothing -> {
            throw new java.io.IOException("no line to the station");
        });
        vendor.on("*", calling(new ToolCall("c1", "broken", "")), saying("Sorry."));

        gateway.chat(request(), broken);

        assertThat(lastResult()).isEqualTo("{\"error\":\"The tool failed: no line to the station\"}");
    }

    @Test
    void a_result_without_a_json_form_is_an_error_too() {
        ToolFunction<Nothing> odd = Tool.of("odd", "Odd", Nothing.class, nothing -> new Object());
        vendor.on("*", calling(new ToolCall("c1", "odd", "{}")), saying("Sorry."));

        gateway.chat(request(), odd);

        assertThat(lastResult()).contains("cannot be written as JSON");
    }

    @Test
    void an_unknown_tool_is_told_to_the_model() {
        vendor.on("*", calling(new ToolCall("c1", "wether", "{}")), saying("Sorry."));

        gateway.chat(request(), weather);

        assertThat(lastResult()).contains("There is no such tool", "weather");
    }

    @Test
    void a_call_of_the_requests_own_tool_is_the_callers() {
        vendor.on("*", calling(new ToolCall("c1", "own", "{}")));

        ChatResponse response = gateway.chat(
                request().toBuilder()
                        .tools(List.of(Tool.function("own", "The caller's", Map.of("type", "object"))))
                        .build(),
                weather);

        assertThat(response.choices().get(0).message().toolCalls())
                .extracting(ToolCall::name)
                .containsExactly("own");
        assertThat(vendor.attempts()).hasSize(1);
    }

    @Test
    void a_forced_choice_holds_for_the_first_round_only() {
        vendor.on("*", calling(new ToolCall("c1", "weather", "{\"name\":\"Paris\"}")), saying("Warm."));

        gateway.chat(request().toBuilder().toolChoice(ToolChoice.REQUIRED).build(), weather);

        assertThat(requests.get(0).toolChoice()).contains(ToolChoice.REQUIRED);
        assertThat(requests.get(1).toolChoice()).isEmpty();
    }

    @Test
    void a_model_that_never_stops_calling_is_stopped() {
        vendor.on("*", calling(new ToolCall("c1", "weather", "{\"name\":\"Paris\"}")));

        ToolRoundsExceededException e = catchThrowableOfType(
                ToolRoundsExceededException.class,
                () -> gateway.chat(request(), List.of(weather), 2, CallOptions.DEFAULT));

        assertThat(e).hasMessageContaining("after 2 rounds");
        assertThat(asked).hasSize(2);
        assertThat(e.attempts()).hasSize(3);
        assertThat(e.response().choices().get(0).message().toolCalls()).hasSize(1);
    }

    @Test
    void an_interrupted_tool_ends_the_call() {
        ToolFunction<Nothing> slow = Tool.of("slow", "Waits", Nothing.class, nothing -> {
            throw new InterruptedException();
        });
        vendor.on("*", calling(new ToolCall("c1", "slow", "{}")));

        assertThatThrownBy(() -> gateway.chat(request(), slow)).isInstanceOf(CallCancelledException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(vendor.attempts()).hasSize(1);
    }

    @Test
    void bad_tools_are_refused_at_once() {
        assertThatThrownBy(() -> Tool.of("two words", "x", City.class, City::name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name must be");
        assertThatThrownBy(() -> gateway.chat(request(), weather, weather))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two tools are named weather");
        assertThatThrownBy(() -> gateway.chat(request(), List.of(weather), 0, CallOptions.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxRounds");
    }

    private static ChatRequest request() {
        return ChatRequest.of("alpha/m", "What is the weather?");
    }

    private String lastResult() {
        List<Message> messages = requests.get(requests.size() - 1).messages();
        return messages.get(messages.size() - 1).text();
    }

    private ScriptedProvider.Step saying(String text) {
        return step(List.of(new ChatEvent.TextDelta(0, text), new ChatEvent.Finish(0, FinishReason.STOP)));
    }

    private ScriptedProvider.Step calling(ToolCall... calls) {
        List<ChatEvent> all = new ArrayList<>();
        for (int i = 0; i < calls.length; i++) {
            all.add(new ChatEvent.ToolCallDelta(
                    0, i, calls[i].id(), calls[i].name(), calls[i].arguments(), calls[i].extra()));
        }
        all.add(new ChatEvent.Finish(0, FinishReason.TOOL_CALLS));
        return step(all);
    }

    private ScriptedProvider.Step step(List<ChatEvent> answer) {
        return events((request, call) -> {
            requests.add(request);
            List<ChatEvent> all = new ArrayList<>(answer);
            all.add(new ChatEvent.UsageReport(
                    Usage.builder().promptTokens(10).completionTokens(5).build()));
            return all;
        });
    }
}
