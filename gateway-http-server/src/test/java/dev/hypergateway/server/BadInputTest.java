package dev.hypergateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that make no sense: each gets its status and an error that names what is wrong, and the server goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LIMIT = 200_000;

    private RunningGateway running;

    @BeforeAll
    void start() {
        running = new RunningGateway(builder -> builder.maxBodyBytes(LIMIT));
        running.store("google", "good-key-000000");
    }

    @AfterAll
    void stop() {
        running.close();
    }

    @AfterEach
    void the_server_goes_on() throws Exception {
        assertThat(running.chat("google/gemini-2.5-flash", "hello").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"model\":                                                          | 400 |            ",
                "nonsense                                                             | 400 |            ",
                "[]                                                                   | 400 |            ",
                "``                                                                   | 400 |            ",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}               | 400 | model      ",
                "{\"model\":7,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}   | 400 | model      ",
                "{\"model\":\"nobody/knows\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} | 404 | model ",
                "{\"model\":\"google/gemini-2.5-flash\"}                              | 400 | messages   ",
                "{\"model\":\"google/gemini-2.5-flash\",\"messages\":\"hi\"}          | 400 | messages   ",
                "{\"model\":\"google/gemini-2.5-flash\",\"messages\":[]}              | 400 | messages   ",
                "{\"model\":\"google/gemini-2.5-flash\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":\"yes\"}       | 400 | stream      ",
                "{\"model\":\"google/gemini-2.5-flash\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"temperature\":\"hot\"}  | 400 | temperature "
            })
    void a_bad_chat_request_is_refused(String body, int status, String param) throws Exception {
        HttpResponse<String> response = running.post("/v1/chat/completions", body);

        assertThat(response.statusCode()).isEqualTo(status);
        JsonNode error = JSON.readTree(response.body()).path("error");
        assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(error.path("message").asText()).isNotBlank();
        assertThat(error.path("param").asText(null)).isEqualTo(param);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /v1/nothing,                   404, unknown_url",
        "GET,    /v1/chat/completions/more,     404, unknown_url",
        "GET,    /v1/chat/completions,          405, method_not_allowed",
        "DELETE, /v1/models,                    405, method_not_allowed",
        "BREW,   /v1/models,                    405, method_not_allowed",
        "GET,    /v1/models/nobody/knows,       404, model_not_found",
        "GET,    /v1/models/%ff,                400, invalid_url"
    })
    void a_wrong_address_or_method_is_told_in_openai_form(String method, String path, int status, String code)
            throws Exception {
        HttpResponse<String> response = running.send(running.to(path).method(method, BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(JSON.readTree(response.body()).at("/error/code").asText()).isEqualTo(code);
        assertThat(response.headers().firstValue("x-request-id")).isPresent();
        assertThat(response.headers().firstValue("allow").isPresent()).isEqualTo(status == 405);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /api/v1/nothing,           404",
        "PUT,    /api/v1/provider-keys,     405",
        "POST,   /api/v1/health,            405",
        "POST,   /api/v1/activity-logs,     405",
        "GET,    /elsewhere,                404"
    })
    void a_wrong_address_or_method_is_told_as_a_detail(String method, String path, int status) throws Exception {
        HttpResponse<String> response = running.send(running.to(path).method(method, BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(JSON.readTree(response.body()).path("detail").asText()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "none, ''",
        "other scheme, Basic c2stdGVzdA==",
        "no key, Bearer",
        "no key but blanks, 'Bearer   '",
        "unknown key, Bearer sk-unknown-000000000",
        "unreadable key, Bearer sk two words"
    })
    void without_a_known_key_there_is_no_way_in(String what, String header) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(running.server.uri().resolve("/v1/models"));
        HttpResponse<String> response =
                running.send(header.isEmpty() ? request : request.header("Authorization", header));

        assertThat(response.statusCode()).as(what).isEqualTo(401);
        assertThat(response.headers().firstValue("www-authenticate")).contains("Bearer");
        JsonNode error = JSON.readTree(response.body()).path("error");
        assertThat(error.path("type").asText()).isEqualTo("authentication_error");
        assertThat(error.path("code").asText()).isEqualTo("invalid_api_key");
    }

    @Test
    void the_scheme_of_the_key_may_be_written_in_any_case() throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        running.server.uri().resolve("/v1/models/"))
                .header("Authorization", "bEARER  " + RunningGateway.KEY);

        assertThat(running.send(request).statusCode()).isEqualTo(200);
    }

    @Test
    void a_body_over_the_announced_limit_is_refused_before_it_is_read() throws Exception {
        try (RawConnection client = new RawConnection(running.server.uri())) {
            client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + RunningGateway.KEY
                    + "\r\nContent-Length: 999999999\r\n\r\n{");

            assertThat(client.readUntil("}}")).startsWith("HTTP/1.1 413").contains("request_too_large");
        }
    }

    @Test
    void a_chunked_body_over_the_limit_is_refused() throws Exception {
        String body = RunningGateway.body("google/gemini-2.5-flash", "x".repeat(LIMIT), false);
        HttpResponse<String> response = running.send(running.to("/v1/chat/completions")
                .POST(BodyPublishers.ofInputStream(() ->
                        new java.io.ByteArrayInputStream(body.getBytes(java.nio.charset.StandardCharsets.UTF_8)))));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(JSON.readTree(response.body()).at("/error/message").asText()).contains(String.valueOf(LIMIT));
    }

    @Test
    void a_large_body_without_authentication_gets_its_401() throws Exception {
        HttpResponse<String> response =
                running.send(HttpRequest.newBuilder(running.server.uri().resolve("/v1/chat/completions"))
                        .POST(BodyPublishers.ofString("x".repeat(LIMIT))));

        assertThat(response.statusCode()).isEqualTo(401);
    }

    @Test
    void an_encoded_body_is_refused() throws Exception {
        HttpResponse<String> response = running.send(running.to("/v1/chat/completions")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofString("x")));

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(JSON.readTree(response.body()).at("/error/param").asText()).isEqualTo("Content-Encoding");
    }

    @Test
    void a_request_that_ends_too_early_harms_nobody() throws Exception {
        try (RawConnection client = new RawConnection(running.server.uri())) {
            client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + RunningGateway.KEY
                    + "\r\nContent-Length: 100\r\n\r\n{");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET /v1/models HTTP/1.1\\r\\nbroken header\\r\\n",
        "nonsense\\r\\n",
        "GET /v1/models?x=%zz HTTP/1.1\\r\\nHost: x\\r\\n",
        "GET http://other.example/v1/models HTTP/1.1\\r\\nHost: x\\r\\n",
        "POST /v1/chat/completions HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: -5\\r\\n",
        "POST /v1/chat/completions HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: many\\r\\n",
        "POST /v1/chat/completions HTTP/1.1\\r\\nHost: x\\r\\nTransfer-Encoding: odd\\r\\n"
    })
    void a_broken_http_message_harms_nobody(String message) throws Exception {
        try (RawConnection client = new RawConnection(running.server.uri())) {
            client.send(message.replace("\\r\\n", "\r\n") + "Connection: close\r\n\r\n");

            assertThat(client.readUntil("\r\n")).matches("HTTP/1.1 (400|401|404|501) .*\\s+");
        }
    }

    @Test
    void head_and_options_are_answered_without_a_body() throws Exception {
        try (RawConnection client = new RawConnection(running.server.uri())) {
            String head = client.request("HEAD /api/v1/health", "", "").readAll();
            assertThat(head).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
        }
        HttpResponse<String> options =
                running.send(running.to("/v1/chat/completions").method("OPTIONS", BodyPublishers.noBody()));
        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(options.headers().firstValue("allow")).contains("OPTIONS, POST");
    }
}
