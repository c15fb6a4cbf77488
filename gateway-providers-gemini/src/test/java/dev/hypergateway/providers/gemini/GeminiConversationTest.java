package dev.hypergateway.providers.gemini;

import static dev.hypergateway.providers.gemini.GeminiRequestWriterTest.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Part;
import dev.hypergateway.chat.ToolCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiConversationTest {
    @Test
    void gathers_all_instructions_in_order_from_wherever_they_stand() {
        JsonNode body = body(conversation()
                .system("Be brief.")
                .user("Hi")
                .message(Message.developer("Be kind."))
                .assistant("Hello")
                .system("Be right.")
                .user("Why?"));

        assertThat(body).isEqualTo(Json.of("""
                                {'systemInstruction': {'parts': [{'text': 'Be brief.\\n\\nBe kind.\\n\\nBe right.'}]},
                                 'contents': [{'role': 'user', 'parts': [{'text': 'Hi'}]},
                                              {'role': 'model', 'parts': [{'text': 'Hello'}]},
                                              {'role': 'user', 'parts': [{'text': 'Why?'}]}]}"""));
    }

    @Test
    void merges_neighbouring_turns_of_one_side_and_keeps_their_parts_apart() {
        JsonNode contents = contents(conversation()
                .user("One")
                .system("Be brief.")
                .user("Two")
                .assistant("Three")
                .assistant("Four")
                .user("Five"));

        assertThat(contents).isEqualTo(Json.of("""
                                [{'role': 'user', 'parts': [{'text': 'One'}, {'text': 'Two'}]},
                                 {'role': 'model', 'parts': [{'text': 'Three'}, {'text': 'Four'}]},
                                 {'role': 'user', 'parts': [{'text': 'Five'}]}]"""));
    }

    @Test
    void leaves_out_empty_texts_and_turns() {
        assertThat(contents(conversation().user("One").assistant("").user("Two")))
                .isEqualTo(Json.of("[{'role': 'user', 'parts': [{'text': 'One'}, {'text': 'Two'}]}]"));
    }

    @Test
    void asks_instructions_that_stand_alone_as_a_question() {
        assertThat(body(conversation().system("Write a haiku.")))
                .isEqualTo(Json.of("{'contents': [{'role': 'user', 'parts': [{'text': 'Write a haiku.'}]}]}"));
    }

    @Test
    void refuses_an_empty_conversation() {
        assertRefused(conversation(), "messages");
        assertRefused(conversation().user(""), "messages");
    }

    @Test
    void refuses_an_unknown_role() {
        assertRefused(conversation().message(new Message.Other("function", List.of(), Map.of())), "messages");
    }

    @Test
    void refuses_a_picture_among_the_instructions() {
        assertRefused(
                conversation()
                        .user("Hi")
                        .message(new Message.System(List.of(Part.image("https://example.com/a.png")), null, Map.of())),
                "messages");
    }

    @Test
    void writes_pictures_sound_and_documents_in_their_place() {
        JsonNode parts = contents(conversation()
                        .message(Message.user(
                                Part.text("Look:"),
                                Part.image("data:image/PNG;base64,AAAA"),
                                Part.image("https://example.com/a.JPG?size=1"),
                                Part.image("https://example.com/picture"),
                                new Part.Audio("BBBB", "wav", Map.of()),
                                new Part.File(null, "data:application/pdf;base64,CCCC", "a.pdf", Map.of()),
                                new Part.File("files/abc", null, null, Map.of()))))
                .at("/0/parts");

        assertThat(parts).isEqualTo(Json.of("""
                                [{'text': 'Look:'},
                                 {'inlineData': {'mimeType': 'image/png', 'data': 'AAAA'}},
                                 {'fileData': {'mimeType': 'image/jpeg', 'fileUri': 'https://example.com/a.JPG?size=1'}},
                                 {'fileData': {'fileUri': 'https://example.com/picture'}},
                                 {'inlineData': {'mimeType': 'audio/wav', 'data': 'BBBB'}},
                                 {'inlineData': {'mimeType': 'application/pdf', 'data': 'CCCC'}},
                                 {'fileData': {'fileUri':
                                   'https://generativelanguage.googleapis.com/v1beta/files/abc'}}]"""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data:image/png,AAAA",
                "data:;base64,AAAA",
                "data:image/png;base64",
                "ftp://example.com/a.png",
                "a.png"
            })
    void refuses_a_picture_that_cannot_be_fetched_or_read(String url) {
        assertRefused(conversation().message(Message.user(Part.image(url))), "messages");
    }

    @Test
    void refuses_parts_that_Gemini_has_no_word_for() {
        assertRefused(
                conversation().message(Message.user(new Part.Other("hologram", Map.of("type", "hologram")))),
                "messages");
        assertRefused(
                conversation().message(Message.user(new Part.File("file-123", null, null, Map.of()))), "messages");
    }

    @Test
    void writes_calls_and_puts_all_results_into_one_turn_in_the_order_of_the_calls() {
        JsonNode contents = contents(conversation()
                .user("Weather?")
                .message(calls(new ToolCall("a", "weather", "{\"city\":\"Rome\"}"), new ToolCall("b", "time", "")))
                .message(Message.toolResult("b", "12:30"))
                .message(Message.toolResult("a", "{\"sky\":\"blue\"}"))
                .user("And?"));

        assertThat(contents).isEqualTo(Json.of("""
                                [{'role': 'user', 'parts': [{'text': 'Weather?'}]},
                                 {'role': 'model', 'parts': [
                                   {'functionCall': {'id': 'a', 'name': 'weather', 'args': {'city': 'Rome'}}},
                                   {'functionCall': {'id': 'b', 'name': 'time', 'args': {}}}]},
                                 {'role': 'user', 'parts': [
                                   {'functionResponse': {'id': 'a', 'name': 'weather', 'response': {'sky': 'blue'}}},
                                   {'functionResponse': {'id': 'b', 'name': 'time', 'response': {'result': '12:30'}}},
                                   {'text': 'And?'}]}]"""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "fine|{'result': 'fine'}",
                "[1, 2]|{'result': [1, 2]}",
                "15|{'result': 15}",
                "``|{'result': ''}",
                "{'a': 1}|{'a': 1}",
                "{'a': 1} or so|{'result': '{#a#: 1} or so'}"
            })
    void wraps_results_that_are_no_object(String result, String expected) {
        JsonNode response = contents(conversation()
                        .user("?")
                        .message(calls(new ToolCall("a", "f", "{}")))
                        .message(Message.toolResult("a", result.replace('\'', '"'))))
                .at("/2/parts/0/functionResponse/response");

        assertThat(response).isEqualTo(Json.parse(expected.replace('\'', '"').replace("#", "\\\"")));
    }

    @Test
    void hands_over_pictures_that_a_tool_returned() {
        JsonNode response = contents(conversation()
                        .user("?")
                        .message(calls(new ToolCall("a", "shot", "{}")))
                        .message(new Message.ToolResult(
                                "a", List.of(Part.text("done"), Part.image("data:image/png;base64,AAAA")), Map.of())))
                .at("/2/parts/0/functionResponse");

        assertThat(response)
                .isEqualTo(Json.of("{'id': 'a', 'name': 'shot', 'response': {'result': 'done'},"
                        + " 'parts': [{'inlineData': {'mimeType': 'image/png', 'data': 'AAAA'}}]}"));
    }

    @Test
    void refuses_a_result_without_its_call() {
        assertRefused(conversation().user("?").message(Message.toolResult("a", "1")), "messages");
    }

    @Test
    void refuses_a_second_result_of_one_call() {
        assertRefused(
                conversation()
                        .user("?")
                        .message(calls(new ToolCall("a", "f", "{}")))
                        .message(Message.toolResult("a", "1"))
                        .message(Message.toolResult("a", "2")),
                "messages");
    }

    @ParameterizedTest
    @CsvSource({"[1]", "'{\"a\":'", "word"})
    void refuses_arguments_that_are_no_object(String arguments) {
        assertRefused(
                conversation()
                        .user("?")
                        .message(calls(new ToolCall("a", "f", arguments)))
                        .message(Message.toolResult("a", "1")),
                "messages");
    }

    @Test
    void gives_signatures_back_where_they_came_from() {
        ToolCall first = new ToolCall("a", "f", "{}", ThoughtSignature.fields("SIG"));
        JsonNode parts = contents(
                        "gemini-3-pro-preview",
                        conversation().user("?").message(calls(first, new ToolCall("b", "g", "{}"))))
                .at("/1/parts");

        assertThat(parts.at("/0/thoughtSignature").asText()).isEqualTo("SIG");
        assertThat(parts.get(1).has("thoughtSignature")).isFalse();
    }

    @Test
    void takes_a_signature_from_the_message_as_older_answers_have_it() {
        Message older = Message.Assistant.builder()
                .toolCalls(List.of(new ToolCall("a", "f", "{}")))
                .extra(ThoughtSignature.fields("OLD"))
                .build();

        assertThat(contents(conversation().user("?").message(older)).at("/1/parts/0/thoughtSignature"))
                .isEqualTo(Json.of("'OLD'"));
    }

    @Test
    void gives_the_signature_of_a_text_back_with_the_text() {
        Message answer = Message.Assistant.builder()
                .text("Hi")
                .extra(ThoughtSignature.fields("SIG"))
                .build();

        assertThat(contents(conversation().user("?").message(answer)).at("/1/parts/0"))
                .isEqualTo(Json.of("{'text': 'Hi', 'thoughtSignature': 'SIG'}"));
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-3-flash-preview, true",
        "gemini-3.5-flash, true",
        "gemini-flash-latest, true",
        "gemini-2.5-pro, false",
        "gemini-2.0-flash, false"
    })
    void vouches_for_calls_of_other_models_from_generation_3_on(String model, boolean vouched) {
        JsonNode parts = contents(
                        model,
                        conversation()
                                .user("?")
                                .message(calls(new ToolCall("a", "f", "{}"), new ToolCall("b", "f", "{}"))))
                .at("/1/parts");

        assertThat(parts.at("/0/thoughtSignature").asText(null))
                .isEqualTo(vouched ? "skip_thought_signature_validator" : null);
        assertThat(parts.get(1).has("thoughtSignature")).isFalse();
    }

    @Test
    void repeats_an_earlier_refusal_as_text() {
        Message refusal = Message.Assistant.builder().refusal("No.").build();

        assertThat(contents(conversation().user("?").message(refusal)).at("/1/parts"))
                .isEqualTo(Json.of("[{'text': 'No.'}]"));
    }

    private static Message calls(ToolCall... calls) {
        return Message.Assistant.builder().toolCalls(List.of(calls)).build();
    }

    private static ChatRequest.Builder conversation() {
        return ChatRequest.builder().model("google/gemini-2.5-flash");
    }

    private static JsonNode contents(ChatRequest.Builder request) {
        return contents("gemini-2.5-flash", request);
    }

    private static JsonNode contents(String model, ChatRequest.Builder request) {
        return GeminiRequestWriter.write(request.build(), GeminiModelName.of(model))
                .get("contents");
    }

    private static JsonNode body(ChatRequest.Builder request) {
        return GeminiRequestWriter.write(request.build(), GeminiModelName.of("gemini-2.5-flash"));
    }
}
