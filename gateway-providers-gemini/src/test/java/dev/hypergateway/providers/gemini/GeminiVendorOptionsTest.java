package dev.hypergateway.providers.gemini;

import static dev.hypergateway.providers.gemini.GeminiRequestWriterTest.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.Tool;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
    void prefers_the_vendor_s_own_thinking_settings_to_the_general_effort() {
        JsonNode body = body(request()
                .reasoningEffort("low")
                .temperature(0.5)
                .extra(Map.of(
                        "extra_body", Map.of("google", Map.of("thinking_config", Map.of("include_thoughts", true))))));

        assertThat(body.get("generationConfig"))
                .isEqualTo(Json.of("{'temperature': 0.5, 'thinkingConfig': {'include_thoughts': true}}"));
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
        assertRefused(request().extra(Map.of("google", Map.of("contents", List.of()))), "google");
        assertRefused(request().extra(Map.of("google", Map.of("system_instruction", "x"))), "google");
    }

    @Test
    void refuses_options_that_are_no_object() {
        assertRefused(request().extra(Map.of("google", "fast")), "google");
    }

    private static ChatRequest.Builder request() {
        return ChatRequest.builder().model("google/gemini-2.5-flash").user("?");
    }

    private static JsonNode body(ChatRequest.Builder request) {
        return GeminiRequestWriter.write(request.build(), GeminiModelName.of("gemini-2.5-flash"));
    }
}
