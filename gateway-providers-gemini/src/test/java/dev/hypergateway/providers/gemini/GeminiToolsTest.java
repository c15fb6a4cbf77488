package dev.hypergateway.providers.gemini;

import static dev.hypergateway.providers.gemini.GeminiRequestWriterTest.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.Tool;
import dev.hypergateway.chat.ToolChoice;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiToolsTest {
    private static final Tool WEATHER =
            Tool.function("weather", "Tells the weather", Map.of("type", "object", "additionalProperties", false));
    private static final Tool CLOCK = new Tool.Function("clock", null, null, null, Map.of());

    @Test
    void declares_functions_with_their_JSON_schema() {
        assertThat(body(request()).get("tools")).isEqualTo(Json.of("""
                                [{'functionDeclarations': [
                                  {'name': 'weather', 'description': 'Tells the weather',
                                   'parametersJsonSchema': {'type': 'object', 'additionalProperties': false}},
                                  {'name': 'clock'}]}]"""));
        assertThat(body(request()).has("toolConfig")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"auto, AUTO", "none, NONE", "required, ANY", "validated, VALIDATED"})
    void translates_the_general_choices(String word, String mode) {
        assertThat(body(request().toolChoice(new ToolChoice.Mode(word))).get("toolConfig"))
                .isEqualTo(Json.of("{'functionCallingConfig': {'mode': '" + mode + "'}}"));
    }

    @Test
    void allows_only_the_function_that_is_named() {
        assertThat(body(request().toolChoice(ToolChoice.function("clock"))).get("toolConfig"))
                .isEqualTo(Json.of("{'functionCallingConfig': {'mode': 'ANY', 'allowedFunctionNames': ['clock']}}"));
    }

    @ParameterizedTest
    @CsvSource({"auto, VALIDATED", "required, ANY"})
    void allows_only_the_functions_that_are_listed(String word, String mode) {
        Map<String, Object> clock = Map.of("type", "function", "function", Map.of("name", "clock"));
        ToolChoice allowed = new ToolChoice.Other(
                Map.of("type", "allowed_tools", "allowed_tools", Map.of("mode", word, "tools", List.of(clock))));

        assertThat(body(request().toolChoice(allowed)).at("/toolConfig/functionCallingConfig"))
                .isEqualTo(Json.of("{'mode': '" + mode + "', 'allowedFunctionNames': ['clock']}"));
    }

    @Test
    void holds_calls_of_strict_functions_to_their_schema() {
        Tool strict = new Tool.Function("f", null, Map.of("type", "object"), true, Map.of());

        assertThat(body(request().tools(List.of(CLOCK, strict)))
                        .at("/toolConfig/functionCallingConfig/mode")
                        .asText())
                .isEqualTo("VALIDATED");
        assertThat(body(request().tools(List.of(strict)).toolChoice(ToolChoice.AUTO))
                        .at("/toolConfig/functionCallingConfig/mode")
                        .asText())
                .isEqualTo("VALIDATED");
        assertThat(body(request().tools(List.of(strict)).toolChoice(ToolChoice.REQUIRED))
                        .at("/toolConfig/functionCallingConfig/mode")
                        .asText())
                .isEqualTo("ANY");
        assertThat(body(request().tools(List.of(strict)).toolChoice(ToolChoice.NONE))
                        .at("/toolConfig/functionCallingConfig/mode")
                        .asText())
                .isEqualTo("NONE");
    }

    @ParameterizedTest
    @CsvSource({"gemini-3-flash-preview, true", "gemini-2.5-flash, false"})
    void lets_functions_and_Googles_own_tools_go_together_from_generation_3_on(String model, boolean together) {
        Map<String, Object> search = Map.of("google", Map.of("tools", List.of(Map.of("google_search", Map.of()))));

        JsonNode plain = Drafts.body(model, request().extra(search));
        JsonNode auto = Drafts.body(model, request().toolChoice(ToolChoice.AUTO).extra(search));
        JsonNode alone = Drafts.body(model, request().tools(List.of()).extra(search));

        assertThat(plain.path("toolConfig").toString())
                .isEqualTo(together ? "{\"includeServerSideToolInvocations\":true}" : "");
        assertThat(auto.at("/toolConfig/functionCallingConfig/mode").asText())
                .isEqualTo(together ? "VALIDATED" : "AUTO");
        assertThat(alone.has("toolConfig")).isFalse();
    }

    @Test
    void searches_the_web_when_OpenAI_is_asked_to() {
        Map<String, Object> options = Map.of("web_search_options", Map.of("search_context_size", "low"));
        ChatRequest.Builder search =
                ChatRequest.builder().model("google/gemini-2.5-flash").user("?").extra(options);

        assertThat(body(search).get("tools")).isEqualTo(Json.of("[{'googleSearch': {}}]"));
        assertThat(Drafts.body("gemini-3-flash-preview", request().extra(options))
                        .at("/toolConfig"))
                .isEqualTo(Json.of("{'includeServerSideToolInvocations': true}"));
    }

    @Test
    void needs_tools_for_a_choice_that_demands_one() {
        ChatRequest.Builder none =
                ChatRequest.builder().model("google/gemini-2.5-flash").user("?");

        assertThat(body(none.toolChoice(ToolChoice.AUTO)).has("toolConfig")).isFalse();
        assertRefused(none.toolChoice(ToolChoice.REQUIRED), "tool_choice");
    }

    @Test
    void refuses_what_Gemini_cannot_express() {
        assertRefused(request().tools(List.of(new Tool.Other("web_search", Map.of("type", "web_search")))), "tools[0]");
        assertRefused(request().toolChoice(new ToolChoice.Mode("sometimes")), "tool_choice");
        assertRefused(request().toolChoice(new ToolChoice.Other(Map.of("type", "custom"))), "tool_choice");
        assertRefused(
                request()
                        .toolChoice(new ToolChoice.Other(Map.of(
                                "type", "allowed_tools", "allowed_tools", Map.of("mode", "auto", "tools", List.of())))),
                "tool_choice.allowed_tools.tools");
        assertRefused(request().parallelToolCalls(false), "parallel_tool_calls");
    }

    private static ChatRequest.Builder request() {
        return ChatRequest.builder()
                .model("google/gemini-2.5-flash")
                .user("Weather?")
                .tools(List.of(WEATHER, CLOCK));
    }

    private static JsonNode body(ChatRequest.Builder request) {
        return Drafts.body(request);
    }
}
