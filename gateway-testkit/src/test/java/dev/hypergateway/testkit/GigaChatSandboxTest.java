package dev.hypergateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sandbox's GigaChat: its own rules, and its likeness to recorded exchanges. */
class GigaChatSandboxTest {
    private static final String SAID = "{\"model\":\"GigaChat\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    private final VendorSandbox sandbox = VendorSandbox.start();
    private final GigaChatServer gigachat = sandbox.gigachat();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void an_answer_has_the_recorded_shape_and_headers() throws Exception {
        HttpResponse<String> answer = chat(Recorded.read("gigachat/chat-simple").at("/request/body"));

        assertThat(Shape.of(answer.body()))
                .isEqualTo(Shape.of(Recorded.response("gigachat/chat-simple").path("body")));
        Set<String> names = names(answer);
        // Faults of the sandbox need chunks where the vendor knew the length.
        names.remove("transfer-encoding");
        names.add("content-length");
        assertThat(names).isEqualTo(Recorded.headerNames("gigachat/chat-simple"));
    }

    @Test
    void a_stream_has_the_recorded_events() throws Exception {
        HttpResponse<String> answer =
                chat(Recorded.read("gigachat/stream-simple").at("/request/body"));

        List<String> events = Sse.data(answer.body());
        List<String> recorded = Recorded.data("gigachat/stream-simple");
        assertThat(answer.body()).endsWith("data: [DONE]\n\n").doesNotContain("\r");
        assertThat(Shape.of(events.get(0))).isEqualTo(Shape.of(recorded.get(0)));
        assertThat(Shape.of(events.get(1))).isEqualTo(Shape.of(recorded.get(1)));
        assertThat(Shape.of(events.get(events.size() - 2))).isEqualTo(Shape.of(recorded.get(recorded.size() - 2)));
    }

    @Test
    void a_list_of_models_has_the_recorded_shape() throws Exception {
        assertThat(Shape.of(send("GET", "/models", token("key"), "").body()))
                .isEqualTo(Shape.of(Recorded.response("gigachat/get-models").path("body")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chat-model-not-found",
                "reported-422-system-not-first",
                "reported-422-function-result-without-call",
                "reported-422-invalid-function-name",
                "reported-422-missing-properties",
                "reported-400-invalid-json"
            })
    void refuses_in_the_recorded_words(String name) throws Exception {
        JsonNode response = Recorded.response("gigachat/" + name);
        HttpResponse<String> answer = chat(
                switch (name) {
                    case "chat-model-not-found" -> SAID.replace("\"GigaChat\"", "\"NonExistentModel\"");
                    case "reported-422-system-not-first" ->
                        SAID.replace("}]", "},{\"role\":\"system\",\"content\":\"Be brief\"}]");
                    case "reported-422-function-result-without-call" ->
                        SAID.replace("}]", "},{\"role\":\"function\",\"name\":\"f\",\"content\":\"1\"}]");
                    case "reported-422-invalid-function-name" ->
                        SAID.replace("}]", "}],\"functions\":[{\"name\":\"Плохое_Имя\",\"parameters\":{}}]");
                    case "reported-422-missing-properties" ->
                        SAID.replace(
                                "}]",
                                "}],\"functions\":[{\"name\":\"f\",\"parameters\":{\"type\":\"object\",\"properties\":"
                                        + "{\"data\":{\"type\":\"object\"}}}}]");
                    default -> "{";
                });

        assertThat(answer.statusCode()).isEqualTo(response.path("status").asInt());
        assertThat(Json.read(answer.body())).isEqualTo(response.path("body"));
    }

    @ParameterizedTest
    @CsvSource({
        "Bearer key, RqUID, GIGACHAT_API_PERS, 401, 4",
        "Basic key, X-Other, GIGACHAT_API_PERS, 400, 1",
        "Basic key, RqUID, '', 400, 5",
        "Basic key, RqUID, EVERYTHING, 400, 1",
        "Basic stranger, RqUID, GIGACHAT_API_PERS, 401, 6"
    })
    void gives_no_token_to_who_does_not_ask_properly(
            String authorization, String header, String scope, int status, String code) throws Exception {
        gigachat.acceptOnly("key");

        HttpResponse<String> answer = exchange(authorization, header, "scope=" + scope);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Json.read(answer.body()).path("code").asText()).isEqualTo(code);
    }

