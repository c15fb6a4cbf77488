package dev.hypergateway.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class LoopbackServerTest {
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void replays_a_recording_with_its_headers_and_line_ends() throws Exception {
        Recording recording = recording("""
                {"request": {"method": "POST", "url": "https://vendor.example/v1/chat?x=1", "body": {"q": 1}},
                 "response": {"status": 203, "headers": {"X-Limit": "5", "Vary": ["a", "b"], "Content-Encoding": "gzip"},
                              "sse": "data: {\\"a\\":1}\\r\\n\\r\\n: ping\\r\\n\\r\\ndata: [DONE]\\r\\n\\r\\n"}}""");
        try (LoopbackServer server = LoopbackServer.replaying(recording)) {
            HttpResponse<String> response = post(server, recording.target(), "{\"q\": 1}");

            assertThat(response.statusCode()).isEqualTo(203);
            assertThat(response.body()).isEqualTo("data: {\"a\":1}\r\n\r\n: ping\r\n\r\ndata: [DONE]\r\n\r\n");
            assertThat(response.headers().firstValue("x-limit")).hasValue("5");
            assertThat(response.headers().allValues("vary")).containsExactly("a", "b");
            assertThat(response.headers().firstValue("content-type")).hasValue("text/event-stream");
            assertThat(response.headers().firstValue("content-encoding")).isEmpty();
            assertThat(server.lastAsked().json()).isEqualTo(recording.request());
            assertThat(server.lastAsked().uri()).hasToString("/v1/chat?x=1");
        }
        assertThat(recording.events()).containsExactly("{\"a\":1}", "[DONE]");
        assertThat(recording.chunks()).hasSize(1);
    }

    @Test
    void answers_a_path_first_with_what_is_meant_for_it() throws Exception {
        try (LoopbackServer server = new LoopbackServer()) {
            server.answer(200, "text/plain", "any")
                    .always("/token", Answer.of(200, "text/plain", "always"))
                    .answer("/token", Answer.of(401, "text/plain", "once"));

            assertThat(post(server, "/token", "").body()).isEqualTo("once");
            assertThat(post(server, "/token", "").body()).isEqualTo("always");
            assertThat(post(server, "/chat", "").body()).isEqualTo("any");
            assertThat(post(server, "/chat", "").statusCode()).isEqualTo(404);
            assertThat(server.asked("/token")).hasSize(2);
        }
    }

    @Test
    void breaks_the_connection_of_an_answer_that_is_cut() {
        try (LoopbackServer server = new LoopbackServer()) {
            server.answer(Answer.of(200, "text/plain", "begin").cut());

            assertThatThrownBy(() -> post(server, "/", "")).isInstanceOf(IOException.class);
        }
    }

    private HttpResponse<String> post(LoopbackServer server, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.address(path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static Recording recording(String json) throws JsonProcessingException {
        return new Recording("some", Recording.JSON.readTree(json));
    }
}
