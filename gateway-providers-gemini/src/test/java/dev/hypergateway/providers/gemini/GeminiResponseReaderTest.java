package dev.hypergateway.providers.gemini;

import static dev.hypergateway.providers.gemini.Answers.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.entry;

import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.Choice;
import dev.hypergateway.chat.Citation;
import dev.hypergateway.chat.FinishReason;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.ToolCall;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.trace.FailureKind;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiResponseReaderTest {
    @Test
    void reads_text_id_time_and_finish_reason() {
        ChatResponse response = whole("""
                {'candidates': [{'content': {'parts': [{'text': 'It '}, {'text': 'scatters.'}], 'role': 'model'},
                                 'finishReason': 'STOP', 'index': 0}],
                 'modelVersion': 'gemini-2.5-flash-001', 'responseId': 'abc'}""");

        assertThat(response.id()).isEqualTo("abc");
        assertThat(response.created()).isEqualTo(Answers.NOW);
        assertThat(response.text()).isEqualTo("It scatters.");
        assertThat(response.finishReason()).contains(FinishReason.STOP);
        assertThat(response.usage()).isEmpty();
        assertThat(response.extra())
                .containsExactly(
                        entry("extra_content", Map.of("google", Map.of("modelVersion", "gemini-2.5-flash-001"))));
    }

    @Test
    void makes_an_id_where_there_is_none() {
        assertThat(whole("{'candidates': [{'content': {}, 'finishReason': 'STOP'}]}")
                        .id())
                .isEqualTo("gemini-1");
    }

    @Test
    void tells_thoughts_from_text() {
        Message.Assistant message = message("""
                {'candidates': [{'content': {'parts': [{'text': 'Hm. ', 'thought': true}, {'text': 'Well.', 'thought': true},
                                                       {'text': 'Yes.', 'thoughtSignature': 'SIG'}]},
                                 'finishReason': 'STOP'}]}""");

        assertThat(message.reasoning()).isEqualTo("Hm. Well.");
        assertThat(message.text()).isEqualTo("Yes.");
        assertThat(GooglesExtra.signature(message.extra())).isEqualTo("SIG");
    }

    @Test
    void reads_tool_calls_although_the_answer_stopped_like_any_other() {
        ChatResponse response = whole("""
                {'candidates': [{'content': {'parts': [
                    {'functionCall': {'name': 'weather', 'args': {'city': 'Rome'}}, 'thoughtSignature': 'SIG'},
                    {'functionCall': {'name': 'time', 'id': 'x1'}}]},
                  'finishReason': 'STOP', 'finishMessage': 'Model generated function call(s).'}]}""");

        assertThat(response.finishReason()).contains(FinishReason.TOOL_CALLS);
        assertThat(response.choices().get(0).message().toolCalls())
                .containsExactly(
                        new ToolCall("call_2", "weather", "{\"city\":\"Rome\"}", GooglesExtra.fields("SIG")),
                        new ToolCall("call_3", "time", "{}"));
    }

    @ParameterizedTest
    @CsvSource({
        "STOP, stop",
        "MAX_TOKENS, length",
        "SAFETY, content_filter",
        "RECITATION, content_filter",
        "LANGUAGE, content_filter",
        "BLOCKLIST, content_filter",
        "PROHIBITED_CONTENT, content_filter",
        "SPII, content_filter",
        "IMAGE_SAFETY, content_filter",
        "OTHER, other",
        "MALFORMED_FUNCTION_CALL, malformed_function_call",
        "MISSING_THOUGHT_SIGNATURE, missing_thought_signature",
        "SOMETHING_NEW, something_new"
    })
    void translates_the_finish_reason_of_an_answer_with_text(String gemini, String expected) {
        ChatResponse response =
                whole("{'candidates': [{'content': {'parts': [{'text': 'a'}]}, 'finishReason': '" + gemini + "'}]}");

        assertThat(response.finishReason()).contains(new FinishReason(expected));
    }

    @Test
    void keeps_the_reason_behind_a_content_filter() {
        Choice choice = whole("{'candidates': [{'content': {'parts': [{'text': 'a'}]}, 'finishReason': 'RECITATION'}]}")
                .choices()
                .get(0);

        assertThat(choice.extra())
                .containsEntry("extra_content", Map.of("google", Map.of("finishReason", "RECITATION")));
    }

    @Test
    void takes_an_answer_that_spent_its_tokens_on_thoughts_as_empty() {
        ChatResponse response = whole("{'candidates': [{'content': {'role': 'model'}, 'finishReason': 'MAX_TOKENS'}],"
                + "'usageMetadata': {'promptTokenCount': 4, 'thoughtsTokenCount': 16, 'totalTokenCount': 20}}");

        assertThat(response.text()).isEmpty();
        assertThat(response.finishReason()).contains(FinishReason.LENGTH);
        assertThat(response.usage().orElseThrow().completionTokens()).isEqualTo(16);
    }

    @Test
    void takes_a_malformed_tool_call_as_an_answer_that_says_so() {
        ChatResponse response = whole("{'candidates': [{'content': {}, 'finishReason': 'MALFORMED_FUNCTION_CALL',"
                + " 'finishMessage': 'Malformed function call: f{'}]}");

        assertThat(response.text()).isEmpty();
        assertThat(response.finishReason()).contains(new FinishReason("malformed_function_call"));
        assertThat(response.choices().get(0).extra())
                .containsEntry(
                        "extra_content", Map.of("google", Map.of("finishMessage", "Malformed function call: f{")));
    }

    @Test
    void fails_when_the_prompt_was_blocked() {
        Failure failure =
                failure("{'promptFeedback': {'blockReason': 'PROHIBITED_CONTENT', 'blockReasonMessage': 'Not that.'}}");

        assertThat(failure.kind()).isEqualTo(FailureKind.CONTENT_REJECTED);
        assertThat(failure.code()).contains("PROHIBITED_CONTENT");
        assertThat(failure.message()).isEqualTo("Gemini blocked the prompt: PROHIBITED_CONTENT. Not that.");
    }

    @Test
    void fails_when_a_filter_left_nothing_of_the_answer() {
        Failure failure = failure("""
                {'candidates': [{'content': {}, 'finishReason': 'SAFETY', 'safetyRatings': [
                    {'category': 'HARM_CATEGORY_HARASSMENT', 'probability': 'LOW'},
                    {'category': 'HARM_CATEGORY_HATE_SPEECH', 'probability': 'HIGH', 'blocked': true}]}]}""");

        assertThat(failure.kind()).isEqualTo(FailureKind.CONTENT_REJECTED);
        assertThat(failure.message()).isEqualTo("Gemini blocked the answer: SAFETY (HARM_CATEGORY_HATE_SPEECH)");
    }

    @Test
    void keeps_the_other_choices_when_a_filter_took_one() {
        ChatResponse response = whole("""
                {'candidates': [{'content': {}, 'finishReason': 'SAFETY', 'index': 1},
                                {'content': {'parts': [{'text': 'Fine.'}]}, 'finishReason': 'STOP'}]}""");

        assertThat(response.choices())
                .extracting(Choice::finishReason)
                .containsExactly(FinishReason.STOP, FinishReason.CONTENT_FILTER);
    }

    @Test
    void cannot_read_an_answer_without_candidates() {
        assertThat(failure("{'modelVersion': 'x'}").kind()).isEqualTo(FailureKind.UNAVAILABLE);
    }

    @Test
    void places_citations_in_characters_although_Gemini_counts_bytes() {
        Message.Assistant message = message("""
                {'candidates': [{'content': {'parts': [{'text': 'Здравствуй, 🌍! Yes.'}]}, 'finishReason': 'STOP',
                  'groundingMetadata': {
                    'groundingChunks': [{'web': {'uri': 'https://a.example', 'title': 'A'}},
                                        {'web': {'uri': 'https://b.example'}},
                                        {'retrievedContext': {'title': 'stored file', 'text': '…'}}],
                    'groundingSupports': [{'segment': {'startIndex': 28, 'endIndex': 32, 'text': 'Yes.'},
                                           'groundingChunkIndices': [0]}]}}]}""");

        assertThat(message.citations())
                .containsExactly(
                        new Citation("https://a.example", "A", 16, 20),
                        new Citation("https://b.example", null, null, null));
        assertThat(message.text().substring(16, 20)).isEqualTo("Yes.");
    }

    @Test
    void cites_the_page_that_a_picture_was_found_on_and_places_on_a_map() {
        Message.Assistant message = message("""
                {'candidates': [{'content': {'parts': [{'text': 'There.'}]}, 'finishReason': 'STOP',
                  'groundingMetadata': {'groundingChunks': [
                    {'image': {'sourceUri': 'https://page.example', 'imageUri': 'https://cdn.example/1.png', 'title': 'P'}},
                    {'maps': {'uri': 'https://maps.example/1', 'title': 'M', 'placeId': 'x'}},
                    {'somethingNew': {'uri': 'https://new.example'}}]}}]}""");

        assertThat(message.citations())
                .containsExactly(
                        new Citation("https://page.example", "P", null, null),
                        new Citation("https://maps.example/1", "M", null, null),
                        new Citation("https://new.example", null, null, null));
    }

    @Test
    void keeps_what_became_of_the_addresses_that_Gemini_was_to_read() {
        Choice choice = whole("""
                        {'candidates': [{'content': {'parts': [{'text': 'a'}]}, 'finishReason': 'STOP', 'urlContextMetadata': {
                          'urlMetadata': [{'retrievedUrl': 'https://a.example', 'urlRetrievalStatus': 'URL_RETRIEVAL_STATUS_PAYWALL'}]}}]}""").choices().get(0);

        assertThat(GeminiJson.tree(choice.extra())
                        .at("/extra_content/google/urlContextMetadata/urlMetadata/0/urlRetrievalStatus")
                        .asText())
                .isEqualTo("URL_RETRIEVAL_STATUS_PAYWALL");
    }

    @Test
    void tells_the_service_tier_in_the_words_of_OpenAI() {
        ChatResponse response =
                whole("{'candidates': [{'content': {'parts': [{'text': 'a'}]}, 'finishReason': 'STOP'}],"
                        + "'usageMetadata': {'promptTokenCount': 1, 'candidatesTokenCount': 1, 'totalTokenCount': 2,"
                        + " 'serviceTier': 'standard'}}");

        assertThat(response.extra()).containsEntry("service_tier", "default");
    }

    @Test
    void reads_citations_of_quoted_sources() {
        Message.Assistant message = message("""
                {'candidates': [{'content': {'parts': [{'text': 'To be'}]}, 'finishReason': 'STOP',
                  'citationMetadata': {'citationSources': [
                    {'startIndex': 0, 'endIndex': 5, 'uri': 'https://h.example', 'license': 'mit'}]}}]}""");

        assertThat(message.citations()).containsExactly(new Citation("https://h.example", null, 0, 5));
    }

    @Test
    void translates_log_probabilities() {
        Map<String, Object> logprobs = whole("""
                        {'candidates': [{'content': {'parts': [{'text': 'é'}]}, 'finishReason': 'STOP',
                          'logprobsResult': {
                            'chosenCandidates': [{'token': 'é', 'tokenId': 7, 'logProbability': -0.5}],
                            'topCandidates': [{'candidates': [{'token': 'é', 'logProbability': -0.5},
                                                              {'token': 'e', 'logProbability': -1.5}]}]}}]}""").choices().get(0).logprobs();

        assertThat(GeminiJson.tree(logprobs)).isEqualTo(Json.of("""
                                {'content': [{'token': 'é', 'logprob': -0.5, 'bytes': [195, 169], 'top_logprobs': [
                                  {'token': 'é', 'logprob': -0.5, 'bytes': [195, 169]},
                                  {'token': 'e', 'logprob': -1.5, 'bytes': [101]}]}]}"""));
    }

    @Test
    void keeps_parts_that_have_no_counterpart_in_the_message_so_that_they_come_back() {
        Map<String, Object> extra = message("""
                        {'candidates': [{'content': {'parts': [{'executableCode': {'language': 'PYTHON', 'code': '1'}},
                                                               {'text': 'One'}]}, 'finishReason': 'STOP'}]}""").extra();

        assertThat(extra)
                .containsEntry(
                        "extra_content",
                        Map.of(
                                "google",
                                Map.of(
                                        "parts",
                                        List.of(Map.of("executableCode", Map.of("language", "PYTHON", "code", "1"))))));
    }

    private static Message.Assistant message(String json) {
        return whole(json).choices().get(0).message();
    }

    private static Failure failure(String json) {
        return assertThatCode(() -> whole(json))
                .asInstanceOf(InstanceOfAssertFactories.type(ProviderException.class))
                .actual()
                .failure();
    }
}
