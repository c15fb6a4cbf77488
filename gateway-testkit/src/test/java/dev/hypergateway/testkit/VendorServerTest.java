package dev.hypergateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.testkit.RecordedRequest.End;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VendorServerTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final VendorSandbox sandbox = VendorSandbox.start();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void replies_come_in_order_and_the_last_one_repeats() throws Exception {
        sandbox.xai().script("key", Reply.overloaded(), Reply.rateLimited(), Reply.ok());

        assertThat(xai("key").statusCode()).isEqualTo(503);
        assertThat(xai("key").statusCode()).isEqualTo(429);
        assertThat(xai("key").statusCode()).isEqualTo(200);
        assertThat(xai("key").statusCode()).isEqualTo(200);
        assertThat(sandbox.xai().attempts("key")).isEqualTo(4);
        assertThat(sandbox.xai().attempts("other")).isZero();
    }

    @Test
    void each_key_has_its_own_script() throws Exception {
        sandbox.gemini().script("dead", Reply.invalidKey()).script("limited", Reply.rateLimited());

        assertThat(gemini("dead").statusCode()).isEqualTo(400);
        assertThat(gemini("limited").statusCode()).isEqualTo(429);
        assertThat(gemini("any").statusCode()).isEqualTo(200);
    }

    @Test
    void with_accept_only_other_keys_are_invalid_and_scripted_ones_are_known() throws Exception {
        sandbox.gemini().acceptOnly("good").script("scripted", Reply.ok());

        assertThat(gemini("good").statusCode()).isEqualTo(200);
        assertThat(gemini("scripted").statusCode()).isEqualTo(200);
        assertThat(gemini("bad").body()).contains("API_KEY_INVALID");
        assertThat(sandbox.gemini().attempts("bad")).isEqualTo(1);
    }

    @Test
    void a_script_of_a_model_holds_for_keys_without_a_script() throws Exception {
        sandbox.xai().scriptModel("grok-4.3", Reply.overloaded()).script("key", Reply.ok());

        assertThat(xai("other").statusCode()).isEqualTo(503);
        assertThat(xai("key").statusCode()).isEqualTo(200);
        assertThat(Client.xai(sandbox, "other", Bodies.xai("grok-3", "Hi", "")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_request_without_a_key_is_refused() throws Exception {
        String gemini = sandbox.gemini().baseUri() + "/models/" + Bodies.GEMINI_WHOLE;
        HttpResponse<String> refused = Client.send(gemini, "x-other", "1", Bodies.gemini("Hi"));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("Method doesn't allow unregistered callers");

        String xai = sandbox.xai().baseUri() + "/chat/completions";
        assertThat(Client.send(xai, "x-other", "1", Bodies.xai("Hi")).statusCode())
                .isEqualTo(401);
        assertThat(Client.send(xai, "Authorization", "Basic abc", Bodies.xai("Hi"))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void gemini_takes_the_key_from_the_query_too() throws Exception {
        String uri = sandbox.gemini().baseUri() + "/models/" + Bodies.GEMINI_WHOLE + "?key=query%2Dkey";

        assertThat(Client.send(uri, "x-other", "1", Bodies.gemini("Hi")).statusCode())
                .isEqualTo(200);
        assertThat(sandbox.gemini().lastRequest().key()).contains("query-key");
    }

    @Test
    void lists_use_up_no_reply_but_meet_an_error_in_line() throws Exception {
        sandbox.xai().script("key", Reply.invalidKey(), Reply.ok());
        URI models = URI.create(sandbox.xai().baseUri() + "/models");

        assertThat(Client.get(models, "Authorization", "Bearer key").statusCode())
                .isEqualTo(400);
        assertThat(Client.get(models, "Authorization", "Bearer key").statusCode())
                .isEqualTo(400);
        assertThat(xai("key").statusCode()).isEqualTo(400);
        assertThat(xai("key").statusCode()).isEqualTo(200);
        assertThat(Client.get(models, "Authorization", "Bearer key").statusCode())
                .isEqualTo(200);
    }

    @Test
    void pages_of_geminis_list_are_the_whole_list() throws Exception {
        sandbox.gemini().models("a", "b", "c", "d", "e");
        String token = "";
        StringBuilder names = new StringBuilder();
        int pages = 0;
        do {
            URI uri = URI.create(sandbox.gemini().baseUri() + "/models?pageSize=2" + token);
            JsonNode page = Shape.parse(Client.get(uri, "x-goog-api-key", "k").body());
            page.path("models")
                    .forEach(model -> names.append(model.path("name").asText()).append(' '));
            token = page.has("nextPageToken")
                    ? "&pageToken=" + page.path("nextPageToken").asText()
                    : "";
            pages++;
        } while (!token.isEmpty());

        assertThat(pages).isEqualTo(3);
        assertThat(names).hasToString("models/a models/b models/c models/d models/e ");
    }

    @Test
    void single_models_are_described_or_not_found() throws Exception {
        URI known = URI.create(sandbox.gemini().baseUri() + "/models/gemini-2.5-pro");
        URI unknown = URI.create(sandbox.xai().baseUri() + "/models/grok-0");

        assertThat(Shape.parse(Client.get(known, "x-goog-api-key", "k").body())
                        .path("inputTokenLimit")
                        .asInt())
                .isEqualTo(1_048_576);
        assertThat(Client.get(unknown, "Authorization", "Bearer k").statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_request_is_recorded_as_it_arrived() throws Exception {
        String body = Bodies.gemini("Grüße");
        Client.gemini(sandbox, "secret-key-1234", Bodies.GEMINI_STREAM, body);
        RecordedRequest request = sandbox.gemini().lastRequest();

        assertThat(request.awaitEnd(LONG)).isTrue();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/v1beta/models/gemini-2.5-flash:streamGenerateContent");
        assertThat(request.query()).isEqualTo("alt=sse");
        assertThat(request.key()).contains("secret-key-1234");
        assertThat(request.model()).contains("gemini-2.5-flash");
        assertThat(request.body()).isEqualTo(body);
        assertThat(request.json()).containsOnlyKeys("contents");
        assertThat(request.header("CONTENT-TYPE")).contains("application/json");
        assertThat(request.headers()).containsKey("X-Goog-Api-Key");
        assertThat(request.status()).isEqualTo(200);
        assertThat(request.chunksSent()).isEqualTo(3);
        assertThat(request.end()).isEqualTo(End.COMPLETED);
        assertThat(request.duration()).isPresent();
        assertThat(request.toString()).doesNotContain("secret-key-1234").doesNotContain("Grüße");
    }

    @Test
    void retry_hints_stand_where_the_vendor_puts_them() throws Exception {
        Reply limited = Reply.rateLimited(Duration.ofMillis(1500));
        sandbox.gemini().script("key", limited, Reply.rateLimited(), Reply.dailyQuota(), Reply.overCapacity());
        sandbox.xai().script("key", limited, Reply.rateLimited());

        assertThat(gemini("key").body()).contains("\"retryDelay\": \"1.5s\"", "Please retry in 1.5s.");
        assertThat(gemini("key").body()).contains("\"retryDelay\": \"48s\"", "PerModelPerMinute");
        assertThat(gemini("key").body()).contains("GenerateRequestsPerDayPerProjectPerModel-FreeTier");
        assertThat(gemini("key").body()).contains("Resource exhausted.").doesNotContain("RetryInfo");
        assertThat(xai("key").headers().firstValue("Retry-After")).contains("2");
        assertThat(xai("key").headers().firstValue("Retry-After")).isEmpty();
    }

    @Test
    void headers_of_a_reply_replace_the_vendors() throws Exception {
        sandbox.xai()
                .script("key", Reply.rateLimited().header("Retry-After", "7").header("server", "other"));
        HttpResponse<String> answer = xai("key");

        assertThat(answer.headers().firstValue("Retry-After")).contains("7");
        assertThat(answer.headers().allValues("Server")).containsExactly("other");
    }

    @Test
    void a_blocked_prompt_is_a_200_at_gemini_and_a_403_at_xai() throws Exception {
        sandbox.gemini().script("key", Reply.contentFiltered());
        sandbox.xai().script("key", Reply.contentFiltered());

        HttpResponse<String> stream = Client.gemini(sandbox, "key", Bodies.GEMINI_STREAM, Bodies.gemini("Bad"));
        assertThat(stream.statusCode()).isEqualTo(200);
        JsonNode event = Sse.json(stream.body()).get(0);
        assertThat(event.path("promptFeedback").path("blockReason").asText()).isEqualTo("PROHIBITED_CONTENT");
        assertThat(event.has("candidates")).isFalse();
        assertThat(Shape.parse(gemini("key").body()).has("promptFeedback")).isTrue();
        assertThat(xai("key").statusCode()).isEqualTo(403);
        assertThat(xai("key").body()).contains("Content violates usage guidelines");
    }

    @Test
    void connections_are_kept_alive() throws Exception {
        try (RawClient client = RawClient.connect(sandbox.xai())) {
            for (int i = 1; i <= 3; i++) {
                client.post("/chat/completions", "Authorization: Bearer key", Bodies.xaiStream("Hello " + i));
                assertThat(client.readUntil("\r\n0\r\n\r\n"))
                        .contains("\" " + i + "\"")
                        .contains("[DONE]");
                assertThat(sandbox.xai().openConnections()).isEqualTo(1);
            }
        }
        assertThat(sandbox.xai().requests()).hasSize(3);
    }

    @Test
    void connection_close_is_obeyed() throws Exception {
        try (RawClient client = RawClient.connect(sandbox.xai())) {
            client.post("/chat/completions", "Connection: close\r\nAuthorization: Bearer key", Bodies.xai("Hello"));
            assertThat(client.readToEnd().text()).contains("You said: Hello").endsWith("\r\n0\r\n\r\n");
        }
    }

    @Test
    void a_chunked_request_body_and_expect_continue_are_read() throws Exception {
        String body = Bodies.xai("Hello chunks");
        String chunks = Integer.toHexString(10) + ";ext=1\r\n" + body.substring(0, 10) + "\r\n"
                + Integer.toHexString(body.length() - 10) + "\r\n" + body.substring(10) + "\r\n0\r\nTrailer: x\r\n\r\n";
        try (RawClient client = RawClient.connect(sandbox.xai())) {
            client.send(String.join(
                    "\r\n",
                    "POST /v1/chat/completions HTTP/1.1",
                    "Host: x",
                    "Authorization: Bearer k",
                    "Content-Type: application/json",
                    "Transfer-Encoding: chunked",
                    "Expect: 100-continue",
                    "",
                    ""));
            assertThat(client.readUntil("\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            client.send(chunks);
            assertThat(client.readUntil("\r\n0\r\n\r\n")).contains("You said: Hello chunks");
        }
        assertThat(sandbox.xai().lastRequest().body()).isEqualTo(body);
    }

    @Test
    void what_is_not_http_is_refused_and_the_server_goes_on() throws Exception {
        for (String nonsense : List.of(
                "hello\r\n\r\n",
                "GET / HTTP/1.0\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n",
                "POST / HTTP/1.1\r\nno colon\r\n\r\n")) {
            try (RawClient client = RawClient.connect(sandbox.xai())) {
                client.send(nonsense);
                assertThat(client.readToEnd().text()).matches("(?s)HTTP/1.1 (400|505|413) .*");
            }
        }
        assertThat(xai("key").statusCode()).isEqualTo(200);
    }

    @Test
    void reset_forgets_everything_and_keeps_the_address() throws Exception {
        URI before = sandbox.gemini().baseUri();
        sandbox.gemini()
                .acceptOnly()
                .script("key", Reply.overloaded())
                .models("m")
                .answerer(request -> SandboxAnswer.text("x"));
        gemini("key");
        sandbox.reset();

        assertThat(sandbox.gemini().baseUri()).isEqualTo(before);
        assertThat(sandbox.gemini().requests()).isEmpty();
        assertThat(gemini("other").body()).contains("You said: Hello");
        assertThatIllegalStateException().isThrownBy(() -> sandbox.xai().lastRequest());
    }

    @Test
    void waiting_ends_without_success_when_nothing_happens() {
        assertThat(sandbox.xai().awaitAbort(Duration.ofMillis(1))).isFalse();
        assertThat(sandbox.xai().awaitRequests(1, Duration.ofMillis(1))).isFalse();
        assertThat(sandbox.xai().awaitIdle(Duration.ZERO)).isTrue();
    }

    @Test
    void the_settings_point_at_the_servers() {
        assertThat(sandbox.settings())
                .containsEntry("GEMINI_API_BASE_URL", sandbox.gemini().baseUri().toString())
                .containsEntry("XAI_API_BASE_URL", sandbox.xai().baseUri().toString());
        assertThat(sandbox.gemini().baseUri().getPath()).isEqualTo("/v1beta");
        assertThat(sandbox.xai().baseUri().getPath()).isEqualTo("/v1");
        assertThat(sandbox.xai().baseUri().getHost()).isEqualTo("127.0.0.1");
    }

    @Test
    void an_empty_script_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sandbox.xai().script("key"))
                .withMessageContaining("at least one reply");
    }

    private HttpResponse<String> gemini(String key) throws Exception {
        return Client.gemini(sandbox, key, Bodies.GEMINI_WHOLE, Bodies.gemini("Hello"));
    }

    private HttpResponse<String> xai(String key) throws Exception {
        return Client.xai(sandbox, key, Bodies.xai("Hello"));
    }
}
