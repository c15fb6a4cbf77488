package dev.hypergateway.providers.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Part;
import dev.hypergateway.chat.ToolCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConversationDigestTest {
    @Test
    void finds_an_answer_again_when_the_conversation_comes_back() {
        List<Message> question =
                List.of(Message.system("Be brief."), Message.user(Part.text("Look:"), Part.image("u")));

        String asked = digest(question).with("A cat.");
        ConversationDigest later = digest(question);

        assertThat(later.with("A cat.")).isEqualTo(asked);
        later.add(Message.assistant("A cat."));
        assertThat(later.with("A cat.")).isNotEqualTo(asked);
    }

    @Test
    void takes_what_clients_drop_for_nothing() {
        Message withExtra = Message.Assistant.builder()
                .text("Hm.")
                .reasoning("thoughts")
                .extra(GooglesExtra.fields("SIG"))
                .toolCalls(List.of(new ToolCall("a", "f", "{}", GooglesExtra.fields("SIG"))))
                .build();
        Message without = Message.Assistant.builder()
                .text("Hm.")
                .toolCalls(List.of(new ToolCall("a", "f", "{}")))
                .build();

        assertThat(digest(List.of(withExtra)).with("x"))
                .isEqualTo(digest(List.of(without)).with("x"));
    }

    @Test
    void tells_conversations_apart_by_every_word_role_call_and_picture() {
        List<List<Message>> others = List.of(
                List.of(Message.user("Hi")),
                List.of(Message.user("hi")),
                List.of(Message.system("Hi")),
                List.of(Message.user("H"), Message.user("i")),
                List.of(Message.user(Part.text("H"), Part.text("i"))),
                List.of(Message.user(Part.text("Hi"), Part.image("a"))),
                List.of(Message.user(Part.text("Hi"), Part.image("b"))),
                List.of(Message.toolResult("a", "Hi")),
                List.of(Message.toolResult("b", "Hi")),
                List.of(new Message.Other("tool", List.of(Part.text("Hi")), Map.of())),
                List.of(Message.Assistant.builder()
                        .text("Hi")
                        .toolCalls(List.of(new ToolCall("a", "f", "{}")))
                        .build()),
                List.of(Message.assistant("Hi")));

        assertThat(others.stream().map(messages -> digest(messages).with("Yes.")))
                .doesNotHaveDuplicates();
    }

    private static ConversationDigest digest(List<Message> messages) {
        ConversationDigest digest = new ConversationDigest();
        messages.forEach(digest::add);
        return digest;
    }
}
