package dev.hypergateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.chat.ChatEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RepeatedChunkTest {
    private final ChunkReader reader = new ChunkReader();

    @Test
    void reads_the_text_of_chunks_that_are_alike() {
        reader.read(chunk(0, "content", "Hello"));

        assertThat(reader.read(chunk(0, "content", " you"))).containsExactly(new ChatEvent.TextDelta(0, " you"));
        assertThat(reader.read(chunk(0, "content", " there"))).containsExactly(new ChatEvent.TextDelta(0, " there"));
    }

    @Test
    void reads_whatever_text_a_chunk_holds() {
        Random random = new Random(11);
        String[] pieces = {"a", "\"", "\\", "\n", "ё", "😀", "\u0001", "content", "\"content\":\"x", "}", " "};
        reader.read(chunk(0, "content", "begin"));
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }

            assertThat(reader.read(chunk(0, "content", text.toString())))
                    .as("chunk %d", i)
                    .containsExactly(new ChatEvent.TextDelta(0, text.toString()));
        }
    }

    @Test
    void tells_other_choices_other_fields_and_the_end_apart() {
        List<ChatEvent> events = new ArrayList<>();
        events.addAll(reader.read(chunk(0, "content", "one")));
        events.addAll(reader.read(chunk(0, "content", "two")));
        events.addAll(reader.read(chunk(1, "content", "three")));
        events.addAll(reader.read(chunk(0, "reasoning_content", "four")));
        events.addAll(reader.read(chunk(0, "content", "five")));
        events.addAll(
                reader.read(
                        "{\"id\":\"1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"six\"},\"finish_reason\":\"stop\"}]}"));

        assertThat(events.subList(1, events.size()))
                .containsExactly(
                        new ChatEvent.TextDelta(0, "one"),
                        new ChatEvent.TextDelta(0, "two"),
                        new ChatEvent.TextDelta(1, "three"),
                        new ChatEvent.ReasoningDelta(0, "four"),
                        new ChatEvent.TextDelta(0, "five"),
                        new ChatEvent.TextDelta(0, "six"),
                        new ChatEvent.Finish(0, dev.hypergateway.chat.FinishReason.of("stop")));
    }

    @Test
    void does_not_take_a_chunk_apart_that_is_cut_in_the_middle() {
        reader.read(chunk(0, "content", "Hello"));
        reader.read(chunk(0, "content", "Hello"));
        String whole = chunk(0, "content", "Hello");

        for (int end = 1; end < whole.length(); end++) {
            String part = whole.substring(0, end);
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> reader.read(part)))
                    .as(part)
                    .isInstanceOf(OpenAiFormatException.class);
        }
    }

    private static String chunk(int choice, String field, String text) {
        return JsonOutput.toText(Map.of("id", "1"))
                .replace(
                        "}",
                        ",\"choices\":[{\"index\":" + choice + ",\"delta\":{\"" + field + "\":"
                                + JsonOutput.toText(text) + "},\"finish_reason\":null}]}");
    }
}
