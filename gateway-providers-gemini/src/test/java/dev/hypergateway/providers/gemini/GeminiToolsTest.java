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

    @Test
    void needs_tools_for_a_choice_that_demands_one() {
        ChatRequest.Builder none =
                ChatRequest.builder().model("google/gemini-2.5-flash").user("?");

        assertThat(body(none.toolChoice(ToolChoice.AUTO)).has("toolConfig")).isFalse();
        assertRefused(none.toolChoice(ToolChoice.REQUIRED), "tool_choice");
    }

    @Test
    void refuses_what_Gemini_cannot_express() {
        assertRefused(request().tools(List.of(new Tool.Other("web_search", Map.of("type", "web_search")))), "tools");
        assertRefused(request().toolChoice(new ToolChoice.Mode("sometimes")), "tool_choice");
        assertRefused(request().toolChoice(new ToolChoice.Other(Map.of("type", "allowed_tools"))), "tool_choice");
        assertRefused(request().parallelToolCalls(false), "parallel_tool_calls");
    }

    private static ChatRequest.Builder request() {
        return ChatRequest.builder()
                .model("google/gemini-2.5-flash")
                .user("Weather?")
                .tools(List.of(WEATHER, CLOCK));
    }

    private static JsonNode body(ChatRequest.Builder request) {
        return GeminiRequestWriter.write(request.build(), GeminiModelName.of("gemini-2.5-flash"));
    }
}
