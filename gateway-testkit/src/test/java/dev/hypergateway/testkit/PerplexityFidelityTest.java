package dev.hypergateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The sandbox against recorded exchanges with Perplexity: when they disagree, the sandbox is wrong. */
class PerplexityFidelityTest {
    private final VendorSandbox sandbox = VendorSandbox.start();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void a_whole_answer_has_the_recorded_fields() throws Exception {
        JsonNode answer = Json.read(replay("perplexity/chat-basic").body());
        JsonNode recorded = Recorded.response("perplexity/chat-basic").path("body");

        assertThat(names(answer)).isEqualTo(names(recorded));
        assertThat(names(answer.path("usage"))).isEqualTo(names(recorded.path("usage")));
        assertThat(names(answer.at("/usage/cost"))).isEqualTo(names(recorded.at("/usage/cost")));
        assertThat(names(answer.at("/choices/0"))).isEqualTo(names(recorded.at("/choices/0")));
        assertThat(names(answer.at("/search_results/0"))).isEqualTo(names(recorded.at("/search_results/0")));
    }

    @Test
    void answers_have_the_recorded_headers() throws Exception {
        for (String name : List.of("perplexity/chat-basic", "perplexity/chat-stream")) {
            HttpResponse<String> answer = replay(name);

            assertThat(headerNames(answer)).isEqualTo(Recorded.headerNames(name));
            assertThat(answer.headers().firstValue("Content-Type"))
                    .contains(
                            Recorded.response(name).at("/headers/Content-Type").asText());
        }
    }

    @Test
    void a_stream_has_the_recorded_events_and_line_ends() throws Exception {
        String answer = replay("perplexity/chat-stream").body();
        List<String> events = Sse.data(answer);
        List<String> recorded = Recorded.data("perplexity/chat-stream");

        assertThat(answer).endsWith("}\r\n\r\n").doesNotContain("[DONE]");
        assertThat(answer.replace("\r\n", "")).doesNotContain("\n");
        JsonNode first = Json.read(events.get(0));
        JsonNode last = Json.read(events.get(events.size() - 1));
        JsonNode recordedFirst = Json.read(recorded.get(0));
        JsonNode recordedLast = Json.read(recorded.get(recorded.size() - 1));
        assertThat(names(first)).isEqualTo(names(recordedFirst));
        assertThat(names(first.at("/usage/cost"))).isEqualTo(names(recordedFirst.at("/usage/cost")));
        assertThat(names(first.at("/choices/0"))).isEqualTo(names(recordedFirst.at("/choices/0")));
        assertThat(names(last.at("/choices/0"))).isEqualTo(names(recordedLast.at("/choices/0")));
        assertThat(names(last.at("/usage/cost"))).isEqualTo(names(recordedLast.at("/usage/cost")));
        assertThat(last.path("object")).isEqualTo(recordedLast.path("object"));
        assertThat(last.at("/choices/0/delta")).isEqualTo(recordedLast.at("/choices/0/delta"));
    }

    @Test
    void errors_are_the_recorded_ones() throws Exception {
        sandbox.perplexity()
                .script("wrong", Reply.invalidKey())
                .script("poor", Reply.outOfCredit())
                .script("long", Reply.contextTooLong());

        assertError("wrong", "perplexity/error-401-invalid-key-json");
        assertError("poor", "perplexity/error-401-invalid-key-or-credits-json");
        assertError("long", "perplexity/error-400-context-too-long");
        HttpResponse<String> order = post("key", Recorded.read("perplexity/error-400-role-alternation"));
        assertThat(order.statusCode()).isEqualTo(400);
        assertThat(Json.read(order.body()))
                .isEqualTo(Recorded.response("perplexity/error-400-role-alternation")
                        .path("body"));
    }

    private void assertError(String key, String name) throws Exception {
        HttpResponse<String> answer = post(key, Recorded.read("perplexity/chat-basic"));
        assertThat(answer.statusCode())
                .isEqualTo(Recorded.response(name).path("status").asInt());
        assertThat(Json.read(answer.body())).isEqualTo(Recorded.response(name).path("body"));
    }

    private HttpResponse<String> replay(String name) throws Exception {
        return post("key", Recorded.read(name));
    }

    private HttpResponse<String> post(String key, JsonNode recording) throws Exception {
        return Client.send(
                sandbox.perplexity().baseUri() + "/chat/completions",
                "Authorization",
                "Bearer " + key,
                recording.at("/request/body").toString());
    }

    private static Set<String> headerNames(HttpResponse<String> answer) {
        Set<String> names = new TreeSet<>();
        answer.headers().map().keySet().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        return names;
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
