package dev.hypergateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hypergateway.key.InMemoryKeyStore;
import dev.hypergateway.testkit.RecordedRequest;
import dev.hypergateway.testkit.Reply;
import dev.hypergateway.testkit.VendorServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code generate-text} and {@code extract-text}. */
class TextEndpointsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String GENERATE = "/api/v1/chat/generate-text";
    private static final String EXTRACT = "/api/v1/vision/extract-text";
    private static final String KEY = "good-key-000000";
    private static final byte[] PICTURE = picture("png");

    private RunningGateway running = new RunningGateway();

    @AfterEach
    void close() {
        running.close();
    }

    @Test
    void a_question_with_its_history_is_answered() throws Exception {
        running.store("xai", KEY);

        HttpResponse<String> response = running.post(
                GENERATE + "/",
                "{\"model\":\"grok-4.3\",\"message\":\"And now?\",\"temperature\":0.3,\"history\":["
                        + "{\"role\":\"user\",\"content\":\"Hello\"},{\"role\":\"model\",\"content\":\"Hi\"}]}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(response.body()))
                .isEqualTo(JSON.readTree("{\"response_text\":\"You said: And now?\",\"model_used\":\"grok-4.3\"}"));
        assertThat(header(response, "x-hyper-attempts")).isEqualTo("1");
        JsonNode sent = JSON.readTree(running.sandbox.xai().lastRequest().body());
        assertThat(sent.path("messages"))
                .extracting(message -> message.path("role").asText())
                .containsExactly("user", "assistant", "user");
        assertThat(sent.path("temperature").asDouble()).isEqualTo(0.3);
    }

    @Test
    void a_dead_key_does_not_end_the_call() throws Exception {
        running.store("google", "dead-key-000000");
        running.store("google", KEY);
        running.sandbox.gemini().script("dead-key-000000", Reply.invalidKey());

        HttpResponse<String> response = running.post(GENERATE, "{\"message\":\"hello\"}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(response.body()).path("model_used").asText()).isEqualTo("google/gemini-2.5-flash");
        assertThat(header(response, "x-hyper-failures")).isEqualTo("google:CREDENTIAL_REJECTED(400)");
    }

    @Test
    void when_all_keys_fail_the_status_and_the_time_to_come_back_are_true() throws Exception {
        running.store("google", KEY);
        running.sandbox.gemini().script(KEY, Reply.rateLimited(Duration.ofSeconds(40)));

        HttpResponse<String> response = running.post(GENERATE, "{\"message\":\"hello\"}");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(JSON.readTree(response.body()).path("detail").asText()).contains("Try again in");
        assertThat(Integer.parseInt(header(response, "retry-after"))).isBetween(30, 41);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 422 | message",
                "{\"message\": \"\"} | 422 | message",
                "{\"message\": 7} | 422 | message",
                "{\"message\": \"m\", \"history\": {}} | 422 | history",
                "{\"message\": \"m\", \"history\": [{\"role\": \"user\"}]} | 422 | history[0].content",
                "{\"message\": \"m\", \"history\": [1]} | 422 | history[0].role",
                "{\"message\": \"m\", \"messages\": []} | 422 | messages",
                "{\"message\": \"m\", \"stream\": true} | 422 | stream",
                "{\"message\": \"m\", \"model\": 7} | 422 | model",
                "{\"message\": \"m\", \"temperature\": \"hot\"} | 422 | temperature",
                "{\"message\": \"m\", \"model\": \"nobody/nothing\"} | 404 | nobody/nothing",
                "[] | 400 | JSON object",
                "nonsense | 400 | JSON"
            })
    void what_makes_no_sense_is_named(String body, int status, String named) throws Exception {
        HttpResponse<String> response = running.post(GENERATE, body);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(JSON.readTree(response.body()).path("detail").toString()).contains(named);
    }

    @ParameterizedTest
    @CsvSource({"google/gemini-2.5-flash, google", "grok-4.3, xai", "GigaChat-2-Max, gigachat", "sonar-pro, perplexity"
    })
    void the_picture_reaches_every_vendor_as_it_is(String model, String provider) throws Exception {
        running.store(provider, KEY);

        HttpResponse<String> response = upload(
                text("model", model),
                file("receipt \\\"1\\\".png", "image/png", PICTURE),
                text("prompt", "Read this."));

        assertThat(response.body()).contains("\"model_used\":\"" + model + "\"");
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode answer = JSON.readTree(response.body());
        assertThat(answer.path("content_type").asText()).isEqualTo("image/png");
        assertThat(answer.path("filename").asText()).contains("receipt");
        assertThat(answer.path("extracted_text").asText()).contains("Read this.");
        assertThat(vendor(provider).requests()).anyMatch(request -> carries(request, PICTURE));
    }

    @Test
    void prompt_and_model_may_be_left_out() throws Exception {
        running.store("google", KEY);

        HttpResponse<String> response = upload(file("a.png", "application/octet-stream", PICTURE));

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode answer = JSON.readTree(response.body());
        assertThat(answer.path("model_used").asText()).isEqualTo("google/gemini-2.5-flash");
        assertThat(running.sandbox.gemini().lastRequest().body())
                .contains("Extract all visible text from this image.", "image/png");
    }

    @Test
    void the_settings_choose_models_types_and_size() throws Exception {
        running.close();
        running = new RunningGateway(
                Map.of(),
                new InMemoryKeyStore(),
                builder -> builder.settings(Map.of(
                        "GEMINI_CHAT_MODEL_NAME", "sonar-pro",
                        "GEMINI_VISION_MODEL_NAME", "grok-4.3",
                        "GROK_ALLOWED_CONTENT_TYPES", "image/jpg",
                        "HYPER_MAX_PICTURE_BYTES", "5000")));
        running.store("xai", KEY);
        running.store("perplexity", KEY);

        assertThat(running.post(GENERATE, "{\"message\":\"hello\"}").body()).contains("\"model_used\":\"sonar-pro\"");
        assertThat(upload(file("a.jpg", "image/jpeg", picture("jpg"))).body()).contains("\"model_used\":\"grok-4.3\"");
        assertThat(upload(file("a.png", "image/png", PICTURE)).statusCode()).isEqualTo(415);
        HttpResponse<String> large = upload(file("a.jpg", "image/jpeg", new byte[5001]));
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(large.body()).contains("5001 bytes").contains("5000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GEMINI_ALLOWED_CONTENT_TYPES=text/plain",
                "HYPER_MAX_PICTURE_BYTES=0",
                "HYPER_MAX_PICTURE_BYTES=big"
            })
    void a_setting_that_makes_no_sense_is_named(String setting) {
        String[] pair = setting.split("=", 2);

        assertThatThrownBy(() -> GatewayServer.builder().settings(Map.of(pair[0], pair[1])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(pair[0])
                .hasMessageContaining(pair[1]);
    }

    @Test
    void a_type_that_the_vendor_does_not_take_is_refused_before_anything_is_sent() throws Exception {
        running.store("xai", KEY);

        HttpResponse<String> response = upload(text("model", "grok-4.3"), file("a.bmp", "image/png", picture("bmp")));

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(JSON.readTree(response.body()).path("detail").asText())
                .startsWith("Unsupported image type 'image/bmp' for ")
                .endsWith("Allowed: image/jpeg, image/png");
        assertThat(running.sandbox.xai().requests()).isEmpty();
    }

    @Test
    void what_is_no_picture_is_refused_before_anything_is_sent() throws Exception {
        running.store("google", KEY);
        byte[] words = "not a picture at all".getBytes(StandardCharsets.UTF_8);

        HttpResponse<String> image = upload(file("a.png", "image/png", words));
        HttpResponse<String> text = upload(file("a.txt", "text/plain", words));
        HttpResponse<String> empty = upload(file("a.png", "image/png", new byte[0]));
        HttpResponse<String> none = upload(text("prompt", "Read."));
        HttpResponse<String> json = running.post(EXTRACT, "{}");

        assertThat(image.statusCode()).isEqualTo(400);
        assertThat(image.body()).contains("holds no picture");
        assertThat(text.statusCode()).isEqualTo(415);
        assertThat(text.body()).contains("Unsupported image type 'text/plain'");
        assertThat(List.of(empty, none, json)).allSatisfy(response -> {
            assertThat(response.statusCode()).isEqualTo(422);
            assertThat(JSON.readTree(response.body()).at("/detail/0/loc/1").asText())
                    .isEqualTo("file");
        });
        assertThat(running.sandbox.gemini().requests()).isEmpty();
    }

    @Test
    void a_model_that_does_not_see_is_refused_by_name() throws Exception {
        running.store("gigachat", KEY);

        HttpResponse<String> response = upload(text("model", "GigaChat-2"), file("a.png", "image/png", PICTURE));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(response.body()).path("detail").asText())
                .contains("GigaChat-2")
                .contains("pictures");
    }

    private VendorServer vendor(String provider) {
        return switch (provider) {
            case "google" -> running.sandbox.gemini();
            case "xai" -> running.sandbox.xai();
            case "perplexity" -> running.sandbox.perplexity();
            default -> running.sandbox.gigachat();
        };
    }

    private static boolean carries(RecordedRequest request, byte[] content) {
        String body = new String(request.bodyBytes(), StandardCharsets.ISO_8859_1);
        return body.contains(new String(content, StandardCharsets.ISO_8859_1))
                || body.contains(Base64.getEncoder().encodeToString(content));
    }

    private HttpResponse<String> upload(byte[]... parts) throws IOException, InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            body.writeBytes("--limit\r\n".getBytes(StandardCharsets.US_ASCII));
            body.writeBytes(part);
            body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        body.writeBytes("--limit--\r\n".getBytes(StandardCharsets.US_ASCII));
        return running.send(running.to(EXTRACT)
                .header("Content-Type", "multipart/form-data; boundary=limit")
                .POST(BodyPublishers.ofByteArray(body.toByteArray())));
    }

    private static byte[] text(String name, String value) {
        return ("Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] file(String filename, String type, byte[] content) {
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        part.writeBytes(("Content-Disposition: form-data; name=\"file\"; filename=\"" + filename
                        + "\"\r\nContent-Type: " + type + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        part.writeBytes(content);
        return part.toByteArray();
    }

    private static byte[] picture(String format) {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64; i++) {
            image.setRGB(i % 8, i / 8, i * 0x040201);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
