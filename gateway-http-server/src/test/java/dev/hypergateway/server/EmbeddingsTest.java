package dev.hypergateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hypergateway.key.ProviderKey;
import dev.hypergateway.testkit.Reply;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddingsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PATH = "/v1/embeddings";
    private static final String MODEL = "google/gemini-embedding-001";

    private final RunningGateway running = new RunningGateway();

    @AfterEach
    void close() {
        running.close();
    }

    @Test
    void answers_in_openai_form_under_the_name_that_the_caller_used() throws Exception {
        ProviderKey key = running.store("google", "good-key-000000");

        HttpResponse<String> response =
                running.post(PATH, "{\"model\":\"" + MODEL + "\",\"input\":[\"one\",\"two\"],\"dimensions\":8}");

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode body = JSON.readTree(response.body());
        assertThat(body.path("object").asText()).isEqualTo("list");
        assertThat(body.path("model").asText()).isEqualTo(MODEL);
        assertThat(body.path("data")).hasSize(2);
        for (int i = 0; i < 2; i++) {
            JsonNode one = body.path("data").get(i);
            assertThat(one.path("object").asText()).isEqualTo("embedding");
            assertThat(one.path("index").asInt(-1)).isEqualTo(i);
            assertThat(one.path("embedding")).hasSize(8).allMatch(JsonNode::isNumber);
        }
        assertThat(body.at("/data/0/embedding")).isNotEqualTo(body.at("/data/1/embedding"));
        assertThat(header(response, "content-type")).isEqualTo("application/json");
        assertThat(header(response, "x-hyper-provider")).isEqualTo("google");
        assertThat(header(response, "x-hyper-model")).isEqualTo("gemini-embedding-001");
        assertThat(header(response, "x-hyper-key-id")).isEqualTo(key.id());
        assertThat(header(response, "x-hyper-attempts")).isEqualTo("1");
        assertThat(Double.parseDouble(header(response, "x-hyper-overhead-ms"))).isNotNegative();
        assertThat(header(response, "x-request-id")).startsWith("req_");
    }

    @Test
    void writes_the_same_numbers_as_base64_when_asked() throws Exception {
        running.store("google", "good-key-000000");
        String question = "{\"model\":\"" + MODEL + "\",\"input\":\"one\",\"dimensions\":8";

        JsonNode numbers =
                JSON.readTree(running.post(PATH, question + "}").body()).at("/data/0/embedding");
        JsonNode base64 = JSON.readTree(running.post(PATH, question + ",\"encoding_format\":\"base64\"}")
                        .body())
                .at("/data/0/embedding");

        ByteBuffer bytes =
                ByteBuffer.wrap(Base64.getDecoder().decode(base64.asText())).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.remaining()).isEqualTo(8 * Float.BYTES);
        for (JsonNode number : numbers) {
            assertThat(bytes.getFloat()).isEqualTo(number.floatValue());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "google, google/gemini-embedding-2",
        "gigachat, gigachat/EmbeddingsGigaR",
        "perplexity, perplexity/pplx-embed-v1-4b"
    })
    void goes_over_dead_keys_to_a_good_one_and_moves_the_selection(String provider, String model) throws Exception {
        running.store(provider, "dead-key-000000");
        running.store(provider, "limited-key-000000");
        ProviderKey good = running.store(provider, "good-key-000000");
        running.vendor(provider)
                .script("dead-key-000000", Reply.invalidKey())
                .script("limited-key-000000", Reply.rateLimited(Duration.ofSeconds(30)));

        HttpResponse<String> response = running.post(PATH, question(model));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(header(response, "x-hyper-attempts")).isEqualTo("3");
        assertThat(header(response, "x-hyper-failures"))
                .startsWith(provider + ":CREDENTIAL_REJECTED(")
                .endsWith("," + provider + ":RATE_LIMITED(429)");
        assertThat(header(response, "x-hyper-key-id")).isEqualTo(good.id());
        assertThat(running.selected(provider)).isEqualTo(good.id());
        assertThat(JSON.readTree(response.body()).at("/usage/total_tokens").asInt())
                .isPositive();
    }

    @Test
    void asks_with_the_callers_own_key() throws Exception {
        running.sandbox.perplexity().acceptOnly("the-callers-key");

        HttpResponse<String> response = running.send(running.to(PATH)
                .header("X-Perplexity-API-Key", "the-callers-key")
                .POST(BodyPublishers.ofString(question("perplexity/pplx-embed-v1-0.6b"))));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(header(response, "x-hyper-key-id")).isEqualTo("caller");
        assertThat(header(response, "x-hyper-model")).isEqualTo("pplx-embed-v1-0.6b");
    }

    @Test
    void passes_over_models_of_a_list_that_make_none() throws Exception {
        running.store("xai", "good-key-000000");
        running.store("google", "good-key-000000");

        HttpResponse<String> response =
                running.post(PATH, "{\"models\":[\"x-ai/grok-4\",\"" + MODEL + "\"],\"input\":\"one\"}");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(header(response, "x-hyper-provider")).isEqualTo("google");
        assertThat(header(response, "x-hyper-attempts")).isEqualTo("1");
        assertThat(running.sandbox.xai().requests()).isEmpty();
    }

    @Test
    void says_503_and_when_to_come_back_when_all_keys_fail() throws Exception {
        running.store("google", "limited-key-000000");
        running.sandbox.gemini().script("limited-key-000000", Reply.rateLimited(Duration.ofSeconds(30)));

        HttpResponse<String> response = running.post(PATH, question(MODEL));

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(JSON.readTree(response.body()).at("/error/type").asText()).isEqualTo("api_error");
        assertThat(Integer.parseInt(header(response, "retry-after"))).isBetween(1, 120);
    }

    @Test
    void wants_a_key_of_the_gateway() throws Exception {
        HttpRequest.Builder stranger = HttpRequest.newBuilder(
                        running.server.uri().resolve(PATH))
                .POST(BodyPublishers.ofString(question(MODEL)));

        assertThat(running.send(stranger).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nonsense                                                                | 400 |                 ",
                "``                                                                      | 400 |                 ",
                "{\"input\":\"a\"}                                                       | 400 | model           ",
                "{\"model\":7,\"input\":\"a\"}                                           | 400 | model           ",
                "{\"model\":\"nobody/knows\",\"input\":\"a\"}                            | 404 | model           ",
                "{\"model\":\"x-ai/grok-4\",\"input\":\"a\"}                             | 400 | model           ",
                "{\"model\":\"google/gemini-2.5-flash\",\"input\":\"a\"}                 | 400 | model           ",
                "{\"model\":\"google/gemini-embedding-001\"}                             | 400 | input           ",
                "{\"model\":\"google/gemini-embedding-001\",\"input\":null}              | 400 | input           ",
                "{\"model\":\"google/gemini-embedding-001\",\"input\":\"\"}              | 400 | input           ",
                "{\"model\":\"google/gemini-embedding-001\",\"input\":[]}                | 400 | input           ",
                "{\"model\":\"google/gemini-embedding-001\",\"input\":{}}                | 400 | input           ",
                "{\"model\":\"google/gemini-embedding-001\",\"input\":[\"a\",true]}      | 400 | input[1]        ",
                "{\"model\":\"google/gemini-embedding-001\",\"input\":[1,2]}             | 400 | input[0]        ",
                "{\"model\":\"google/gemini-embedding-001\",\"input\":[[1],[-2]]}        | 400 | input[1][0]     ",
                "{\"model\":\"google/gemini-embedding-001\",\"input\":\"a\",\"dimensions\":0}            | 400 | dimensions ",
                "{\"model\":\"google/gemini-embedding-001\",\"input\":\"a\",\"dimensions\":\"many\"}     | 400 | dimensions ",
                "{\"model\":\"google/gemini-embedding-001\",\"input\":\"a\",\"encoding_format\":\"hex\"} | 400 | encoding_format ",
                "{\"model\":\"google/gemini-embedding-001\",\"input\":\"a\",\"user\":5}                  | 400 | user ",
                "{\"model\":\"gigachat/Embeddings\",\"input\":\"a\",\"dimensions\":8}                    | 400 | dimensions ",
                "{\"model\":\"perplexity/pplx-embed-v1-4b\",\"input\":\"a\",\"dimensions\":5}            | 422 | dimensions "
            })
    void a_bad_request_is_refused_by_the_field_that_is_wrong(String body, int status, String param) throws Exception {
        running.store("google", "good-key-000000");
        running.store("gigachat", "good-key-000000");
        running.store("perplexity", "good-key-000000");

        HttpResponse<String> response = running.post(PATH, body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        JsonNode error = JSON.readTree(response.body()).path("error");
        assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(error.path("message").asText()).isNotBlank();
        assertThat(error.path("param").asText(null)).isEqualTo(param);
        boolean said = status == 422;
        assertThat(running.sandbox.gemini().requests()).isEmpty();
        assertThat(running.sandbox.gigachat().requests()).isEmpty();
        assertThat(running.sandbox.perplexity().requests()).hasSize(said ? 1 : 0);
    }

    @Test
    void names_models_that_can_when_the_one_asked_for_cannot() throws Exception {
        HttpResponse<String> response = running.post(PATH, question("x-ai/grok-4"));

        assertThat(JSON.readTree(response.body()).at("/error/message").asText())
                .contains("cannot make embeddings")
                .containsPattern("(google|perplexity|gigachat)/[A-Za-z]");
    }

    @Test
    void lists_the_models_that_embed() throws Exception {
        assertThat(JSON.readTree(running.get("/v1/models").body()).path("data").findValuesAsText("id"))
                .contains("google/gemini-embedding-001", "perplexity/pplx-embed-v1-4b", "sber/EmbeddingsGigaR");
    }

    private static String question(String model) {
        return "{\"model\":\"" + model + "\",\"input\":\"one\"}";
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
