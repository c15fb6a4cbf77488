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
import org.junit.jupiter.params.provider.ValueSource;

class GeminiVendorOptionsTest {
    private static final Map<String, Object> SAFETY =
            Map.of("category", "HARM_CATEGORY_HARASSMENT", "threshold", "BLOCK_NONE");

    @Test
    void passes_safety_settings_and_caches_on() {
        JsonNode body = body(request()
                .extra(Map.of(
                        "google", Map.of("safety_settings", List.of(SAFETY), "cachedContent", "cachedContents/1"))));

        assertThat(body.get("safetySettings"))
                .isEqualTo(Json.of("[{'category': 'HARM_CATEGORY_HARASSMENT', 'threshold': 'BLOCK_NONE'}]"));
        assertThat(body.get("cachedContent").asText()).isEqualTo("cachedContents/1");
    }

    @Test
    void adds_thoughts_to_the_effort_that_is_asked_for() {
        JsonNode body = body(request()
                .reasoningEffort("low")
                .temperature(0.5)
                .extra(Map.of(
                        "extra_body", Map.of("google", Map.of("thinking_config", Map.of("include_thoughts", true))))));

        assertThat(body.get("generationConfig"))
                .isEqualTo(Json.of(
                        "{'temperature': 0.5, 'thinkingConfig': {'thinkingBudget': 1024, 'includeThoughts': true}}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"thinking_budget", "thinkingBudget", "thinking_level", "thinkingLevel"})
    void refuses_an_effort_that_is_given_twice(String field) {
        Map<String, Object> thinking = Map.of("thinking_config", Map.of(field, 1));

        assertRefused(request().reasoningEffort("low").extra(Map.of("google", thinking)), "reasoning_effort");
        assertRefused(
                request().reasoningEffort("low").extra(Map.of("google", Map.of("generation_config", thinking))),
                "reasoning_effort");
        assertThat(body(request().extra(Map.of("google", thinking))).at("/generationConfig/thinkingConfig"))
                .hasSize(1);
    }

    @Test
    void refuses_a_budget_and_a_level_of_thinking_together() {
        assertRefused(
                request()
                        .extra(Map.of(
                                "google",
                                Map.of("thinking_config", Map.of("thinking_budget", 1, "thinking_level", "low")))),
                "google.thinking_config");
    }

    @Test
    void adds_settings_of_tools_to_the_choice_of_one() {
        JsonNode config = body(request()
                        .tools(List.of(new Tool.Function("f", null, null, null, Map.of())))
                        .toolChoice(ToolChoice.REQUIRED)
                        .extra(Map.of(
                                "google",
                                Map.of("tool_config", Map.of("retrieval_config", Map.of("language_code", "de"))))))
                .get("toolConfig");

        assertThat(config)
                .isEqualTo(Json.of(
                        "{'functionCallingConfig': {'mode': 'ANY'}, 'retrievalConfig': {'language_code': 'de'}}"));
    }

    @Test
    void adds_the_vendor_s_own_tools_to_the_functions() {
        JsonNode body = body(request()
                .tools(List.of(new Tool.Function("f", null, null, null, Map.of())))
                .extra(Map.of("google", Map.of("tools", List.of(Map.of("google_search", Map.of()))))));

        assertThat(body.get("tools"))
                .isEqualTo(Json.of("[{'functionDeclarations': [{'name': 'f'}]}, {'google_search': {}}]"));
    }

    @Test
    void takes_generation_settings_one_by_one() {
        JsonNode body = body(request()
                .temperature(0.5)
                .extra(Map.of(
                        "google",
                        Map.of(
                                "generation_config",
                                Map.of("response_modalities", List.of("IMAGE")),
                                "media_resolution",
                                "MEDIA_RESOLUTION_LOW"))));

        assertThat(body.get("generationConfig"))
                .isEqualTo(Json.of("{'temperature': 0.5, 'responseModalities': ['IMAGE'],"
                        + " 'mediaResolution': 'MEDIA_RESOLUTION_LOW'}"));
    }

    @Test
    void refuses_to_replace_the_conversation() {
        assertRefused(request().extra(Map.of("google", Map.of("contents", List.of()))), "google.contents");
        assertRefused(
                request().extra(Map.of("google", Map.of("system_instruction", "x"))), "google.system_instruction");
    }

    @Test
    void refuses_options_that_are_no_object() {
        assertRefused(request().extra(Map.of("google", "fast")), "google");
    }

    private static ChatRequest.Builder request() {
        return ChatRequest.builder().model("google/gemini-2.5-flash").user("?");
    }

    private static JsonNode body(ChatRequest.Builder request) {
        return Drafts.body(request);
    }
}
