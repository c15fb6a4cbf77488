package dev.hypergateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hypergateway.key.ProviderKey;
import dev.hypergateway.testkit.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChatCompletionsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String MODEL = "google/gemini-2.5-flash";

    private final RunningGateway running = new RunningGateway();

    @AfterEach
    void close() {
        running.close();
    }

    @Test
    void answers_in_openai_form_under_the_name_that_the_caller_used() throws Exception {
        ProviderKey key = running.store("google", "good-key-000000");

        HttpResponse<String> response = running.chat(MODEL, "hello");

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode body = JSON.readTree(response.body());
        assertThat(body.path("object").asText()).isEqualTo("chat.completion");
        assertThat(body.path("model").asText()).isEqualTo(MODEL);
        assertThat(body.at("/choices/0/message/content").asText()).isEqualTo("You said: hello");
        assertThat(body.at("/usage/total_tokens").asInt()).isPositive();
        assertThat(header(response, "content-type")).isEqualTo("application/json");
        assertThat(header(response, "x-hyper-provider")).isEqualTo("google");
        assertThat(header(response, "x-hyper-model")).isEqualTo("gemini-2.5-flash");
        assertThat(header(response, "x-hyper-key-id")).isEqualTo(key.id());
        assertThat(header(response, "x-hyper-attempts")).isEqualTo("1");
        assertThat(response.headers().firstValue("x-hyper-failures")).isEmpty();
        assertThat(Double.parseDouble(header(response, "x-hyper-overhead-ms"))).isNotNegative();
        assertThat(header(response, "x-request-id")).startsWith("req_");
    }

    @Test
    void tells_which_keys_failed_before_one_answered_and_moves_the_selection() throws Exception {
        running.store("google", "dead-key-000000");
        running.store("google", "limited-key-000000");
        running.store("google", "forbidden-key-000000");
        ProviderKey good = running.store("google", "good-key-000000");
        running.sandbox
                .gemini()
                .script("dead-key-000000", Reply.invalidKey())
                .script("limited-key-000000", Reply.rateLimited(Duration.ofSeconds(30)))
                .script("forbidden-key-000000", Reply.forbidden());

        HttpResponse<String> response = running.chat(MODEL, "hello");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "x-hyper-attempts")).isEqualTo("4");
        assertThat(header(response, "x-hyper-failures"))
                .isEqualTo("google:CREDENTIAL_REJECTED(400),google:RATE_LIMITED(429),google:CREDENTIAL_REJECTED(403)");
        assertThat(header(response, "x-hyper-key-id")).isEqualTo(good.id());
        assertThat(running.selected("google")).isEqualTo(good.id());
    }

    @Test
    void says_503_and_when_to_come_back_when_all_keys_fail() throws Exception {
        running.store("google", "limited-key-000000");
        running.sandbox.gemini().script("limited-key-000000", Reply.rateLimited(Duration.ofSeconds(30)));

        HttpResponse<String> response = running.chat(MODEL, "hello");

        assertThat(response.statusCode()).isEqualTo(503);
        JsonNode error = JSON.readTree(response.body()).path("error");
        assertThat(error.path("type").asText()).isEqualTo("api_error");
        assertThat(error.path("message").asText()).contains("Try again in");
        assertThat(Integer.parseInt(header(response, "retry-after"))).isBetween(1, 120);
        assertThat(header(response, "x-hyper-failures")).isEqualTo("google:RATE_LIMITED(429)");
    }

    @Test
    void a_bad_request_is_tried_once_and_harms_no_key() throws Exception {
        ProviderKey first = running.store("google", "first-key-000000");
        running.store("google", "second-key-000000");
        running.sandbox.gemini().script("first-key-000000", Reply.badRequest("temperature is too hot"));

        HttpResponse<String> response = running.chat(MODEL, "hello");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(response.body()).at("/error/message").asText()).contains("temperature is too hot");
        assertThat(running.sandbox.gemini().requests()).hasSize(1);
        assertThat(running.selected("google")).isEqualTo(first.id());
        assertThat(running.get("/api/v1/provider-keys").body())
                .contains("\"status\":\"available\"")
                .doesNotContain("\"status\":\"rejected\"");
    }

    @Test
    void a_key_in_a_header_is_used_first_and_named_as_the_callers() throws Exception {
        running.store("google", "stored-key-000000");

        HttpResponse<String> response = running.send(running.to("/v1/chat/completions")
                .header("x-google-api-key", "my-own-key-000000")
                .POST(BodyPublishers.ofString(RunningGateway.body(MODEL, "hello", false))));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "x-hyper-key-id")).isEqualTo("caller");
        assertThat(running.sandbox.gemini().lastRequest().key()).contains("my-own-key-000000");
    }

    @Test
    void a_header_that_cannot_be_a_key_is_named_and_not_repeated() throws Exception {
        running.store("google", "stored-key-000000");

        HttpResponse<String> response = running.send(running.to("/v1/chat/completions")
                .header("X-Google-API-Key", "two words")
                .POST(BodyPublishers.ofString(RunningGateway.body(MODEL, "hello", false))));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("X-Google-API-Key").doesNotContain("two words");
        assertThat(running.sandbox.gemini().requests()).isEmpty();
    }

    @Test
    void keeps_a_sane_request_id_and_replaces_others() throws Exception {
        assertThat(requestId("my-id:42")).isEqualTo("my-id:42");
        assertThat(requestId("has space")).startsWith("req_");
        assertThat(requestId("x".repeat(200))).startsWith("req_");
    }

    private String requestId(String given) throws Exception {
        return header(running.send(running.to("/v1/models").header("X-Request-Id", given)), "x-request-id");
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
