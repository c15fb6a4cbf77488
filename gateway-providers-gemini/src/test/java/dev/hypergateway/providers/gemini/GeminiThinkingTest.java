package dev.hypergateway.providers.gemini;

import static dev.hypergateway.providers.gemini.GeminiRequestWriterTest.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.chat.ChatRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiThinkingTest {
    @ParameterizedTest
    @CsvSource({
        "gemini-2.5-flash, none, 0",
        "gemini-2.5-flash, minimal, 1024",
        "gemini-2.5-flash, low, 1024",
        "gemini-2.5-flash-lite, medium, 8192",
        "gemini-2.5-pro, high, 24576",
        "gemini-2.5-pro, none, 128"
    })
    void gives_generation_2_5_a_budget(String model, String effort, int budget) {
        assertThat(config(model, effort)).isEqualTo(Json.of("{'thinkingBudget': " + budget + "}"));
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-3-flash-preview, none, minimal",
        "gemini-3.5-flash, minimal, minimal",
        "gemini-3.5-flash, low, low",
        "gemini-flash-latest, medium, medium",
        "gemini-3.1-pro-preview, none, low",
        "gemini-3.1-pro-preview, medium, medium",
        "gemini-pro-latest, minimal, low",
        "gemini-3-pro-preview, medium, high",
        "gemini-3.7-flash, high, high",
        "gemini-3.7-flash, xhigh, high",
        "gemini-3.7-flash, none, low",
        "gemini-3.8-flash, minimal, low",
        "gemini-flash-latest, minimal, low",
        "gemini-3.6-flash, minimal, minimal",
        "gemini-3.5-flash-lite, none, minimal",
        "gemini-3.1-flash-lite, minimal, minimal",
        "gemini-3.1-flash-lite-image, medium, high",
        "gemini-3.1-flash-image, low, minimal",
        "gemini-10-ultra, high, high"
    })
    void gives_generation_3_a_level(String model, String effort, String level) {
        assertThat(config(model, effort)).isEqualTo(Json.of("{'thinkingLevel': '" + level + "'}"));
    }

    @ParameterizedTest
    @CsvSource({"gemini-2.0-flash", "gemini-1.5-pro", "gemma-4-31b-it"})
    void leaves_models_alone_that_do_not_think(String model) {
        assertThat(config(model, "high").isMissingNode()).isTrue();
    }

    @Test
    void refuses_an_unknown_effort() {
        assertRefused(
                ChatRequest.builder().model("google/gemini-2.5-flash").user("?").reasoningEffort("heroic"),
                "reasoning_effort");
    }

    private static JsonNode config(String model, String effort) {
        ChatRequest request = ChatRequest.builder()
                .model(model)
                .user("?")
                .reasoningEffort(effort)
                .build();
        return Drafts.of(model, request).body().at("/generationConfig/thinkingConfig");
    }
}