    @Test
    void takes_tokens_that_it_gave_out_until_they_expire() throws Exception {
        String token = token("key");
        assertThat(send("POST", "/chat/completions", token, SAID).statusCode()).isEqualTo(200);

        gigachat.expireTokens();

        HttpResponse<String> expired = send("POST", "/chat/completions", token, SAID);
        assertThat(expired.statusCode()).isEqualTo(401);
        assertThat(Json.read(expired.body()))
                .isEqualTo(
                        Recorded.response("gigachat/reported-401-token-expired").path("body"));
        assertThat(send("POST", "/chat/completions", "invented", SAID).body()).contains("Unauthorized");
        assertThat(gigachat.tokenRequests("key")).isEqualTo(1);
        assertThat(gigachat.attempts("key")).isEqualTo(2);
    }

    @Test
    void follows_scripts_by_the_key_behind_the_token() throws Exception {
        gigachat.script("busy", Reply.rateLimited())
                .script("poor", Reply.outOfCredit())
                .script("dead", Reply.invalidKey());

        assertThat(send("POST", "/chat/completions", token("busy"), SAID).statusCode())
                .isEqualTo(429);
        assertThat(send("POST", "/chat/completions", token("poor"), SAID).statusCode())
                .isEqualTo(402);
        assertThat(exchange("Basic dead", "RqUID", "scope=GIGACHAT_API_PERS").statusCode())
                .isEqualTo(401);
    }

    @Test
    void filters_with_words_of_its_own() throws Exception {
        gigachat.script("key", Reply.contentFiltered());

        JsonNode choice = Json.read(
                        send("POST", "/chat/completions", token("key"), SAID).body())
                .at("/choices/0");
        assertThat(choice.path("finish_reason").asText()).isEqualTo("blacklist");
        assertThat(choice.at("/message/content").asText()).isEqualTo(GigaChatBodies.FILTERED);
    }

    @Test
    void refuses_files_of_other_keys_and_forgets_everything_on_reset() throws Exception {
        String form =
                "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain"
                        + "\r\n\r\nhello\r\n--b\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\ngeneral\r\n--b--\r\n";
        HttpResponse<String> uploaded = Client.HTTP.send(
                request("POST", "/files", token("key"), form)
                        .setHeader("Content-Type", "multipart/form-data; boundary=b")
                        .build(),
                BodyHandlers.ofString());
        String id = Json.read(uploaded.body()).path("id").asText();
        String body = SAID.replace("\"Hi\"", "\"Hi\",\"attachments\":[\"" + id + "\"]");

        assertThat(gigachat.files())
                .singleElement()
                .satisfies(file -> assertThat(file.content()).asString().isEqualTo("hello"));
        assertThat(send("POST", "/chat/completions", token("key"), body).statusCode())
                .isEqualTo(200);
        assertThat(send("POST", "/chat/completions", token("other"), body).statusCode())
                .isEqualTo(404);
        assertThat(send("POST", "/files/" + id + "/delete", token("key"), "").body())
                .contains("\"deleted\":true");
        assertThat(gigachat.files()).isEmpty();

        gigachat.reset();
        assertThat(gigachat.requests()).isEmpty();
    }

    private HttpResponse<String> chat(Object body) throws IOException, InterruptedException {
        return send("POST", "/chat/completions", token("key"), body.toString());
    }

    private String token(String key) throws IOException, InterruptedException {
        HttpResponse<String> answer = exchange("Basic " + key, "RqUID", "scope=GIGACHAT_API_PERS");
        return Json.read(answer.body()).path("access_token").asText();
    }

    private HttpResponse<String> exchange(String authorization, String header, String body)
            throws IOException, InterruptedException {
        return Client.HTTP.send(
                HttpRequest.newBuilder(URI.create(gigachat.tokenUrl()))
                        .header("Authorization", authorization)
                        .header(header, "6f0b1291-c7f3-43c6-bb2e-9f3efb2dc98e")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String method, String path, String token, String body)
            throws IOException, InterruptedException {
        return Client.HTTP.send(request(method, path, token, body).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String method, String path, String token, String body) {
        return HttpRequest.newBuilder(URI.create(gigachat.baseUri() + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
    }

    private static Set<String> names(HttpResponse<String> answer) {
        return new TreeSet<>(answer.headers().map().keySet());
    }
}
