package dev.hypergateway.providers.gigachat;

import static dev.hypergateway.providers.gigachat.Bodies.body;
import static dev.hypergateway.providers.gigachat.Bodies.json;
import static dev.hypergateway.providers.gigachat.Bodies.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ResponseFormat;
import dev.hypergateway.chat.Tool;
import dev.hypergateway.chat.ToolChoice;
import dev.hypergateway.trace.FailureKind;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GigaChatRequestWriterTest {
    private static final Tool WEATHER = Tool.function("weather", "The weather", Map.of("type", "object"));

    @Test
    void writes_as_little_as_was_asked() {
        assertThat(body(request -> request.user("Hi")))
                .isEqualTo(json("{'model':'GigaChat-2','messages':[{'role':'user','content':'Hi'}]}"));
    }

    @Test
    void asks_for_a_stream() {
        assertThat(GigaChatRequestWriter.write(ChatRequest.of("m", "Hi"), "m", true)
                        .body()
                        .path("stream")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void writes_limits_and_sampling() {
        assertThat(body(request -> request.user("Hi")
                        .temperature(0.3)
                        .topP(0.9)
                        .maxTokens(10)
                        .maxCompletionTokens(20)
                        .n(2)))
                .isEqualTo(json("{'model':'GigaChat-2','messages':[{'role':'user','content':'Hi'}],"
                        + "'temperature':0.3,'top_p':0.9,'max_tokens':20,'n':2}"));
    }

    @Test
    void says_a_temperature_of_zero_in_GigaChats_way() {
        assertThat(body(request -> request.user("Hi").temperature(0.0).topP(0.9)))
                .isEqualTo(json("{'model':'GigaChat-2','messages':[{'role':'user','content':'Hi'}],'top_p':0}"));
    }

    @Test
    void flattens_a_schema() {
        ResponseFormat format = new ResponseFormat.JsonSchema(
                "reply", "What to say", Map.of("type", "object", "$defs", Map.of()), true, Map.of());

        assertThat(body(request -> request.user("Hi").responseFormat(format)).get("response_format"))
                .isEqualTo(
                        json("{'type':'json_schema','schema':{'type':'object','$defs':{},'description':'What to say'},"
                                + "'strict':true}"));
        assertThat(body(request -> request.user("Hi").responseFormat(ResponseFormat.TEXT))
                        .has("response_format"))
                .isFalse();
    }

    @Test
    void writes_tools_as_functions() {
        assertThat(body(request -> request.user("Hi").tools(List.of(WEATHER))).get("functions"))
                .isEqualTo(json("[{'name':'weather','description':'The weather',"
                        + "'parameters':{'type':'object','properties':{}}}]"));
        assertThat(choice(null)).isEqualTo(json("'auto'"));
    }

    @Test
    void keeps_GigaChats_own_fields_of_a_function() {
        Tool tool = new Tool.Function(
                "weather",
                null,
                null,
                true,
                Map.of("function", Map.of("few_shot_examples", List.of(Map.of("request", "?")), "other", 1)));

        assertThat(body(request -> request.user("Hi").tools(List.of(tool)))
                        .path("functions")
                        .get(0))
                .isEqualTo(json("{'name':'weather','parameters':{'type':'object','properties':{}},"
                        + "'few_shot_examples':[{'request':'?'}]}"));
    }

    @Test
    void writes_the_tool_choice() {
        assertThat(choice(ToolChoice.AUTO)).isEqualTo(json("'auto'"));
        assertThat(choice(ToolChoice.NONE)).isEqualTo(json("'none'"));
        assertThat(choice(ToolChoice.REQUIRED)).isEqualTo(json("{'name':'weather'}"));
        assertThat(choice(ToolChoice.function("weather"))).isEqualTo(json("{'name':'weather'}"));
    }

    @ParameterizedTest
    @CsvSource({"minimal,low", "low,low", "medium,medium", "high,high", "xhigh,high"})
    void writes_the_reasoning_effort(String effort, String expected) {
        assertThat(body(request -> request.user("Hi").reasoningEffort(effort))
                        .path("reasoning_effort")
                        .asText())
                .isEqualTo(expected);
    }

    @Test
    void leaves_out_the_effort_none() {
        assertThat(body(request -> request.user("Hi").reasoningEffort("none")).has("reasoning_effort"))
                .isFalse();
    }

    @Test
    void passes_on_GigaChats_own_fields() {
        assertThat(body(request -> request.user("Hi")
                        .extra(Map.of(
                                "repetition_penalty",
                                1.1,
                                "gigachat",
                                Map.of("profanity_check", true, "anything", "else")))))
                .isEqualTo(json("{'model':'GigaChat-2','messages':[{'role':'user','content':'Hi'}],"
                        + "'repetition_penalty':1.1,'profanity_check':true,'anything':'else'}"));
    }

    @ParameterizedTest
    @MethodSource
    void refuses_what_cannot_be_said(String param, UnaryOperator<ChatRequest.Builder> change) {
        var failure = refusal(request -> change.apply(request.user("Hi")));

        assertThat(failure.kind()).isEqualTo(FailureKind.INVALID_REQUEST);
        assertThat(failure.param()).contains(param);
    }

    static Stream<Arguments> refuses_what_cannot_be_said() {
        return Stream.of(
                row("stop", request -> request.stop(List.of("END"))),
                row("logprobs", request -> request.logprobs(true)),
                row("top_logprobs", request -> request.topLogprobs(2)),
                row("n", request -> request.n(0)),
                row("response_format", request -> request.responseFormat(ResponseFormat.JSON_OBJECT)),
                row(
                        "response_format",
                        request ->
                                request.responseFormat(new ResponseFormat.JsonSchema("x", null, null, null, Map.of()))),
                row(
                        "response_format",
                        request ->
                                request.responseFormat(new ResponseFormat.Other("grammar", Map.of("type", "grammar")))),
                row("reasoning_effort", request -> request.reasoningEffort("heroic")),
                row(
                        "tools[0]",
                        request -> request.tools(List.of(new Tool.Other("web_search", Map.of("type", "web_search"))))),
                row(
                        "tools[0].function.parameters",
                        request -> request.tools(List.of(Tool.function("f", "", Map.of("type", "string"))))),
                row("tool_choice", request -> request.tools(List.of(WEATHER)).toolChoice(ToolChoice.function("other"))),
                row("tool_choice", request -> request.toolChoice(ToolChoice.REQUIRED)),
                row(
                        "tool_choice",
                        request -> request.tools(List.of(WEATHER))
                                .toolChoice(new ToolChoice.Other(Map.of("type", "allowed_tools")))),
                row(
                        "tool_choice",
                        request -> request.tools(List.of(WEATHER, Tool.function("other", "", Map.of("type", "object"))))
                                .toolChoice(ToolChoice.REQUIRED)),
                row("logit_bias", request -> request.extra(Map.of("logit_bias", Map.of("50256", -100)))),
                row("functions", request -> request.extra(Map.of("functions", List.of(Map.of("name", "f"))))),
                row("modalities", request -> request.extra(Map.of("modalities", List.of("text", "audio")))),
                row("gigachat", request -> request.extra(Map.of("gigachat", "yes"))),
                row("gigachat", request -> request.extra(Map.of("gigachat", Map.of("messages", List.of())))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1st", "Плохое_Имя", "with space", "a/b"})
    void refuses_names_of_functions_that_GigaChat_does_not_take(String name) {
        assertThat(refusal(request -> request.user("Hi").tools(List.of(Tool.function(name, "", Map.of()))))
                        .param())
                .contains("tools[0].function.name");
    }

    private static com.fasterxml.jackson.databind.JsonNode choice(ToolChoice choice) {
        return body(request -> request.user("Hi").tools(List.of(WEATHER)).toolChoice(choice))
                .get("function_call");
    }

    private static Arguments row(String param, UnaryOperator<ChatRequest.Builder> change) {
        return Arguments.of(param, change);
    }
}
