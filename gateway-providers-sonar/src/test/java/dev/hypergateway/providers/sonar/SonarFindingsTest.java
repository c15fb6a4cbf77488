package dev.hypergateway.providers.sonar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.ChatResponseAssembler;
import dev.hypergateway.provider.ProviderStream;
import dev.hypergateway.recordings.OpenAiAnswer;
import dev.hypergateway.recordings.Recording;
import dev.hypergateway.recordings.Recordings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SonarFindingsTest {
    private static final String ANSWER = """
            {"id":"i","model":"sonar","created":1780944481,
             "usage":{"prompt_tokens":1,"completion_tokens":2,"cost":{"request_cost":0.005,"total_cost":0.00502,"note":"x"}},
             "search_results":[{"title":"A","url":"https://a.example","date":null,"last_updated":"2026-06-08","snippet":"s",
              "source":"web"},{"title":"no address"},"nonsense"],
             "images":[{"image_url":"https://a.example/i.png","origin_url":"https://a.example","height":480,"width":640,
              "title":"I"},{"title":"no address"}],
             "related_questions":["Why?",{"text":"nonsense"}],
             "choices":[{"index":0,"message":{"role":"assistant","content":"Yes."},"finish_reason":"stop"}]}""";

    private final SonarProvider provider = new SonarProvider();

    @Test
    void gives_what_was_found_and_charged_as_values() {
        SonarFindings findings = SonarFindings.of(answered(ANSWER));

        assertThat(findings.searchResults())
                .containsExactly(new SearchResult("https://a.example", "A", "s", null, "2026-06-08", "web"));
        assertThat(findings.images())
                .containsExactly(new FoundImage("https://a.example/i.png", "https://a.example", "I", 640, 480));
        assertThat(findings.relatedQuestions()).containsExactly("Why?");
        assertThat(findings.charges())
                .isEqualTo(Map.of("request_cost", new BigDecimal("0.005"), "total_cost", new BigDecimal("0.00502")));
    }

    @Test
    void is_empty_for_an_answer_without_findings() {
        SonarFindings findings = SonarFindings.of(
                answered("{\"choices\":[{\"message\":{\"content\":\"Yes.\"},\"finish_reason\":\"stop\"}]}"));

        assertThat(findings).isEqualTo(new SonarFindings(List.of(), List.of(), List.of(), Map.of()));
    }

    @TestFactory
    Stream<DynamicTest> gives_all_that_a_recorded_answer_says() {
        return Recordings.of("perplexity").to("/chat/completions").stream()
                .filter(recording -> recording.status() == 200)
                .map(recording -> DynamicTest.dynamicTest(recording.name(), () -> assertAll(recording)));
    }

    private void assertAll(Recording recording) {
        JsonNode answer = OpenAiAnswer.of(recording);
        SonarFindings findings;
        try (LoopbackPerplexity perplexity = LoopbackPerplexity.replaying(recording)) {
            findings = SonarFindings.of(
                    recording.isStream()
                            ? streamed(perplexity)
                            : provider.chat(LoopbackPerplexity.QUESTION, perplexity.call()));
        }

        List<SearchResult> results = new ArrayList<>();
        answer.path("search_results")
                .forEach(result -> results.add(new SearchResult(
                        result.get("url").asText(),
                        result.path("title").asText(null),
                        result.path("snippet").asText(null),
                        result.path("date").asText(null),
                        result.path("last_updated").asText(null),
                        result.path("source").asText(null))));
        assertThat(findings.searchResults()).isEqualTo(results);
        Map<String, Double> charges = new LinkedHashMap<>();
        answer.at("/usage/cost")
                .properties()
                .forEach(item -> charges.put(item.getKey(), item.getValue().asDouble()));
        assertThat(findings.charges().keySet()).isEqualTo(charges.keySet());
        charges.forEach((name, amount) ->
                assertThat(findings.charges().get(name).doubleValue()).isEqualTo(amount));
    }

    private ChatResponse streamed(LoopbackPerplexity perplexity) {
        ChatResponseAssembler assembler = new ChatResponseAssembler();
        try (ProviderStream stream = provider.stream(LoopbackPerplexity.QUESTION, perplexity.call())) {
            for (ChatEvent event = stream.next(); event != null; event = stream.next()) {
                assembler.accept(event);
            }
        }
        return assembler.response();
    }

    private ChatResponse answered(String body) {
        try (LoopbackPerplexity perplexity = LoopbackPerplexity.answering(200, "application/json", body)) {
            return provider.chat(LoopbackPerplexity.QUESTION, perplexity.call());
        }
    }
}
