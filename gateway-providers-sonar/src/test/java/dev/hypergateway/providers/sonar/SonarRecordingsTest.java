package dev.hypergateway.providers.sonar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.ChatResponseAssembler;
import dev.hypergateway.chat.Choice;
import dev.hypergateway.chat.Citation;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.openai.ChatRequestReader;
import dev.hypergateway.openai.ChatResponseWriter;
import dev.hypergateway.openai.ChunkWriter;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every recorded chat with Perplexity, played back by a local server: what we would have asked, and what we make of it. */
class SonarRecordingsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SonarProvider provider = new SonarProvider();

    @Test
    void sends_the_recorded_requests_as_they_were() throws IOException {
        int compared = 0;
        for (Recording recording : Recording.chats()) {
            if (!recording.hasRequest() || recording.name().startsWith("error-400-role-alternation")) {
                continue;
            }
            compared++;
            assertThat(asked(recording)).as(recording.name()).isEqualTo(expected(recording));
        }
        assertThat(compared).isGreaterThan(15);
    }

    @Test
    void repairs_the_recorded_order_of_roles_that_was_refused() throws IOException {
        JsonNode messages = asked(Recording.of("error-400-role-alternation")).get("messages");

        assertThat(messages.get(0).get("role").asText()).isEqualTo("system");
        String last = "assistant";
        for (int i = 1; i < messages.size(); i++) {
            String role = messages.get(i).get("role").asText();
            assertThat(role).isIn("user", "assistant").isNotEqualTo(last);
            last = role;
        }
        assertThat(last).isEqualTo("user");
    }

    @Test
    void reads_the_recorded_answers() throws IOException {
        int read = 0;
        for (Recording recording : Recording.chats()) {
            if (recording.status() != 200 || !recording.isJson()) {
                continue;
            }
            read++;
            try (StubVendor vendor = StubVendor.replaying(recording)) {
                ChatResponse response = provider.chat(request(recording), call(vendor, recording));

                assertAnswer(response, recording.response(), recording);
                JsonNode written = JSON.readTree(ChatResponseWriter.write(response));
                assertThat(written.path("citations"))
                        .isEqualTo(recording.response().path("citations"));
                assertThat(written.path("search_results"))
                        .isEqualTo(recording.response().path("search_results"));
                assertThat(written.at("/usage/cost"))
                        .isEqualTo(recording.response().at("/usage/cost"));
                assertThat(written.at("/choices/0").has("delta")).isFalse();
                assertThat(written.at("/choices/0/message/annotations"))
                        .hasSameSizeAs(recording.response().path("citations"));
            }
        }
        assertThat(read).isGreaterThan(8);
    }

    @Test
    void reads_the_recorded_streams() throws IOException {
        int read = 0;
        for (Recording recording : Recording.chats()) {
            if (!recording.isStream()) {
                continue;
            }
            read++;
            try (StubVendor vendor = StubVendor.replaying(recording)) {
                List<ChatEvent> events = events(recording, call(vendor, recording));
                ChatResponseAssembler assembler = new ChatResponseAssembler();
                events.forEach(assembler::accept);

                assertAnswer(assembler.response(), whole(recording), recording);
                assertThat(count(events, ChatEvent.Start.class)).isOne();
                assertThat(count(events, ChatEvent.Finish.class)).isOne();
                assertThat(count(events, ChatEvent.Citations.class)).isOne();
                assertThat(count(events, ChatEvent.UsageReport.class)).isOne();
                assertThat(events.get(events.size() - 1)).isInstanceOf(ChatEvent.UsageReport.class);
                assertNothingTwice(events, recording);
            }
        }
        assertThat(read).isGreaterThan(9);
    }

    /** The client gets every field once, although the vendor repeats them in each chunk. */
    private static void assertNothingTwice(List<ChatEvent> events, Recording recording) throws IOException {
        ChunkWriter writer = new ChunkWriter("perplexity/sonar", true);
        StringBuilder sent = new StringBuilder();
        for (ChatEvent event : events) {
            byte[] bytes = writer.write(event);
            sent.append(bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8));
        }
        sent.append(new String(writer.done(), StandardCharsets.UTF_8));
        Map<String, Integer> seen = new HashMap<>();
        StringBuilder text = new StringBuilder();
        for (String line : sent.toString()
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .toList()) {
            JsonNode chunk = JSON.readTree(line.substring("data: ".length()));
            for (String field : List.of("citations", "search_results", "images", "related_questions")) {
                seen.merge(field, chunk.has(field) ? 1 : 0, Integer::sum);
            }
            seen.merge("usage", chunk.path("usage").isObject() ? 1 : 0, Integer::sum);
            seen.merge("annotations", chunk.at("/choices/0/delta").has("annotations") ? 1 : 0, Integer::sum);
            seen.merge("message", chunk.at("/choices/0").has("message") ? 1 : 0, Integer::sum);
            text.append(chunk.at("/choices/0/delta/content").asText(""));
        }
        boolean results = whole(recording).has("search_results");
        assertThat(seen)
                .as(recording.name())
                .isEqualTo(Map.of(
                        "citations",
                        1,
                        "search_results",
                        results ? 1 : 0,
                        "images",
                        0,
                        "related_questions",
                        0,
                        "usage",
                        1,
                        "annotations",
                        1,
                        "message",
                        0));
        assertThat(text.toString()).isEqualTo(deltas(recording));
    }

    private static void assertAnswer(ChatResponse response, JsonNode body, Recording recording) throws IOException {
        Choice choice = response.choices().get(0);
        assertThat(response.id()).isEqualTo(body.get("id").asText());
        assertThat(choice.message().text())
                .as(recording.name())
                .isEqualTo(body.at("/choices/0/message/content").asText());
        assertThat(choice.message().reasoning()).isNull();
        assertThat(String.valueOf(choice.finishReason()))
                .isEqualTo(body.at("/choices/0/finish_reason").asText());
        assertThat(choice.message().citations())
                .as(recording.name())
                .extracting(Citation::url)
                .containsExactlyElementsOf(texts(body.path("citations")));
        Map<String, String> titles = new HashMap<>();
        body.path("search_results")
                .forEach(result -> titles.put(
                        result.get("url").asText(), result.get("title").asText()));
        assertThat(choice.message().citations())
                .allSatisfy(citation -> assertThat(citation.title()).isEqualTo(titles.get(citation.url())));
        assertThat(JSON.valueToTree(response.extra()).path("citations")).isEqualTo(body.path("citations"));
        Usage usage = response.usage().orElseThrow();
        JsonNode expected = body.get("usage");
        assertThat(usage.promptTokens()).isEqualTo(expected.get("prompt_tokens").asLong());
        assertThat(usage.completionTokens())
                .isEqualTo(expected.get("completion_tokens").asLong());
        assertThat(usage.totalTokens()).isEqualTo(expected.get("total_tokens").asLong());
        assertThat(JSON.readTree(JSON.writeValueAsBytes(usage.extra())).path("cost"))
                .isEqualTo(expected.path("cost"));
    }

    private JsonNode asked(Recording recording) throws IOException {
        try (StubVendor vendor = StubVendor.answering(500, "text/plain", "")) {
            ProviderCall call = call(vendor, recording);
            try {
                if (recording.request().path("stream").asBoolean()) {
                    provider.stream(request(recording), call).close();
                } else {
                    provider.chat(request(recording), call);
                }
            } catch (RuntimeException expected) {
                // Only the request counts.
            }
            assertThat(vendor.paths).containsExactly("/chat/completions");
            assertThat(vendor.authorizations).containsExactly("Bearer " + StubVendor.KEY.reveal());
            return JSON.readTree(vendor.bodies.get(0));
        }
    }

    private static JsonNode expected(Recording recording) {
        ObjectNode expected = named(recording.request());
        if (!expected.path("stream").asBoolean()) {
            expected.remove("stream");
        } else {
            expected.putObject("stream_options").put("include_usage", true);
        }
        return expected;
    }

    /** OpenAI's schemas have a name, which Perplexity's need not. */
    private static ObjectNode named(JsonNode request) {
        ObjectNode named = request.deepCopy();
        if (named.at("/response_format/json_schema") instanceof ObjectNode schema && !schema.has("name")) {
            schema.put("name", "answer");
        }
        return named;
    }

    private static ProviderCall call(StubVendor vendor, Recording recording) {
        return recording.hasRequest() ? vendor.call(read(recording).model()) : vendor.call();
    }

    private static ChatRequest request(Recording recording) {
        return recording.hasRequest()
                ? read(recording).toBuilder().model("perplexity/some-model").build()
                : StubVendor.QUESTION;
    }

    private static ChatRequest read(Recording recording) {
        return ChatRequestReader.read(named(recording.request()).toString().getBytes(StandardCharsets.UTF_8))
                .request();
    }

    private List<ChatEvent> events(Recording recording, ProviderCall call) {
        List<ChatEvent> events = new ArrayList<>();
        try (ProviderStream stream = provider.stream(request(recording), call)) {
            for (ChatEvent event = stream.next(); event != null; event = stream.next()) {
                events.add(event);
            }
        }
        return events;
    }

    private static long count(List<ChatEvent> events, Class<? extends ChatEvent> type) {
        return events.stream().filter(type::isInstance).count();
    }

    /** What a recorded stream says, put together without our readers: its last chunk with the text of all deltas. */
    private static JsonNode whole(Recording recording) throws IOException {
        List<String> chunks = recording.chunks();
        ObjectNode last = (ObjectNode) JSON.readTree(chunks.get(chunks.size() - 1));
        ((ObjectNode) last.at("/choices/0"))
                .putObject("message")
                .put("role", "assistant")
                .put("content", deltas(recording));
        return last;
    }

    private static String deltas(Recording recording) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String chunk : recording.chunks()) {
            text.append(JSON.readTree(chunk).at("/choices/0/delta/content").asText(""));
        }
        return text.toString();
    }

    private static List<String> texts(JsonNode array) {
        return Arrays.stream(JSON.convertValue(array, String[].class)).toList();
    }
}
