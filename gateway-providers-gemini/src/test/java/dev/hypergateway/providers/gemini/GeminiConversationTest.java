package dev.hypergateway.providers.gemini;

import static dev.hypergateway.providers.gemini.GeminiRequestWriterTest.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

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
        assertRefused(conversation().message(new Message.Other("function", List.of(), Map.of())), "messages[0].role");
    }

    @Test
    void refuses_a_picture_among_the_instructions() {
        assertRefused(
                conversation()
                        .user("Hi")
                        .message(new Message.System(List.of(Part.image("https://example.com/a.png")), null, Map.of())),
                "messages[1].content[0]");
    }

    @Test
    void writes_pictures_sound_and_documents_in_their_place() {
        JsonNode parts = contents(conversation()
                        .message(Message.user(
                                Part.text("Look:"),
                                Part.image("data:image/PNG;base64," + Media.PNG),
                                new Part.Audio("BBBB", "wav", Map.of()),
                                new Part.File(null, "data:application/pdf;base64,CCCC", "a.pdf", Map.of()),
                                new Part.File("files/abc", null, null, Map.of()))))
                .at("/0/parts");

        assertThat(parts).isEqualTo(Json.of("""
                                [{'text': 'Look:'},
                                 {'inlineData': {'mimeType': 'image/png', 'data': '%s'}},
                                 {'inlineData': {'mimeType': 'audio/wav', 'data': 'BBBB'}},
                                 {'inlineData': {'mimeType': 'application/pdf', 'data': 'CCCC'}},
                                 {'fileData': {'fileUri':
                                   'https://generativelanguage.googleapis.com/v1beta/files/abc'}}]""".formatted(Media.PNG)));
    }

    @ParameterizedTest
    @CsvSource({
        "https://generativelanguage.googleapis.com/v1beta/files/abc, ",
        "https://www.youtube.com/watch?v=abc, ",
        "https://youtu.be/abc, ",
        "gs://bucket/film.mp4, video/mp4"
    })
    void lets_Google_read_what_is_its_own(String uri, String type) {
        for (Part part : List.of(Part.image(uri), film(uri), new Part.File(uri, null, null, Map.of()))) {
            JsonNode file = contents(conversation().message(Message.user(part))).at("/0/parts/0/fileData");

            assertThat(file.path("fileUri").asText()).isEqualTo(uri);
            assertThat(file.path("mimeType").asText(null)).isEqualTo(type);
        }
    }

    @Test
    void lets_Google_read_any_address_that_is_given_as_the_id_of_a_file() {
        Part file = new Part.File("https://example.com/d?id=1", null, "report.PDF", Map.of());

        assertThat(contents(conversation().message(Message.user(file))).at("/0/parts/0"))
                .isEqualTo(Json.of(
                        "{'fileData': {'mimeType': 'application/pdf', 'fileUri': 'https://example.com/d?id=1'}}"));
    }

    @Test
    void fetches_pictures_and_films_from_anywhere_else() {
        Draft draft = Drafts.of(
                Drafts.MODEL,
                conversation()
                        .user("Look:")
                        .message(Message.user(Part.image("https://example.com/a.png"), film("http://example.com/b")))
                        .build());

        assertThat(draft.attachments())
                .extracting(Attachment::param, Attachment::kind, Attachment::url)
                .containsExactly(
                        tuple("messages[1].content[0].image_url", MediaKind.PICTURE, "https://example.com/a.png"),
                        tuple("messages[1].content[1].video_url", MediaKind.FILM, "http://example.com/b"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"data:image/png,AAAA", "data:;base64,AAAA", "data:image/png;base64", "data:image/png;base64,"})
    void refuses_a_data_URL_that_is_none(String url) {
        assertRefused(conversation().message(Message.user(Part.image(url))), "messages[0].content[0].image_url");
    }

    @Test
    void refuses_what_is_no_picture_and_names_the_formats_that_Gemini_takes() {
        assertThatThrownBy(() -> contents(conversation()
                        .user("Hi")
                        .message(Message.user(Part.text("Look:"), Part.image("data:image/png;base64," + Media.GIF)))))
                .hasMessageContaining("this is a GIF; Gemini takes pictures as png, jpeg, webp, heic or heif");
        assertRefused(
                conversation()
                        .user("Hi")
                        .message(Message.user(Part.text("a"), Part.image("data:image/png;base64,Tm9uZQ=="))),
                "messages[1].content[1].image_url");
        assertRefused(
                conversation().message(Message.user(new Part.File(null, "data:image/png;base64,####", null, Map.of()))),
                "messages[0].content[0].file");
    }

    @Test
    void tells_Gemini_the_true_type_of_a_picture() {
        JsonNode data = contents(conversation().message(Message.user(Part.image("data:image/jpg;base64," + Media.PNG))))
                .at("/0/parts/0/inlineData");

        assertThat(data.path("mimeType").asText()).isEqualTo("image/png");
    }

    @Test
    void refuses_parts_that_Gemini_has_no_word_for() {
        assertRefused(
                conversation().message(Message.user(new Part.Other("hologram", Map.of("type", "hologram")))),
                "messages[0].content[0].hologram");
        assertRefused(
                conversation().message(Message.user(new Part.File("file-123", null, null, Map.of()))),
                "messages[0].content[0].file");
        assertRefused(
                conversation().message(Message.user(new Part.Other("video_url", Map.of("type", "video_url")))),
                "messages[0].content[0].video_url");
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
    void hands_over_pictures_that_a_tool_returned_inside_its_result_from_generation_3_on() {
        JsonNode parts = contents("gemini-3-flash-preview", pictureOfATool()).at("/2/parts");

        assertThat(parts).isEqualTo(Json.of("""
                                [{'functionResponse': {'id': 'a', 'name': 'shot', 'response': {'result': 'done'},
                                                       'parts': [{'inlineData': {'mimeType': 'image/png', 'data': '%s'}}]}},
                                 {'functionResponse': {'id': 'b', 'name': 'time', 'response': {'result': '12:30'}}},
                                 {'text': 'From the tool shot:'},
                                 {'fileData': {'fileUri': 'https://generativelanguage.googleapis.com/v1beta/files/x'}}]""".formatted(Media.PNG)));
    }

    @Test
    void hands_over_pictures_that_a_tool_returned_behind_all_results_before_generation_3() {
        JsonNode parts = contents("gemini-2.5-flash", pictureOfATool()).at("/2/parts");

        assertThat(parts).isEqualTo(Json.of("""
                                [{'functionResponse': {'id': 'a', 'name': 'shot', 'response': {'result': 'done'}}},
                                 {'functionResponse': {'id': 'b', 'name': 'time', 'response': {'result': '12:30'}}},
                                 {'text': 'From the tool shot:'},
                                 {'inlineData': {'mimeType': 'image/png', 'data': '%s'}},
                                 {'fileData': {'fileUri': 'https://generativelanguage.googleapis.com/v1beta/files/x'}}]""".formatted(Media.PNG)));
    }

    @Test
    void refuses_a_result_without_its_call() {
        assertRefused(conversation().user("?").message(Message.toolResult("a", "1")), "messages[1].tool_call_id");
    }

    @Test
    void refuses_calls_of_which_one_has_no_result() {
        assertRefused(
                conversation()
                        .user("?")
                        .message(calls(new ToolCall("a", "f", "{}"), new ToolCall("b", "f", "{}")))
                        .message(Message.toolResult("b", "1"))
                        .user("And?"),
                "messages[1].tool_calls");
    }

    @Test
    void refuses_two_calls_with_one_id() {
        assertRefused(
                conversation().user("?").message(calls(new ToolCall("a", "f", "{}"), new ToolCall("a", "g", "{}"))),
                "messages[1].tool_calls[1].id");
    }

    @Test
    void refuses_a_second_result_of_one_call() {
        assertRefused(
                conversation()
                        .user("?")
                        .message(calls(new ToolCall("a", "f", "{}")))
                        .message(Message.toolResult("a", "1"))
                        .message(Message.toolResult("a", "2")),
                "messages[3].tool_call_id");
    }

    @ParameterizedTest
    @CsvSource({"[1]", "'{\"a\":'", "word"})
    void refuses_arguments_that_are_no_object(String arguments) {
        assertRefused(
                conversation()
                        .user("?")
                        .message(calls(new ToolCall("a", "f", arguments)))
                        .message(Message.toolResult("a", "1")),
                "messages[1].tool_calls[0].function.arguments");
    }

    @Test
    void gives_signatures_back_where_they_came_from() {
        ToolCall first = new ToolCall("a", "f", "{}", GooglesExtra.fields("SIG"));
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
                .extra(GooglesExtra.fields("OLD"))
                .build();

        assertThat(contents(conversation().user("?").message(older)).at("/1/parts/0/thoughtSignature"))
                .isEqualTo(Json.of("'OLD'"));
    }

    @Test
    void gives_the_signature_of_a_text_back_with_the_text() {
        Message answer = Message.Assistant.builder()
                .text("Hi")
                .extra(GooglesExtra.fields("SIG"))
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
    void gives_the_models_own_parts_back_in_front_of_its_words() {
        Message answer = Message.Assistant.builder()
                .text("A cat.")
                .extra(GooglesExtra.fields(Map.of(
                        "thought_signature",
                        "SIG",
                        "parts",
                        List.of(Map.of(
                                "inlineData",
                                Map.of("mimeType", "image/png", "data", "AA"),
                                "thoughtSignature",
                                "P")))))
                .build();

        assertThat(contents(conversation().user("?").message(answer)).at("/1/parts"))
                .isEqualTo(Json.of("""
                                [{'inlineData': {'mimeType': 'image/png', 'data': 'AA'}, 'thoughtSignature': 'P'},
                                 {'text': 'A cat.', 'thoughtSignature': 'SIG'}]"""));
    }

    @Test
    void puts_instructions_before_the_question_where_a_model_takes_none() {
        JsonNode body =
                Drafts.body("gemma-3-27b-it", conversation().system("Be brief.").user("Why?"));

        assertThat(body)
                .isEqualTo(Json.of(
                        "{'contents': [{'role': 'user', 'parts': [{'text': 'Be brief.'}, {'text': 'Why?'}]}]}"));
        assertThat(Drafts.body(
                                "gemma-4-31b-it",
                                conversation().system("Be brief.").user("Why?"))
                        .has("systemInstruction"))
                .isTrue();
    }

    @Test
    void repeats_an_earlier_refusal_as_text() {
        Message refusal = Message.Assistant.builder().refusal("No.").build();

        assertThat(contents(conversation().user("?").message(refusal)).at("/1/parts"))
                .isEqualTo(Json.of("[{'text': 'No.'}]"));
    }

    private static ChatRequest.Builder pictureOfATool() {
        return conversation()
                .user("?")
                .message(calls(new ToolCall("a", "shot", "{}"), new ToolCall("b", "time", "{}")))
                .message(Message.toolResult("b", "12:30"))
                .message(new Message.ToolResult(
                        "a",
                        List.of(
                                Part.text("done"),
                                Part.image(Media.png()),
                                new Part.File("files/x", null, null, Map.of())),
                        Map.of()));
    }

    private static Part film(String url) {
        return new Part.Other("video_url", Map.of("type", "video_url", "video_url", Map.of("url", url)));
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
        return Drafts.body(model, request).get("contents");
    }

    private static JsonNode body(ChatRequest.Builder request) {
        return Drafts.body(request);
    }
}
