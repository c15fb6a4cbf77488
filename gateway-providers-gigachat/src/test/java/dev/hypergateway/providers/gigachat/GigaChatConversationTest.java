package dev.hypergateway.providers.gigachat;

import static dev.hypergateway.providers.gigachat.Bodies.json;
import static dev.hypergateway.providers.gigachat.Bodies.messages;
import static dev.hypergateway.providers.gigachat.Bodies.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Part;
import dev.hypergateway.chat.ToolCall;
import dev.hypergateway.trace.FailureKind;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GigaChatConversationTest {
    private static final String STATE = "e379e132-2cf8-4ce1-8545-c9c94cbebb1b";

    @Test
    void gathers_instructions_into_one_system_message_in_front() {
        assertThat(messages(
                        Message.system("Be brief."),
                        Message.user("Hi"),
                        Message.developer("Speak Russian."),
                        Message.assistant("Привет"),
                        Message.user("Bye")))
                .isEqualTo(json("[{'role':'system','content':'Be brief.\\n\\nSpeak Russian.'},"
                        + "{'role':'user','content':'Hi'},{'role':'assistant','content':'Привет'},"
                        + "{'role':'user','content':'Bye'}]"));
    }

    @Test
    void asks_instructions_that_stand_alone_as_a_question() {
        assertThat(messages(Message.system("Say hello."))).isEqualTo(json("[{'role':'user','content':'Say hello.'}]"));
    }

    @Test
    void joins_text_parts() {
        assertThat(messages(Message.user(Part.text("a"), Part.text("b"))))
                .isEqualTo(json("[{'role':'user','content':'ab'}]"));
    }

    @Test
    void writes_a_call_and_its_result_with_the_state() {
        assertThat(messages(
                        Message.user("Weather?"),
                        calls(new ToolCall("c1", "weather", "{\"city\":\"Kazan\"}", StateId.fields(STATE))),
                        Message.toolResult("c1", "{\"temperature\":20}")))
                .isEqualTo(json("[{'role':'user','content':'Weather?'},"
                        + "{'role':'assistant','content':'','function_call':{'name':'weather','arguments':{'city':'Kazan'}},"
                        + "'functions_state_id':'" + STATE + "'},"
                        + "{'role':'function','name':'weather','content':'{\\\"temperature\\\":20}'}]"));
    }

    @Test
    void finds_the_state_in_the_id_where_the_client_has_dropped_unnamed_fields() {
        String id = StateId.callId(STATE, UUID::randomUUID);

        assertThat(messages(
                                Message.user("Weather?"),
                                calls(new ToolCall(id, "weather", "{}")),
                                Message.toolResult(id, "1"))
                        .get(1)
                        .path("functions_state_id")
                        .asText())
                .isEqualTo(STATE);
    }

    @Test
    void serialises_several_calls_of_one_turn_whatever_the_order_of_their_results() {
        Message.Assistant turn = Message.Assistant.builder()
                .text("Let me see.")
                .toolCalls(List.of(new ToolCall("c1", "one", ""), new ToolCall("c2", "two", "{\"b\":2}")))
                .build();

        assertThat(messages(Message.user("Go"), turn, Message.toolResult("c2", "[2]"), Message.toolResult("c1", "[1]")))
                .isEqualTo(json("[{'role':'user','content':'Go'},"
                        + "{'role':'assistant','content':'Let me see.','function_call':{'name':'one','arguments':{}}},"
                        + "{'role':'function','name':'one','content':'[1]'},"
                        + "{'role':'assistant','content':'','function_call':{'name':'two','arguments':{'b':2}}},"
                        + "{'role':'function','name':'two','content':'[2]'}]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"a\":1} | {\"a\":1}",
                "[1, 2] | [1, 2]",
                "15 | 15",
                "\"text\" | \"text\"",
                "plain text | \"plain text\"",
                "{broken | \"{broken\"",
                "NaN | \"NaN\"",
                "~~ | \"\""
            })
    void gives_results_as_JSON_documents(String result, String expected) {
        assertThat(messages(
                                Message.user("Go"),
                                calls(new ToolCall("c1", "one", "{}")),
                                Message.toolResult("c1", result))
                        .get(2)
                        .path("content")
                        .asText())
                .isEqualTo(expected);
    }

    @Test
    void keeps_the_state_of_an_answer_without_calls() {
        Message answer = Message.Assistant.builder()
                .text("Hi")
                .extra(StateId.fields(STATE))
                .build();

        assertThat(messages(Message.user("Hi"), answer, Message.user("Bye")).get(1))
                .isEqualTo(json("{'role':'assistant','content':'Hi','functions_state_id':'" + STATE + "'}"));
    }

    @Test
    void refuses_a_result_without_call_and_a_call_without_result() {
        assertRefused(refusal(Message.user("Hi"), Message.toolResult("c1", "1")), "messages[1]", "'c1'");
        assertRefused(
                refusal(Message.user("Hi"), calls(new ToolCall("c1", "one", "{}"))), "messages[1]", "no tool message");
        assertRefused(
                refusal(Message.user("Hi"), calls(new ToolCall("c1", "one", "{}")), Message.user("Well?")),
                "messages[1]",
                "no tool message");
    }

    @Test
    void refuses_two_results_of_one_call_and_two_calls_with_one_id() {
        ToolCall call = new ToolCall("c1", "one", "{}");

        assertRefused(
                refusal(Message.user("Hi"), calls(call), Message.toolResult("c1", "1"), Message.toolResult("c1", "2")),
                "messages[3]",
                "two tool messages");
        assertRefused(refusal(Message.user("Hi"), calls(call, call)), "messages[1]", "same id");
    }

    @Test
    void refuses_arguments_that_are_no_object() {
        for (String arguments : List.of("[1]", "{", "text")) {
            assertRefused(
                    refusal(
                            Message.user("Hi"),
                            calls(new ToolCall("c1", "one", arguments)),
                            Message.toolResult("c1", "1")),
                    "messages[1]",
                    "not a JSON object");
        }
    }

    @Test
    void refuses_an_empty_conversation_unknown_roles_and_pictures_in_wrong_places() {
        assertRefused(refusal(Message.user("")), "messages", "empty");
        assertRefused(refusal(new Message.Other("function", List.of(), Map.of())), "messages[0].role", "function");
        assertRefused(
                refusal(new Message.System(List.of(Part.image("https://example.com/a.png")), null, Map.of())),
                "messages[0].content[0]",
                "only text");
        assertRefused(
                refusal(
                        Message.user("Hi"),
                        calls(new ToolCall("c1", "one", "{}")),
                        new Message.ToolResult("c1", List.of(Part.image("https://example.com/a.png")), Map.of())),
                "messages[2]",
                "only text");
    }

    @Test
    void gives_each_picture_a_message_of_its_own() {
        String png = url("png");
        Draft draft = Bodies.draft(request -> request.messages(List.of(Message.user(
                Part.text("Compare "),
                Part.image(png),
                Part.text("with this"),
                Part.image("https://example.com/b.jpg"),
                Part.text(", please")))));

        assertThat(draft.body().get("messages"))
                .isEqualTo(json("[{'role':'user','content':'Compare with this','attachments':[]},"
                        + "{'role':'user','content':', please','attachments':[]}]"));
        assertThat(draft.body().has("function_call")).isFalse();
        assertThat(draft.attachments())
                .extracting(Attachment::param)
                .containsExactly("messages[0].content[1]", "messages[0].content[3]");
        assertThat(draft.attachments().get(0).source())
                .isInstanceOfSatisfying(
                        Attachment.Inline.class,
                        inline -> assertThat(inline.upload().mimeType()).isEqualTo("image/png"));
        assertThat(draft.attachments().get(1).source()).isEqualTo(new Attachment.Remote("https://example.com/b.jpg"));
    }

    @Test
    void takes_sound_documents_and_files_that_are_there_already() {
        String data = Base64.getEncoder().encodeToString(new byte[] {1, 2, 3});
        Draft draft = Bodies.draft(request -> request.messages(List.of(
                Message.user(new Part.Audio(data, "mp3", Map.of())),
                Message.user(new Part.File(null, "data:application/pdf;base64," + data, null, Map.of())),
                Message.user(new Part.File(null, "data:application/octet-stream;base64," + data, "Ä.DOCX", Map.of())),
                Message.user(new Part.File("file-id", null, null, Map.of())))));

        assertThat(draft.attachments())
                .extracting(attachment -> attachment.source() instanceof Attachment.Inline inline
                        ? inline.upload().filename()
                        : "there")
                .containsExactly("audio.mp3", "document.pdf", "document.docx", "there");
        assertThat(draft.body().path("function_call").asText()).isEqualTo("auto");
    }

    @Test
    void refuses_what_is_no_picture_or_not_for_GigaChat() {
        assertRefused(
                refusal(Message.user(Part.image("data:image/png;base64,"
                        + Base64.getEncoder()
                                .encodeToString("<html>".getBytes(java.nio.charset.StandardCharsets.UTF_8))))),
                "messages[0].content[0]",
                "no picture");
        assertRefused(refusal(Message.user(Part.image(url("gif")))), "messages[0].content[0]", "a GIF");
        assertRefused(refusal(Message.user(Part.image("data:image/png,abc"))), "messages[0].content[0]", "base64");
        assertRefused(
                refusal(Message.user(new Part.Audio("AAAA", "flac", Map.of()))), "messages[0].content[0]", "flac");
        assertRefused(
                refusal(Message.user(new Part.Other("video_url", Map.of("type", "video_url")))),
                "messages[0].content[0]",
                "video_url");
    }

    @Test
    void refuses_pictures_that_are_too_large_or_too_many() {
        byte[] huge = new byte[15 * 1024 * 1024 + 1];
        System.arraycopy(Pictures.png(), 0, huge, 0, 20);
        assertRefused(
                refusal(Message.user(Part.image(
                        "data:image/png;base64," + Base64.getEncoder().encodeToString(huge)))),
                "messages[0].content[0]",
                "at most 15728640");

        Part[] eleven = new Part[11];
        java.util.Arrays.fill(eleven, Part.image(url("png")));
        assertRefused(refusal(Message.user(eleven)), "messages", "at most 10");
    }

    @ParameterizedTest
    @CsvSource({"png,image/png", "jpeg,image/jpeg", "bmp,image/bmp", "tiff,image/tiff"})
    void goes_by_the_content_and_not_by_the_name(String format, String mimeType) {
        assertThat(Upload.image(Pictures.encoded(format), "x").mimeType()).isEqualTo(mimeType);
    }

    private static String url(String format) {
        return "data:image/webp;base64," + Base64.getEncoder().encodeToString(Pictures.encoded(format));
    }

    private static Message.Assistant calls(ToolCall... calls) {
        return Message.Assistant.builder().toolCalls(List.of(calls)).build();
    }

    private static void assertRefused(dev.hypergateway.provider.Failure failure, String param, String words) {
        assertThat(failure.kind()).isEqualTo(FailureKind.INVALID_REQUEST);
        assertThat(failure.param()).contains(param);
        assertThat(failure.message()).contains(words);
    }
}
