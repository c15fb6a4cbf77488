package dev.hypergateway.providers.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ResponseFormat;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.trace.FailureKind;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiRequestWriterTest {
    @Test
    void writes_a_question_and_nothing_else() {
        assertThat(body(question()))
                .isEqualTo(Json.of("{'contents': [{'role': 'user', 'parts': [{'text': 'Why?'}]}]}"));
    }

    @Test
    void writes_every_sampling_parameter() {
        JsonNode config = body(question()
                        .temperature(0.25)
                        .topP(0.5)
                        .maxTokens(10)
                        .maxCompletionTokens(20)
                        .stop(List.of("END", "\n\n"))
                        .seed(42L)
                        .n(2)
                        .logprobs(true)
                        .topLogprobs(3)
                        .extra(Map.of("top_k", 40)))
                .get("generationConfig");

        assertThat(config).isEqualTo(Json.of("""
                                {'temperature': 0.25, 'topP': 0.5, 'topK': 40, 'seed': 42, 'maxOutputTokens': 20, 'stopSequences': ['END', '\\n\\n'],
                                 'candidateCount': 2, 'responseLogprobs': true, 'logprobs': 3}"""));
    }

    @ParameterizedTest
    @CsvSource({"gemini-2.0-flash, true", "gemini-2.5-flash, false", "gemini-3-flash-preview, false"})
    void writes_penalties_only_for_models_that_take_them(String model, boolean taken) {
        JsonNode body = Drafts.body(model, question().presencePenalty(0.125).frequencyPenalty(-0.5));

        assertThat(body.has("generationConfig")).isEqualTo(taken);
        assertThat(body.at("/generationConfig/presencePenalty").asDouble()).isEqualTo(taken ? 0.125 : 0);
        assertThat(body.at("/generationConfig/frequencyPenalty").asDouble()).isEqualTo(taken ? -0.5 : 0);
    }

    @ParameterizedTest
    @CsvSource({"default, standard", "flex, flex", "priority, priority", "auto, ", "scale, "})
    void translates_the_service_tier(String tier, String expected) {
        assertThat(body(question().extra(Map.of("service_tier", tier)))
                        .path("serviceTier")
                        .asText(null))
                .isEqualTo(expected);
    }

    @Test
    void writes_one_allowed_value_of_a_schema_in_the_way_that_Gemini_heeds() {
        Map<String, Object> schema = Map.of(
                "type",
                "object",
                "properties",
                Map.of(
                        "kind", Map.of("const", "cat"),
                        "const", Map.of("type", "string"),
                        "all", Map.of("const", true),
                        "list", Map.of("type", "array", "items", Map.of("anyOf", List.of(Map.of("const", 1))))),
                "default",
                Map.of("const", "kept"));

        assertThat(body(question().responseFormat(ResponseFormat.jsonSchema("answer", schema)))
                        .at("/generationConfig/responseJsonSchema"))
                .isEqualTo(Json.of("""
                                {'type': 'object', 'default': {'const': 'kept'}, 'properties': {
                                  'kind': {'enum': ['cat']}, 'const': {'type': 'string'}, 'all': {'const': true},
                                  'list': {'type': 'array', 'items': {'anyOf': [{'enum': [1]}]}}}}"""));
    }

    @Test
    void takes_the_older_token_limit_when_it_stands_alone() {
        assertThat(body(question().maxTokens(10)).at("/generationConfig/maxOutputTokens"))
                .isEqualTo(Json.of("10"));
    }

    @Test
    void folds_a_seed_of_more_than_32_bits_the_same_way_each_time() {
        JsonNode first = body(question().seed(1L << 40)).at("/generationConfig/seed");
        JsonNode second = body(question().seed(1L << 40)).at("/generationConfig/seed");

        assertThat(first.isInt()).isTrue();
        assertThat(second).isEqualTo(first);
    }

    @Test
    void does_not_mention_one_choice() {
        assertThat(body(question().n(1)).has("generationConfig")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0", "9"})
    void refuses_a_number_of_choices_that_Gemini_does_not_make(int n) {
        assertRefused(question().n(n), "n");
    }

    @Test
    void refuses_a_sixth_stop_sequence() {
        assertThatCode(() -> body(question().stop(List.of("1", "2", "3", "4", "5"))))
                .doesNotThrowAnyException();
        assertRefused(question().stop(List.of("1", "2", "3", "4", "5", "6")), "stop");
    }

    @Test
    void refuses_top_logprobs_without_logprobs() {
        assertRefused(question().topLogprobs(2), "top_logprobs");
    }

    @Test
    void refuses_a_top_k_that_is_no_number() {
        assertRefused(question().extra(Map.of("top_k", "many")), "top_k");
    }

    @Test
    void asks_for_any_JSON_by_media_type() {
        assertThat(body(question().responseFormat(ResponseFormat.JSON_OBJECT)).get("generationConfig"))
                .isEqualTo(Json.of("{'responseMimeType': 'application/json'}"));
    }

    @Test
    void hands_over_a_JSON_schema_unchanged() {
        Map<String, Object> schema = Map.of("type", "object", "additionalProperties", false);

        assertThat(body(question().responseFormat(ResponseFormat.jsonSchema("answer", schema)))
                        .get("generationConfig"))
                .isEqualTo(Json.of("{'responseMimeType': 'application/json',"
                        + " 'responseJsonSchema': {'type': 'object', 'additionalProperties': false}}"));
    }

    @Test
    void takes_text_as_the_default_form() {
        assertThat(body(question().responseFormat(ResponseFormat.TEXT)).has("generationConfig"))
                .isFalse();
    }

    @Test
    void refuses_an_unknown_response_format() {
        assertRefused(
                question().responseFormat(new ResponseFormat.Other("grammar", Map.of("type", "grammar"))),
                "response_format");
    }

    @ParameterizedTest
    @CsvSource({"logit_bias", "functions", "function_call", "audio"})
    void refuses_fields_that_would_change_the_answer_and_that_Gemini_lacks(String field) {
        assertRefused(question().extra(Map.of(field, Map.of("a", 1))), field);
    }

    @Test
    void refuses_answers_in_sound() {
        assertRefused(question().extra(Map.of("modalities", List.of("text", "audio"))), "modalities");
        assertThatCode(() -> body(question().extra(Map.of("modalities", List.of("text")))))
                .doesNotThrowAnyException();
    }

    @Test
    void leaves_out_fields_that_change_no_answer() {
        assertThat(body(question()
                        .endUser("u-1")
                        .promptCacheKey("k")
                        .extra(Map.of("metadata", Map.of("a", "b"), "store", true, "logit_bias", Map.of()))))
                .isEqualTo(body(question()));
    }

    private static ChatRequest.Builder question() {
        return ChatRequest.builder().model("google/gemini-2.5-flash").user("Why?");
    }

    private static JsonNode body(ChatRequest.Builder request) {
        return Drafts.body(request);
    }

    static void assertRefused(ChatRequest.Builder request, String param) {
        assertThatCode(() -> body(request))
                .asInstanceOf(InstanceOfAssertFactories.type(ProviderException.class))
                .satisfies(e -> {
                    assertThat(e.failure().kind()).isEqualTo(FailureKind.INVALID_REQUEST);
                    assertThat(e.failure().param()).contains(param);
                });
    }
}
