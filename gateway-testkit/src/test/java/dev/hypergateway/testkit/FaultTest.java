package dev.hypergateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.testkit.RawClient.Ending;
import dev.hypergateway.testkit.RecordedRequest.End;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every fault as the socket shows it. */
class FaultTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String GEMINI_KEY = "x-goog-api-key: key";
    private static final String XAI_KEY = "Authorization: Bearer key";
    private static final String WORDS = "[[words:6]]";

    private final VendorSandbox sandbox = VendorSandbox.start();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void cut_after_chunks_is_a_fin_without_the_end_of_the_body() throws Exception {
        Ending gemini = gemini(Reply.ok().cutAfter(2));
        Ending xai = xai(Reply.ok().cutAfter(2));

        assertThat(Sse.geminiText(gemini.text())).isEqualTo("word1 word2");
        assertThat(gemini.text()).doesNotContain("finishReason").doesNotContain("\r\n0\r\n");
        assertThat(gemini.reset()).isFalse();
        assertThat(Sse.xaiText(xai.text())).isEqualTo("word1 word2");
        assertThat(xai.text())
                .doesNotContain("finish_reason")
                .doesNotContain("[DONE]")
                .doesNotContain("\r\n0\r\n");
        assertThat(sandbox.xai().lastRequest().chunksSent()).isEqualTo(2);
        assertEnded(sandbox.xai(), End.BROKEN);
    }

    @Test
    void cut_after_all_chunks_still_leaves_out_the_finish() throws Exception {
        Ending gemini = gemini(Reply.ok().cutAfter(100));
        Ending xai = xai(Reply.ok().cutAfter(6));

        assertThat(Sse.geminiText(gemini.text())).endsWith("word6");
        assertThat(gemini.text()).doesNotContain("finishReason");
        assertThat(Sse.xaiText(xai.text())).endsWith("word6");
        assertThat(xai.text()).doesNotContain("finish_reason").doesNotContain("[DONE]");
    }

    @Test
    void cut_at_once_sends_only_headers() throws Exception {
        Ending xai = xai(Reply.ok().cutAfter(0));

        assertThat(xai.text())
                .startsWith("HTTP/1.1 200 OK\r\n")
                .endsWith("\r\n\r\n")
                .doesNotContain("data:");
    }

    @Test
    void reset_after_chunks_is_a_rst() throws Exception {
        assertThat(gemini(Reply.ok().resetAfter(1)).reset()).isTrue();
        assertThat(xai(Reply.ok().resetAfter(1)).reset()).isTrue();
    }

    @Test
    void reset_before_headers_sends_nothing() throws Exception {
        Ending ending = gemini(Reply.resetBeforeHeaders());

        assertThat(ending.reset()).isTrue();
        assertThat(ending.text()).isEmpty();
    }

    @Test
    void a_truncated_body_breaks_off_inside_an_announced_chunk() throws Exception {
        Ending ending = xai(Reply.truncatedBody());
        String body = ending.text().substring(ending.text().indexOf("\r\n\r\n") + 4);
        int announced = Integer.parseInt(body.substring(0, body.indexOf("\r\n")), 16);

        assertThat(ending.reset()).isFalse();
        assertThat(body.substring(body.indexOf("\r\n") + 2)).hasSizeBetween(1, announced - 1);
    }

    @Test
    void a_hang_sends_nothing_until_the_client_gives_up() throws Exception {
        sandbox.xai().script("key", Reply.hang());
        try (RawClient client = RawClient.connect(sandbox.xai())) {
            client.post("/chat/completions", XAI_KEY, Bodies.xai("Hello"));
            assertThat(sandbox.xai().awaitRequests(1, LONG)).isTrue();
            assertThat(sandbox.xai().activeStreams()).isEqualTo(1);
            assertThat(sandbox.xai().lastRequest().end()).isEqualTo(End.OPEN);
            assertThat(sandbox.xai().lastRequest().status()).isZero();
        }
        assertThat(sandbox.xai().awaitAbort(LONG)).isTrue();
        assertThat(sandbox.xai().lastRequest().end()).isEqualTo(End.ABORTED);
        assertThat(sandbox.xai().lastRequest().duration()).isPresent();
    }

    @Test
    void a_stall_sends_some_chunks_and_then_waits_for_the_client_to_give_up() throws Exception {
        sandbox.gemini().script("key", Reply.ok().stallAfter(3));
        try (RawClient client = RawClient.connect(sandbox.gemini())) {
            client.post("/models/" + Bodies.GEMINI_STREAM, GEMINI_KEY, Bodies.gemini(WORDS));
            assertThat(Sse.geminiText(client.readUntil("}\r\n\r\n\r\n"))).isEqualTo("word1");
            client.readUntil("}\r\n\r\n\r\n");
            assertThat(client.readUntil("}\r\n\r\n\r\n")).contains("word3");
            assertThat(sandbox.gemini().activeStreams()).isEqualTo(1);
        }
        assertThat(sandbox.gemini().awaitAbort(LONG)).isTrue();
        assertThat(sandbox.gemini().lastRequest().chunksSent()).isEqualTo(3);
        assertThat(sandbox.gemini().awaitIdle(LONG)).isTrue();
    }

    @Test
    void a_client_that_leaves_between_two_chunks_is_noticed_before_the_next() throws Exception {
        sandbox.xai().script("key", Reply.ok().between(Duration.ofMinutes(5)));
        try (RawClient client = RawClient.connect(sandbox.xai())) {
            client.post("/chat/completions", XAI_KEY, Bodies.xaiStream(WORDS));
            client.readUntil("}\n\n\r\n");
        }
        assertThat(sandbox.xai().awaitAbort(LONG)).isTrue();
        assertThat(sandbox.xai().lastRequest().chunksSent()).isEqualTo(1);
    }

    @Test
    void a_delay_before_the_headers_and_before_the_first_token_holds_them_back() throws Exception {
        sandbox.xai()
                .script("late-headers", Reply.ok().delay(Duration.ofMinutes(5)))
                .script("late-token", Reply.ok().firstTokenAfter(Duration.ofMinutes(5)));
        try (RawClient headers = RawClient.connect(sandbox.xai());
                RawClient token = RawClient.connect(sandbox.xai())) {
            token.post("/chat/completions", "Authorization: Bearer late-token", Bodies.xaiStream(WORDS));
            assertThat(token.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200 OK");
            headers.post("/chat/completions", "Authorization: Bearer late-headers", Bodies.xaiStream(WORDS));
            assertThat(sandbox.xai().awaitRequests(2, LONG)).isTrue();
            assertThat(sandbox.xai().requests())
                    .extracting(RecordedRequest::status)
                    .containsExactly(200, 0);
        }
    }

    @Test
    void comments_fill_the_silence() throws Exception {
        Reply reply = Reply.ok().firstTokenAfter(Duration.ofMillis(40)).commentsEvery(Duration.ofMillis(10));
        assertThat(xaiBody(reply)).startsWith(": keep-alive\n\n").contains("\n\ndata: ", "[DONE]");
        assertThat(geminiBody(reply)).startsWith(": keep-alive\r\n\r\n");

        sandbox.xai().script("key", Reply.ok().stallAfter(0).commentsEvery(Duration.ofMillis(5)));
        try (RawClient client = RawClient.connect(sandbox.xai())) {
            client.post("/chat/completions", XAI_KEY, Bodies.xaiStream(WORDS));
            for (int i = 0; i < 5; i++) {
                assertThat(client.readUntil(": keep-alive\n\n")).doesNotContain("data:");
            }
        }
        assertThat(sandbox.xai().awaitAbort(LONG)).isTrue();
    }

    @Test
    void a_malformed_event_loses_its_own_text_only() throws Exception {
        String body = xaiBody(Reply.ok().malformedEventAt(2));
        List<String> data = Sse.data(body);

        assertThat(data.get(1)).startsWith("{\"id\":").doesNotContain("word2").doesNotEndWith("}");
        assertThat(data.get(2)).contains("word3");
        assertThat(body).contains("finish_reason").endsWith("data: [DONE]\n\n");
        assertThat(Sse.data(geminiBody(Reply.ok().malformedEventAt(1))).get(1)).contains("word2");
    }

    @Test
    void done_and_finish_can_be_left_out() throws Exception {
        assertThat(xaiBody(Reply.ok().withoutDone())).contains("finish_reason").doesNotContain("[DONE]");
        assertThat(xaiBody(Reply.ok().withoutFinish()))
                .doesNotContain("finish_reason")
                .contains("[DONE]", "usage");
        assertThat(geminiBody(Reply.ok().withoutFinish())).contains("word6").doesNotContain("finishReason");
        assertThat(geminiBody(Reply.ok().withoutDone())).contains("finishReason");
    }

    @Test
    void an_empty_stream_ends_properly_without_an_event() throws Exception {
        assertThat(xaiBody(Reply.ok().emptyStream())).isEmpty();
        assertThat(geminiBody(Reply.ok().emptyStream())).isEmpty();
        assertEnded(sandbox.gemini(), End.COMPLETED);
    }

    @Test
    void an_error_event_stands_where_a_chunk_would() throws Exception {
        List<String> gemini = Sse.data(geminiBody(Reply.ok().errorEventAfter(2)));
        List<String> xai = Sse.data(xaiBody(Reply.ok().errorEventAfter(0)));

        assertThat(gemini).hasSize(3);
        assertThat(Shape.parse(gemini.get(2)).path("error").path("code").asInt())
                .isEqualTo(503);
        assertThat(xai).hasSize(1);
        assertThat(Shape.of(xai.get(0))).containsExactly("code: STRING", "error: STRING");
    }

    @Test
    void a_json_error_can_come_with_status_200() throws Exception {
        sandbox.xai().script("key", Reply.jsonErrorWith200());
        HttpResponse<String> answer = Client.xai(sandbox, "key", Bodies.xaiStream(WORDS));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(Shape.of(answer.body())).containsExactly("code: STRING", "error: STRING");
    }

    @Test
    void unstreamed_answers_break_in_the_middle_of_their_json() throws Exception {
        Reply cut = Reply.ok().cutAfter(1);
        sandbox.gemini().script("key", cut, Reply.ok().malformedEventAt(1), Reply.truncatedBody());
        Ending broken = raw(sandbox.gemini(), "/models/" + Bodies.GEMINI_WHOLE, GEMINI_KEY, Bodies.gemini(WORDS));
        assertThat(broken.text())
                .startsWith("HTTP/1.1 200 OK")
                .contains("candidates")
                .doesNotContain("responseId");

        HttpResponse<String> malformed = Client.gemini(sandbox, "key", Bodies.GEMINI_WHOLE, Bodies.gemini(WORDS));
        assertThat(malformed.body()).startsWith("{").doesNotContain("responseId");

        Ending truncated = raw(sandbox.gemini(), "/models/" + Bodies.GEMINI_WHOLE, GEMINI_KEY, Bodies.gemini(WORDS));
        assertThat(truncated.text()).doesNotContain("\r\n0\r\n");
    }

    @Test
    void html_and_raw_responses_come_word_for_word() throws Exception {
        sandbox.xai().script("key", Reply.htmlError(502), Reply.status(418, "{}", Map.of("X-Tea", "green")));

        HttpResponse<String> html = Client.xai(sandbox, "key", Bodies.xai("Hello"));
        assertThat(html.statusCode()).isEqualTo(502);
        assertThat(html.headers().firstValue("Content-Type")).contains("text/html");
        assertThat(html.body()).startsWith("<html>");
        HttpResponse<String> raw = Client.xai(sandbox, "key", Bodies.xai("Hello"));
        assertThat(raw.statusCode()).isEqualTo(418);
        assertThat(raw.headers().firstValue("X-Tea")).contains("green");
        assertThat(raw.body()).isEqualTo("{}");
    }

    @Test
    void closing_the_sandbox_ends_a_hanging_request_without_calling_it_an_abort() throws Exception {
        sandbox.gemini().script("key", Reply.hang());
        try (RawClient client = RawClient.connect(sandbox.gemini())) {
            client.post("/models/" + Bodies.GEMINI_STREAM, GEMINI_KEY, Bodies.gemini(WORDS));
            assertThat(sandbox.gemini().awaitRequests(1, LONG)).isTrue();
            sandbox.close();
            client.readToEnd();
        }
        assertEnded(sandbox.gemini(), End.BROKEN);
    }

    private static void assertEnded(VendorServer server, End end) {
        assertThat(server.lastRequest().awaitEnd(LONG)).isTrue();
        assertThat(server.lastRequest().end()).isEqualTo(end);
    }

    private Ending gemini(Reply reply) throws IOException {
        sandbox.gemini().script("key", reply);
        return raw(sandbox.gemini(), "/models/" + Bodies.GEMINI_STREAM, GEMINI_KEY, Bodies.gemini(WORDS));
    }

    private Ending xai(Reply reply) throws IOException {
        sandbox.xai().script("key", reply);
        return raw(sandbox.xai(), "/chat/completions", XAI_KEY, Bodies.xaiStream(WORDS));
    }

    private static Ending raw(VendorServer server, String path, String key, String body) throws IOException {
        try (RawClient client = RawClient.connect(server)) {
            client.post(path, key, body);
            return client.readToEnd();
        }
    }

    private String geminiBody(Reply reply) throws Exception {
        sandbox.gemini().script("key", reply);
        return Client.gemini(sandbox, "key", Bodies.GEMINI_STREAM, Bodies.gemini(WORDS))
                .body();
    }

    private String xaiBody(Reply reply) throws Exception {
        sandbox.xai().script("key", reply);
        return Client.xai(sandbox, "key", Bodies.xaiStream(WORDS)).body();
    }
}
