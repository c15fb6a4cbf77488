package dev.hypergateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hypergateway.audit.AuditAction;
import dev.hypergateway.audit.AuditEvent;
import dev.hypergateway.audit.AuditQuery;
import dev.hypergateway.testkit.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderKeysTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String KEYS = "/api/v1/provider-keys";

    private final RunningGateway running = new RunningGateway();

    @AfterEach
    void close() {
        running.close();
    }

    @Test
    void a_key_is_added_and_shown_without_the_key() throws Exception {
        HttpResponse<String> response = running.post(
                KEYS + "/", "{\"provider_name\":\"google\",\"api_key\":\"  top-secret-abcd \",\"name\":\" mine \"}");

        assertThat(response.statusCode()).isEqualTo(201);
        JsonNode info = JSON.readTree(response.body());
        assertThat(info.path("provider_name").asText()).isEqualTo("google");
        assertThat(info.path("name").asText()).isEqualTo("mine");
        assertThat(info.path("is_selected").asBoolean()).isTrue();
        assertThat(info.path("key_hint").asText()).isEqualTo("abcd");
        assertThat(info.path("status").asText()).isEqualTo("available");
        assertThat(info.path("disabled_until").isNull()).isTrue();
        assertThat(Instant.parse(info.path("created_at").asText()))
                .isBefore(Instant.now().plusSeconds(1));
        assertThat(response.body()).doesNotContain("top-secret");
        assertThat(get(KEYS + "/" + info.path("id").asText())).isEqualTo(info);
    }

    @Test
    void only_the_first_key_of_a_provider_is_selected() throws Exception {
        String first = add("google", "first-key-000000");
        String second = add("google", "second-key-000000");
        String other = add("xai", "other-key-000000");

        assertThat(get(KEYS)).extracting(key -> key.path("id").asText()).containsExactly(first, second, other);
        assertThat(get(KEYS))
                .extracting(key -> key.path("is_selected").asBoolean())
                .containsExactly(true, false, true);
        assertThat(get(KEYS + "?provider=xai"))
                .extracting(key -> key.path("id").asText())
                .containsExactly(other);
        assertThat(get(KEYS + "?provider=nobody")).isEmpty();
    }

    @Test
    void selecting_a_key_unselects_the_one_before() throws Exception {
        String first = add("google", "first-key-000000");
        String second = add("google", "second-key-000000");

        assertThat(patch(second, "{\"is_selected\":true}").path("is_selected").asBoolean())
                .isTrue();
        assertThat(running.selected("google")).isEqualTo(second);
        assertThat(patch(first, "{\"is_selected\":false}").path("is_selected").asBoolean())
                .isFalse();
        assertThat(running.selected("google")).isEqualTo(second);
        assertThat(patch(second, "{\"is_selected\":false}").path("is_selected").asBoolean())
                .isFalse();
        assertThat(running.selected("google")).isEqualTo("none");
    }

    @Test
    void a_name_is_changed_and_cleared() throws Exception {
        String id = add("google", "first-key-000000");

        assertThat(patch(id, "{\"name\":\"new name\"}").path("name").asText()).isEqualTo("new name");
        assertThat(patch(id, "{}").path("name").asText()).isEqualTo("new name");
        assertThat(patch(id, "{\"name\":null}").path("name").isNull()).isTrue();
        patch(id, "{\"name\":\"again\"}");
        assertThat(patch(id, "{\"name\":\"  \"}").path("name").isNull()).isTrue();
    }

    @Test
    void a_new_secret_brings_a_rejected_key_back() throws Exception {
        String id = add("google", "dead-key-000000");
        running.sandbox.gemini().script("dead-key-000000", Reply.invalidKey());
        running.chat("google/gemini-2.5-flash", "hello");

        JsonNode rejected = get(KEYS + "/" + id);
        assertThat(rejected.path("status").asText()).isEqualTo("rejected");
        assertThat(Instant.parse(rejected.path("disabled_until").asText())).isAfter(Instant.now());
        assertThat(rejected.at("/health/0/reason").asText()).contains("API key not valid");

        assertThat(patch(id, "{\"api_key\":\"good-key-111111\"}").path("status").asText())
                .isEqualTo("available");
        assertThat(running.chat("google/gemini-2.5-flash", "hello").statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_limit_of_one_model_leaves_the_key_available() throws Exception {
        String id = add("google", "limited-key-000000");
        running.sandbox.gemini().script("limited-key-000000", Reply.rateLimited(Duration.ofSeconds(40)));
        running.chat("google/gemini-2.5-flash", "hello");

        JsonNode limited = get(KEYS + "/" + id);
        assertThat(limited.path("status").asText()).isEqualTo("available");
        assertThat(limited.at("/health/0/model").asText()).isEqualTo("gemini-2.5-flash");
        assertThat(limited.at("/health/0/state").asText()).isEqualTo("cooling");
    }

    @Test
    void a_deleted_key_is_gone_and_the_next_one_is_selected() throws Exception {
        String first = add("google", "first-key-000000");
        String second = add("google", "second-key-000000");

        HttpResponse<String> deleted =
                running.send(running.to(KEYS + "/" + first).DELETE());

        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(deleted.body()).isEmpty();
        assertThat(running.get(KEYS + "/" + first).statusCode()).isEqualTo(404);
        assertThat(running.selected("google")).isEqualTo(second);
        assertThat(running.send(running.to(KEYS + "/" + first).DELETE()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void all_keys_of_a_provider_are_deleted_at_once() throws Exception {
        add("google", "first-key-000000");
        add("google", "second-key-000000");
        String other = add("xai", "other-key-000000");

        assertThat(status("DELETE", KEYS + "/?provider_name=google", "")).isEqualTo(204);
        assertThat(status("DELETE", KEYS + "?provider_name=google", "")).isEqualTo(204);
        assertThat(get(KEYS)).extracting(key -> key.path("id").asText()).containsExactly(other);
        assertThat(status("DELETE", KEYS, "")).isEqualTo(422);
        assertThat(status("DELETE", KEYS + "?provider_name=nobody", "")).isEqualTo(400);
    }

    @Test
    void the_same_secret_twice_is_a_conflict() throws Exception {
        add("google", "first-key-000000");

        HttpResponse<String> again =
                running.post(KEYS, "{\"provider_name\":\"google\",\"api_key\":\"first-key-000000\"}");

        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("already stored").doesNotContain("first-key-000000\",");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"api_key\":\"some-key-000000\"}                                        | provider_name",
                "{\"provider_name\":5,\"api_key\":\"some-key-000000\"}                    | provider_name",
                "{\"provider_name\":\"google\"}                                           | api_key",
                "{\"provider_name\":\"google\",\"api_key\":\"   \"}                       | api_key",
                "{\"provider_name\":\"google\",\"api_key\":\"with space-000000\"}         | api_key",
                "{\"provider_name\":\"google\",\"api_key\":[\"some-key-000000\"]}         | api_key",
                "{\"provider_name\":\"google\",\"api_key\":\"some-key-000000\",\"name\":7} | name"
            })
    void a_key_that_makes_no_sense_is_refused_by_field(String body, String field) throws Exception {
        HttpResponse<String> response = running.post(KEYS, body);

        assertThat(response.statusCode()).isEqualTo(422);
        JsonNode detail = JSON.readTree(response.body()).at("/detail/0");
        assertThat(detail.at("/loc/0").asText()).isEqualTo("body");
        assertThat(detail.at("/loc/1").asText()).isEqualTo(field);
        assertThat(response.body()).doesNotContain("some-key", "with space");
        assertThat(get(KEYS)).isEmpty();
    }

    @Test
    void an_unknown_provider_is_refused_with_the_known_ones() throws Exception {
        HttpResponse<String> response =
                running.post(KEYS, "{\"provider_name\":\"nobody\",\"api_key\":\"some-key-000000\"}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(response.body()).path("detail").asText())
                .startsWith("Invalid provider name. Must be one of: ")
                .contains("google", "xai");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"api_key\":\"AIzaSecret", "AIzaSecretSecret", "[]", "\"AIzaSecretSecret\"", ""})
    void what_is_not_a_json_object_is_refused_and_not_repeated(String body) throws Exception {
        HttpResponse<String> response = running.post(KEYS, body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("detail").doesNotContain("Secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "00000000-0000-0000-0000-000000000000", "%27%20OR%201=1", "a%00b"})
    void an_id_that_nobody_has_is_not_found(String id) throws Exception {
        assertThat(status("GET", KEYS + "/" + id, "")).isEqualTo(404);
        assertThat(status("PATCH", KEYS + "/" + id, "{}")).isEqualTo(404);
        assertThat(status("DELETE", KEYS + "/" + id, "")).isEqualTo(404);
    }

    @Test
    void a_selection_that_is_no_boolean_changes_nothing() throws Exception {
        String id = add("google", "first-key-000000");

        assertThat(status("PATCH", KEYS + "/" + id, "{\"name\":\"x\",\"is_selected\":\"yes\"}"))
                .isEqualTo(422);
        assertThat(get(KEYS + "/" + id).path("name").asText()).isNotEqualTo("x");
    }

    @Test
    void every_change_leaves_its_mark_in_the_activity_log() throws Exception {
        String id = add("google", "first-key-000000");
        patch(id, "{\"name\":\"new name\"}");
        running.send(running.to(KEYS + "/" + id).DELETE());

        assertThat(running.auditLog.read(AuditQuery.latest("local", 10)))
                .extracting(AuditEvent::action)
                .contains(AuditAction.ADD, AuditAction.UPDATE, AuditAction.DELETE);
    }

    @Test
    void a_rejected_key_can_be_tested_and_revived() throws Exception {
        String id = add("google", "soon-good-key-0000");
        running.sandbox.gemini().script("soon-good-key-0000", Reply.invalidKey(), Reply.ok());
        String test = KEYS + "/" + id + "/test";

        JsonNode rejected = JSON.readTree(running.post(test, "").body());
        assertThat(rejected.path("accepted").asBoolean()).isFalse();
        assertThat(rejected.path("failure").asText()).isEqualTo("credential_rejected");
        assertThat(rejected.at("/key/status").asText()).isEqualTo("rejected");

        JsonNode revived =
                JSON.readTree(running.post(KEYS + "/" + id + "/revive", "").body());
        assertThat(revived.path("status").asText()).isEqualTo("available");

        running.sandbox.gemini().script("soon-good-key-0000", Reply.ok());
        JsonNode accepted = JSON.readTree(running.post(test, "").body());
        assertThat(accepted.path("accepted").asBoolean()).isTrue();
        assertThat(accepted.path("models").asInt()).isPositive();
        assertThat(running.post(KEYS + "/nobody/test", "").statusCode()).isEqualTo(404);
        assertThat(running.post(KEYS + "/nobody/revive", "").statusCode()).isEqualTo(404);
    }

    @Test
    void a_key_carries_its_owners_limits() throws Exception {
        HttpResponse<String> added = running.post(
                KEYS,
                "{\"provider_name\":\"google\",\"api_key\":\"limited-key-0000\",\"account\":\"team-1\","
                        + "\"attributes\":{\"max_concurrent\":2,\"models\":\"gemini-2.5-flash\"}}");
        assertThat(JSON.readTree(added.body()).at("/attributes/max_concurrent").asText())
                .isEqualTo("2");
        assertThat(JSON.readTree(added.body()).path("account").asText()).isEqualTo("team-1");

        HttpResponse<String> refused = running.post(
                KEYS,
                "{\"provider_name\":\"google\",\"api_key\":\"other-key-0000\",\"attributes\":{\"max_concurrent\":0}}");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("max_concurrent");
    }

    @Test
    void an_explanation_says_who_would_serve_and_why_others_would_not() throws Exception {
        String dead = add("google", "dead-key-000000");
        String good = add("google", "good-key-000000");
        running.sandbox.gemini().script("dead-key-000000", Reply.invalidKey());
        running.post("/api/v1/provider-keys/" + dead + "/test", "");

        JsonNode explanation = JSON.readTree(running.post("/api/v1/explain", "{\"model\":\"google/gemini-2.5-flash\"}")
                .body());

        assertThat(explanation.at("/served_by/key_id").asText()).isEqualTo(good);
        assertThat(explanation.at("/targets/0/keys/0/key_id").asText()).isEqualTo(dead);
        assertThat(explanation.at("/targets/0/keys/0/usable").asBoolean()).isFalse();
        assertThat(explanation.at("/targets/0/keys/0/obstacle/reason").asText()).contains("API key not valid");
        assertThat(running.post("/api/v1/explain", "{\"model\":\"nobody/m\"}").statusCode())
                .isEqualTo(404);
        assertThat(running.post("/api/v1/explain", "{}").statusCode()).isEqualTo(422);
        HttpResponse<String> malformed =
                running.post("/api/v1/explain", "{\"model\":\"google/gemini-2.5-flash\",\"messages\":7}");
        assertThat(malformed.statusCode()).isEqualTo(422);
        assertThat(malformed.body()).contains("messages");
        assertThat(JSON.readTree(running.post(
                                        "/api/v1/explain",
                                        "{\"model\":\"google/gemini-2.5-flash\",\"fallbacks\":[\"x-ai/grok-4.3\"]}")
                                .body())
                        .at("/targets/1/provider")
                        .asText())
                .isEqualTo("xai");
    }

    private String add(String provider, String secret) throws Exception {
        HttpResponse<String> response =
                running.post(KEYS, "{\"provider_name\":\"" + provider + "\",\"api_key\":\"" + secret + "\"}");
        assertThat(response.statusCode()).isEqualTo(201);
        return JSON.readTree(response.body()).path("id").asText();
    }

    private JsonNode patch(String id, String body) throws Exception {
        HttpResponse<String> response =
                running.send(running.to(KEYS + "/" + id).method("PATCH", BodyPublishers.ofString(body)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private JsonNode get(String path) throws Exception {
        HttpResponse<String> response = running.get(path);
        assertThat(response.statusCode()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private int status(String method, String path, String body) throws Exception {
        return running.send(running.to(path).method(method, BodyPublishers.ofString(body)))
                .statusCode();
    }
}
