package dev.hypergateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hypergateway.key.ProviderKey;
import dev.hypergateway.testkit.Reply;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PATH = "/v1/images/generations";
    private static final String MODEL = "google/gemini-3.1-flash-lite-image";

    private final RunningGateway running = new RunningGateway();

    @AfterEach
    void close() {
        running.close();
    }

    @ParameterizedTest
    @CsvSource({
        "google, google/gemini-3.1-flash-lite-image, image/jpeg",
        "google, google/imagen-4.0-generate-001, image/png",
        "xai, x-ai/grok-imagine-image, image/jpeg",
        "gigachat, gigachat/GigaChat-2-Max, image/jpeg"
    })
    void a_picture_comes_in_openai_form(String provider, String model, String type) throws Exception {
        ProviderKey key = running.store(provider, "good-key-000000");

        HttpResponse<String> response = running.post(
                PATH, "{\"model\":\"" + model + "\",\"prompt\":\"a cat\",\"response_format\":\"b64_json\"}");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode body = JSON.readTree(response.body());
        assertThat(body.path("created").asLong()).isPositive();
        assertThat(body.path("data")).singleElement().satisfies(picture -> {
            byte[] bytes = Base64.getDecoder().decode(picture.path("b64_json").asText());
            assertThat(bytes)
                    .startsWith(type.endsWith("png") ? new int[] {0x89, 'P', 'N', 'G'} : new int[] {0xFF, 0xD8});
            assertThat(picture.path("mime_type").asText()).isEqualTo(type);
            assertThat(picture.has("url")).isFalse();
        });
        assertThat(header(response, "content-type")).isEqualTo("application/json");
        assertThat(header(response, "x-hyper-provider")).isEqualTo(provider);
        assertThat(header(response, "x-hyper-model")).isEqualTo(model.substring(model.indexOf('/') + 1));
        assertThat(header(response, "x-hyper-key-id")).isEqualTo(key.id());
        assertThat(header(response, "x-hyper-attempts")).isEqualTo("1");
    }

    @Test
    void xai_gives_addresses_unless_asked_otherwise_and_says_what_they_cost() throws Exception {
        running.store("xai", "good-key-000000");

        JsonNode body =
                JSON.readTree(running.post(PATH, "{\"model\":\"x-ai/grok-imagine-image\",\"prompt\":\"a cat\",\"n\":2}")
                        .body());

        assertThat(body.path("data"))
                .hasSize(2)
                .allSatisfy(picture -> assertThat(picture.path("url").asText()).startsWith("https://"));
        assertThat(body.at("/usage/cost/total_cost").asDouble()).isEqualTo(0.04);
    }

    @ParameterizedTest
    @CsvSource({
        "google, google/gemini-3.1-flash-image",
        "google, google/imagen-4.0-fast-generate-001",
        "xai, x-ai/grok-imagine-image",
        "gigachat, gigachat/GigaChat-2-Pro"
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
    }

    @Test
    void a_prompt_that_one_vendor_refuses_goes_to_no_other_key() throws Exception {
        running.store("xai", "first-key-000000");
        running.store("xai", "second-key-000000");

        HttpResponse<String> response =
                running.post(PATH, "{\"model\":\"x-ai/grok-imagine-image\",\"prompt\":\"[[finish:SAFETY]]\"}");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        JsonNode error = JSON.readTree(response.body()).path("error");
        assertThat(error.path("code").asText()).isEqualTo("content_filter");
        assertThat(error.path("param").asText()).isEqualTo("prompt");
        assertThat(running.sandbox.xai().requests()).hasSize(1);
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
                "nonsense                                                              | 400 |                ",
                "{\"prompt\":\"a cat\"}                                                | 400 | model          ",
                "{\"model\":\"nobody/knows\",\"prompt\":\"a cat\"}                     | 404 | model          ",
                "{\"model\":\"perplexity/sonar\",\"prompt\":\"a cat\"}                 | 400 | model          ",
                "{\"model\":\"google/gemini-2.5-flash\",\"prompt\":\"a cat\"}          | 400 | model          ",
                "{\"model\":\"x-ai/grok-imagine-image\"}                               | 400 | prompt         ",
                "{\"model\":\"x-ai/grok-imagine-image\",\"prompt\":\"\"}               | 400 | prompt         ",
                "{\"model\":\"x-ai/grok-imagine-image\",\"prompt\":[\"a cat\"]}        | 400 | prompt         ",
                "{\"model\":\"x-ai/grok-imagine-image\",\"prompt\":\"a cat\",\"n\":0}  | 400 | n              ",
                "{\"model\":\"x-ai/grok-imagine-image\",\"prompt\":\"a cat\",\"n\":11} | 400 | n              ",
                "{\"model\":\"x-ai/grok-imagine-image\",\"prompt\":\"a cat\",\"n\":\"two\"}                   | 400 | n ",
                "{\"model\":\"x-ai/grok-imagine-image\",\"prompt\":\"a cat\",\"size\":\"large\"}              | 400 | size ",
                "{\"model\":\"x-ai/grok-imagine-image\",\"prompt\":\"a cat\",\"size\":\"0x10\"}               | 400 | size ",
                "{\"model\":\"x-ai/grok-imagine-image\",\"prompt\":\"a cat\",\"response_format\":\"png\"}     | 400 | response_format ",
                "{\"model\":\"x-ai/grok-imagine-image\",\"prompt\":\"a cat\",\"stream\":true}                 | 400 | stream ",
                "{\"model\":\"x-ai/grok-imagine-image\",\"prompt\":\"a cat\",\"aspect_ratio\":\"wide\"}       | 400 | aspect_ratio ",
                "{\"model\":\"google/gemini-2.5-flash-image\",\"prompt\":\"a cat\",\"n\":2}                   | 400 | n ",
                "{\"model\":\"google/gemini-2.5-flash-image\",\"prompt\":\"a cat\",\"response_format\":\"url\"} | 400 | response_format ",
                "{\"model\":\"google/imagen-4.0-generate-001\",\"prompt\":\"a cat\",\"n\":5}                  | 400 | n ",
                "{\"model\":\"gigachat/GigaChat-2-Max\",\"prompt\":\"a cat\",\"n\":2}                         | 400 | n "
            })
    void a_bad_request_is_refused_by_the_field_that_is_wrong(String body, int status, String param) throws Exception {
        for (String provider : new String[] {"google", "xai", "gigachat", "perplexity"}) {
            running.store(provider, "good-key-000000");
        }

        HttpResponse<String> response = running.post(PATH, body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        JsonNode error = JSON.readTree(response.body()).path("error");
        assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(error.path("message").asText()).isNotBlank();
        assertThat(error.path("param").asText(null)).isEqualTo(param);
        assertThat(running.sandbox.gemini().requests()).isEmpty();
        assertThat(running.sandbox.xai().requests()).isEmpty();
        assertThat(running.sandbox.gigachat().requests()).isEmpty();
    }

    @Test
    void lists_the_models_that_draw() throws Exception {
        assertThat(JSON.readTree(running.get("/v1/models").body()).path("data").findValuesAsText("id"))
                .contains("google/imagen-4.0-generate-001", "x-ai/grok-imagine-image");
    }

    private static String question(String model) {
        return "{\"model\":\"" + model + "\",\"prompt\":\"a cat\"}";
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
