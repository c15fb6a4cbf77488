package dev.hypergateway.providers.gemini;

import static dev.hypergateway.providers.gemini.Answers.streamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.FinishReason;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.provider.ProviderException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GeminiAnswerTest {
    @Test
    void tells_a_stream_in_the_order_of_the_contract_with_the_last_usage_only() {
        assertThat(streamed(
                        "{'candidates': [{'content': {'parts': [{'text': 'Hm', 'thought': true}]}, 'index': 0}],"
                                + "'usageMetadata': {'promptTokenCount': 4, 'totalTokenCount': 4}, 'responseId': 'r'}",
                        "{'candidates': [{'content': {'parts': [{'text': 'Hel'}]}}],"
                                + "'usageMetadata': {'promptTokenCount': 4, 'candidatesTokenCount': 1}, 'responseId': 'r'}",
                        "{'candidates': [{'content': {'parts': [{'text': 'lo'}]}, 'finishReason': 'STOP'}],"
                                + "'usageMetadata': {'promptTokenCount': 4, 'candidatesTokenCount': 2,"
                                + " 'thoughtsTokenCount': 3, 'totalTokenCount': 9}, 'responseId': 'r'}"))
                .containsExactly(
                        new ChatEvent.Start("r", Answers.NOW, "gemini-2.5-flash"),
                        new ChatEvent.ReasoningDelta(0, "Hm"),
                        new ChatEvent.TextDelta(0, "Hel"),
                        new ChatEvent.TextDelta(0, "lo"),
                        new ChatEvent.Finish(0, FinishReason.STOP),
                        new ChatEvent.UsageReport(Usage.builder()
                                .promptTokens(4)
                                .completionTokens(5)
                                .totalTokens(9)
                                .reasoningTokens(3L)
                                .build()));
    }

    @Test
    void tells_each_tool_call_whole_with_a_position_of_its_own() {
        assertThat(streamed(
                        "{'candidates': [{'content': {'parts': [{'functionCall': {'name': 'f', 'args': {'a': 1}},"
                                + " 'thoughtSignature': 'S'}]}}], 'responseId': 'r'}",
                        "{'candidates': [{'content': {'parts': [{'functionCall': {'name': 'g', 'args': {}}}]}}]}",
                        "{'candidates': [{'content': {'parts': [{'text': ''}]}, 'finishReason': 'STOP'}]}"))
                .containsExactly(
                        new ChatEvent.Start("r", Answers.NOW, "gemini-2.5-flash"),
                        new ChatEvent.ToolCallDelta(0, 0, "call_1", "f", "{\"a\":1}", GooglesExtra.fields("S")),
                        new ChatEvent.ToolCallDelta(0, 1, "call_2", "g", "{}", Map.of()),
                        new ChatEvent.Finish(0, FinishReason.TOOL_CALLS));
    }

    @Test
    void finishes_each_candidate_once_even_if_Gemini_repeats_the_reason() {
        List<ChatEvent> events = streamed(
                "{'candidates': [{'content': {'parts': [{'text': 'a'}]}, 'finishReason': 'STOP', 'index': 0}]}",
                "{'candidates': [{'content': {'parts': [{'text': 'b'}]}, 'finishReason': 'STOP', 'index': 1}]}",
                "{'candidates': [{'content': {'parts': [{'text': 'c'}]}, 'finishReason': 'MAX_TOKENS', 'index': 0}]}");

        assertThat(events)
                .filteredOn(ChatEvent.Finish.class::isInstance)
                .containsExactly(
                        new ChatEvent.Finish(0, FinishReason.LENGTH), new ChatEvent.Finish(1, FinishReason.STOP));
    }

    @Test
    void is_complete_only_when_every_candidate_has_its_reason() {
        GeminiAnswer answer = Answers.fresh();
        assertThat(answer.isComplete()).isFalse();

        answer.accept(Json.of("{'candidates': [{'finishReason': 'STOP', 'index': 0}, {'content': {}, 'index': 1}]}"));
        assertThat(answer.isComplete()).isFalse();

        answer.accept(Json.of("{'candidates': [{'finishReason': 'STOP', 'index': 1}]}"));
        assertThat(answer.isComplete()).isTrue();
    }

    @Test
    void ends_with_a_content_filter_when_thoughts_have_come_before_the_block() {
        assertThat(streamed(
                        "{'candidates': [{'content': {'parts': [{'text': 'Hm', 'thought': true}]}}]}",
                        "{'candidates': [{'finishReason': 'SAFETY'}]}"))
                .contains(new ChatEvent.Finish(0, FinishReason.CONTENT_FILTER));
        assertThatCode(() -> streamed("{'candidates': [{'finishReason': 'SAFETY'}]}"))
                .isInstanceOf(ProviderException.class);
    }

    @Test
    void tells_log_probabilities_with_the_text_that_they_are_of() {
        String logprobs = "'logprobsResult': {'chosenCandidates': [{'token': '%s', 'logProbability': -0.5}]}";
        List<ChatEvent> events = streamed(
                "{'candidates': [{'content': {'parts': [{'text': 'Hel'}]}, " + logprobs.formatted("Hel") + "}]}",
                "{'candidates': [{'content': {'parts': [{'text': 'lo'}]}, 'finishReason': 'STOP', "
                        + logprobs.formatted("lo") + "}]}");

        assertThat(events)
                .filteredOn(ChatEvent.TextDelta.class::isInstance)
                .extracting(event -> GeminiJson.tree(((ChatEvent.TextDelta) event).logprobs())
                        .at("/content/0/token")
                        .asText())
                .containsExactly("Hel", "lo");
    }

    @Test
    void tells_grounding_once_and_not_the_empty_ones_before() {
        List<ChatEvent> events = streamed(
                "{'candidates': [{'content': {'parts': [{'text': 'a'}]}, 'groundingMetadata': {}}]}",
                "{'candidates': [{'finishReason': 'STOP', 'groundingMetadata': {'webSearchQueries': ['q']}}]}");

        assertThat(events)
                .filteredOn(ChatEvent.Extra.class::isInstance)
                .containsExactly(new ChatEvent.Extra(
                        0,
                        Map.of(
                                "extra_content",
                                Map.of(
                                        "google",
                                        Map.of("groundingMetadata", Map.of("webSearchQueries", List.of("q")))))));
    }
}
