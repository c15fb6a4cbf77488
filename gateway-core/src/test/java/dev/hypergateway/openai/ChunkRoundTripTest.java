package dev.hypergateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.ChatResponseAssembler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A vendor's stream says the same after it has been read and written again. */
class ChunkRoundTripTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void keeps_the_streams_of_the_recordings() throws IOException {
        int streams = 0;
        for (String vendor : List.of("openai", "xai", "perplexity")) {
            for (Recording recording : Recording.chatsOf(vendor)) {
                if (recording.isStream()) {
                    streams++;
                    assertRoundTrip(recording, vendor + "/" + recording);
                }
            }
        }
        assertThat(streams).isGreaterThan(8);
    }

    private static void assertRoundTrip(Recording recording, String description) throws IOException {
        List<ChatEvent> events = read(recording.chunks());
        ChatResponse expected = assemble(events);
        List<String> written = write(events, expected.model());
        ChatResponse actual = assemble(read(written));

        assertThat(tree(actual)).as(description).isEqualTo(tree(expected));
        assertThat(actual.text()).as(description).isEqualTo(contentOf(recording.chunks()));
    }

    private static JsonNode tree(ChatResponse response) throws IOException {
        return JSON.readTree(ChatResponseWriter.write(response));
    }

    /** The content of the first choice, put together without our readers. */
    private static String contentOf(List<String> chunks) throws IOException {
        StringBuilder content = new StringBuilder();
        for (String chunk : chunks) {
            for (JsonNode choice : JSON.readTree(chunk).path("choices")) {
                if (choice.path("index").asInt() == 0) {
                    content.append(choice.at("/delta/content").asText(""));
                }
            }
        }
        return content.toString();
    }

    private static List<ChatEvent> read(List<String> chunks) {
        ChunkReader reader = new ChunkReader();
        List<ChatEvent> events = new ArrayList<>();
        chunks.forEach(chunk -> events.addAll(reader.read(chunk)));
        events.addAll(reader.end());
        return events;
    }

    private static List<String> write(List<ChatEvent> events, String model) {
        ChunkWriter writer = new ChunkWriter(model, true);
        StringBuilder out = new StringBuilder();
        for (ChatEvent event : events) {
            byte[] bytes = writer.write(event);
            out.append(bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8));
        }
        out.append(new String(writer.done(), StandardCharsets.UTF_8));
        return Arrays.stream(out.toString().split("\n\n"))
                .filter(line -> !line.equals("data: [DONE]"))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }

    private static ChatResponse assemble(List<ChatEvent> events) {
        ChatResponseAssembler assembler = new ChatResponseAssembler();
        events.forEach(assembler::accept);
        return assembler.response();
    }
}
