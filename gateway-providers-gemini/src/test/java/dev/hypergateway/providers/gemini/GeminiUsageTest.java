package dev.hypergateway.providers.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.chat.Usage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GeminiUsageTest {
    @Test
    void counts_thoughts_with_the_answer_and_tool_results_with_the_prompt() {
        Usage usage = GeminiUsage.of(Json.of("""
                        {'promptTokenCount': 10, 'toolUsePromptTokenCount': 73, 'candidatesTokenCount': 30,
                         'thoughtsTokenCount': 109, 'totalTokenCount': 222, 'serviceTier': 'standard',
                         'promptTokensDetails': [{'modality': 'TEXT', 'tokenCount': 10}]}"""));

        assertThat(usage)
                .isEqualTo(Usage.builder()
                        .promptTokens(83)
                        .completionTokens(139)
                        .totalTokens(222)
                        .reasoningTokens(109L)
                        .extra(Map.of(
                                "toolUsePromptTokenCount",
                                73,
                                "serviceTier",
                                "standard",
                                "promptTokensDetails",
                                List.of(Map.of("modality", "TEXT", "tokenCount", 10))))
                        .build());
    }

    @Test
    void leaves_cached_tokens_inside_the_prompt() {
        Usage usage = GeminiUsage.of(
                Json.of("{'promptTokenCount': 9622, 'cachedContentTokenCount': 9609, 'candidatesTokenCount': 35,"
                        + " 'thoughtsTokenCount': 136, 'totalTokenCount': 9793}"));

        assertThat(usage)
                .isEqualTo(Usage.builder()
                        .promptTokens(9622)
                        .completionTokens(171)
                        .cachedTokens(9609L)
                        .reasoningTokens(136L)
                        .build());
    }

    @Test
    void adds_up_where_the_total_is_missing() {
        Usage usage = GeminiUsage.of(Json.of("{'candidatesTokenCount': 23, 'thoughtsTokenCount': 67}"));

        assertThat(usage)
                .isEqualTo(Usage.builder()
                        .completionTokens(90)
                        .reasoningTokens(67L)
                        .build());
    }

    @Test
    void says_nothing_where_nothing_was_counted() {
        assertThat(GeminiUsage.of(Json.of("{'trafficType': 'ON_DEMAND'}"))).isNull();
    }
}
