package dev.hypergateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Embeddings and pictures of the sandbox, against recorded exchanges where there are any. */
class VectorsAndPicturesTest {
    private static final String EMBED = "/models/gemini-embedding-001:batchEmbedContents";
    private static final String DRAW = "/models/gemini-3.1-flash-lite-image:generateContent";

    private final VendorSandbox sandbox = VendorSandbox.start();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void gemini_embeds_as_recorded() throws Exception {
        HttpResponse<String> answer = gemini(EMBED, request("gemini/embed-batch-768"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Shape.of(answer.body())).isEqualTo(Shape.of(body("gemini/embed-batch-768")));
        assertThat(headerNames(answer)).isEqualTo(Recorded.headerNames("gemini/embed-batch-768"));
        JsonNode embeddings = Json.read(answer.body()).path("embeddings");
        assertThat(embeddings).hasSize(3);
        assertThat(embeddings.get(0).path("values")).hasSize(768);
        assertThat(answer.body()).startsWith("{\n  \"embeddings\": [\n    {\n      \"values\": [\n        ");
    }

    @Test
    void gemini_refuses_as_recorded() throws Exception {
        HttpResponse<String> unknown =
                gemini("/models/nonexistent-model:batchEmbedContents", request("gemini/error-404-embed"));

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(Json.read(unknown.body())).isEqualTo(body("gemini/error-404-embed"));
        ObjectNode odd = (ObjectNode) Json.read(request("gemini/embed-batch-768"));
        ((ObjectNode) odd.path("requests").get(1)).put("task", "x");
        assertThat(gemini(EMBED, odd.toString()).body())
                .contains("Unknown name \\\"task\\\" at 'requests[1]': Cannot find field.");
    }

    @Test
    void gemini_draws_as_recorded() throws Exception {
        HttpResponse<String> answer = gemini(DRAW, request("gemini/image-output-3_1-flash-lite-image"));

        assertThat(Shape.of(answer.body())).isEqualTo(Shape.of(body("gemini/image-output-3_1-flash-lite-image")));
        JsonNode part = Json.read(answer.body()).at("/candidates/0/content/parts/0/inlineData");
        byte[] picture = Base64.getDecoder().decode(part.path("data").asText());
        assertThat(picture).startsWith(0xFF, 0xD8, 0xFF).hasSizeLessThan(200);
    }

    @Test
    void gemini_answers_in_words_when_no_picture_is_asked_for() throws Exception {
        assertThat(gemini(DRAW, Bodies.gemini("Hi")).body())
                .contains("You said: Hi")
                .doesNotContain("inlineData");
    }

    @Test
    void imagen_draws_as_many_as_are_asked_for() throws Exception {
        String path = "/models/imagen-4.0-generate-001:predict";
        HttpResponse<String> answer =
                gemini(path, "{\"instances\":[{\"prompt\":\"a cat\"}],\"parameters\":{\"sampleCount\":3}}");

        JsonNode predictions = Json.read(answer.body()).path("predictions");
        assertThat(predictions).hasSize(3);
        assertThat(predictions.get(0).path("mimeType").asText()).isEqualTo("image/png");
        assertThat(gemini(path, "{\"instances\":[{\"prompt\":\"[[finish:SAFETY]]\"}],\"parameters\":{}}")
                        .body())
                .isEqualTo("{}\n");
        assertThat(gemini(path, "{\"instances\":[{\"prompt\":\"x\"}],\"parameters\":{\"sampleCount\":5}}")
                        .statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gigachat/embeddings-single", "gigachat/embeddings-multiple"})
    void gigachat_embeds_as_recorded(String name) throws Exception {
        String token = Json.read(exchange().body()).path("access_token").asText();
        HttpResponse<String> answer = post(sandbox.gigachat(), "/embeddings", "Bearer " + token, request(name));

        assertThat(new TreeSet<>(Shape.of(answer.body()))).isEqualTo(new TreeSet<>(Shape.of(body(name))));
        assertThat(Json.read(answer.body()).at("/data/0/embedding")).hasSize(1024);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json; charset=utf-8");
    }

    @Test
    void gigachat_draws_into_a_file() throws Exception {
        String token = Json.read(exchange().body()).path("access_token").asText();
        HttpResponse<String> answer = post(
                sandbox.gigachat(),
                "/chat/completions",
                "Bearer " + token,
                "{\"model\":\"GigaChat\",\"messages\":[{\"role\":\"user\",\"content\":\"Нарисуй розового кота\"}],"
                        + "\"function_call\":\"auto\"}");

        String content =
                Json.read(answer.body()).at("/choices/0/message/content").asText();
        assertThat(content).matches("<img src=\"[0-9a-f-]{36}\" fuse=\"true\"/> .*");
        HttpResponse<byte[]> file = Client.HTTP.send(
                HttpRequest.newBuilder(URI.create(
                                sandbox.gigachat().baseUri() + "/files/" + content.substring(10, 46) + "/content"))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(file.body()).startsWith(0xFF, 0xD8, 0xFF);
        assertThat(file.headers().firstValue("Content-Type")).contains("image/jpg");
    }

    /** Bodies of crmne/ruby_llm's recordings of 2026-08-12 (xAI) and 2026-08-10 (Perplexity). */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "xai|/images/generations|{\"model\":\"grok-imagine-image\",\"prompt\":\"a siamese cat\"}|{\"data\":[{\"url\":\"https://imgen.x.ai/x.jpeg\",\"mime_type\":\"image/jpeg\"}],\"usage\":{\"cost_in_usd_ticks\":200000000}}",
                "perplexity|/v1/embeddings|{\"model\":\"pplx-embed-v1-0.6b\",\"input\":\"Ruby is a programmer's best friend\"}|{\"data\":[{\"embedding\":\"9sYA\",\"index\":0,\"object\":\"embedding\"}],\"model\":\"pplx-embed-v1-0.6b\",\"object\":\"list\",\"usage\":{\"cost\":{\"currency\":\"USD\",\"input_cost\":0.000000028,\"total_cost\":0.000000028},\"prompt_tokens\":7,\"total_tokens\":7}}"
            })
    void others_answer_in_the_recorded_shape(String vendor, String path, String request, String recorded)
            throws Exception {
        HttpResponse<String> answer =
                post(vendor.equals("xai") ? sandbox.xai() : sandbox.perplexity(), path, "Bearer some-key", request);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Shape.of(answer.body())).isEqualTo(Shape.of(recorded));
        assertThat(answer.body()).doesNotContain("E-");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"model\":\"grok-imagine-image\",\"prompt\":\"x\",\"size\":\"1024x1024\"}|400|Argument not supported: size",
                "{\"model\":\"grok-imagine-image\",\"prompt\":\"x\",\"style\":\"vivid\"}|400|Argument not supported: style",
                "{\"model\":\"grok-imagine-image\",\"prompt\":\"x\",\"n\":11}|400|between 1 and 10",
                "{\"model\":\"grok-imagine-image\",\"prompt\":\"[[finish:SAFETY]]\"}|400|rejected by content moderation",
                "{\"model\":\"grok-imagine-image\"}|422|missing field `prompt`",
                "{\"model\":\"grok-4.3\",\"prompt\":\"x\"}|404|does not exist",
                "{|400|Failed to parse"
            })
    void xai_refuses_pictures_in_its_own_words(String request, int status, String words) throws Exception {
        HttpResponse<String> answer = post(sandbox.xai(), "/images/generations", "Bearer some-key", request);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"model\":\"pplx-embed-v1-0.6b\",\"input\":\"x\",\"dimensions\":64}|422|dimensions",
                "{\"model\":\"pplx-embed-v1-0.6b\",\"input\":\"\"}|422|input",
                "{\"model\":\"pplx-embed-v1-0.6b\",\"input\":\"x\",\"encoding_format\":\"float\"}|422|encoding_format",
                "{\"model\":\"sonar\",\"input\":\"x\"}|400|Invalid model",
                "[|400|not a JSON object"
            })
    void perplexity_refuses_texts_that_it_cannot_embed(String request, int status, String words) throws Exception {
        HttpResponse<String> answer = post(sandbox.perplexity(), "/v1/embeddings", "Bearer some-key", request);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(words);
    }

    @Test
    void scripts_and_faults_hold_for_vectors_and_pictures_too() throws Exception {
        String draw = "{\"model\":\"grok-imagine-image\",\"prompt\":\"x\"}";
        sandbox.xai().script("key", Reply.rateLimited(), Reply.ok().cutAfter(0), Reply.ok());

        assertThat(post(sandbox.xai(), "/images/generations", "Bearer key", draw)
                        .statusCode())
                .isEqualTo(429);
        assertThat(catchIo(() -> post(sandbox.xai(), "/images/generations", "Bearer key", draw)))
                .isTrue();
        assertThat(post(sandbox.xai(), "/images/generations", "Bearer key", draw)
                        .statusCode())
                .isEqualTo(200);
        assertThat(sandbox.xai().lastRequest().model()).contains("grok-imagine-image");
    }

    @Test
    void the_same_text_has_the_same_vector() {
        assertThat(Vectors.of("a", 8)).isEqualTo(Vectors.of("a", 8)).isNotEqualTo(Vectors.of("b", 8));
        double squares = 0;
        for (float number : Vectors.of("a", 100)) {
            squares += number * number;
        }
        assertThat(squares).isBetween(0.999, 1.001);
    }

    private HttpResponse<String> gemini(String path, String body) throws Exception {
        return Client.send(sandbox.gemini().baseUri() + path, "x-goog-api-key", "some-key", body);
    }

    private HttpResponse<String> exchange() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(sandbox.gigachat().tokenUrl()))
                .header("Authorization", "Basic some-key")
                .header("RqUID", "6f0b1291-c7f3-43c6-bb2e-9f3efb2dc98e")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("scope=GIGACHAT_API_PERS"))
                .build();
        return Client.HTTP.send(request, BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(VendorServer vendor, String path, String authorization, String body)
            throws Exception {
        return Client.send(vendor.baseUri() + path, "Authorization", authorization, body);
    }

    private static boolean catchIo(java.util.concurrent.Callable<?> action) throws Exception {
        try {
            action.call();
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static String request(String name) {
        return Recorded.read(name).at("/request/body").toString();
    }

    private static JsonNode body(String name) {
        return Recorded.response(name).path("body");
    }

    private static Set<String> headerNames(HttpResponse<String> answer) {
        Set<String> names = new TreeSet<>();
        answer.headers().map().keySet().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        names.removeAll(List.of("alt-svc"));
        return names;
    }
}
