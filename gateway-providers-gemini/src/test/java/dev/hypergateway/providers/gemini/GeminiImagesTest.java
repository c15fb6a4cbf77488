package dev.hypergateway.providers.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.image.GeneratedImage;
import dev.hypergateway.image.ImageFormat;
import dev.hypergateway.image.ImageRequest;
import dev.hypergateway.image.ImageResponse;
import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.recordings.Answer;
import dev.hypergateway.recordings.LoopbackServer;
import dev.hypergateway.recordings.Recording;
import dev.hypergateway.recordings.Recordings;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.trace.KeySource;
import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.UpstreamClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiImagesTest {
    private static final String DRAWS = "gemini-3.1-flash-image";
    private static final String IMAGEN = "imagen-4.0-generate-001";
    private static final String PICTURE = "{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":"
            + "{\"mimeType\":\"image/png\",\"data\":\"AQID\"}}]},\"finishReason\":\"STOP\"}]}";
    private static final String PREDICTION =
            "{\"predictions\":[{\"mimeType\":\"image/png\",\"bytesBase64Encoded\":\"AQID\"}]}";

    private final LoopbackServer gemini = new LoopbackServer();
    private final UpstreamClient client = UpstreamClient.builder().build();
    private final GeminiProvider provider = new GeminiProvider();

    @AfterEach
    void close() {
        client.close();
        gemini.close();
    }

    @Test
    void asks_and_reads_as_recorded() {
        Recording recording = Recordings.of("gemini").get("image-output-3_1-flash-lite-image");
        gemini.answer(Answer.of(recording));

        ImageResponse response = draw(ImageRequest.of("m", "a siamese cat"), call("gemini-3.1-flash-lite-image"));

        assertThat(gemini.lastAsked().uri()).hasToString(recording.target());
        assertThat(gemini.lastAsked().json()).isEqualTo(recording.request());
        JsonNode data = recording.response().at("/candidates/0/content/parts/0/inlineData");
        assertThat(response.images()).hasSize(1);
        assertThat(response.image().base64()).contains(data.path("data").asText());
        assertThat(response.image().mimeType()).contains("image/jpeg");
        Usage usage = response.usage().orElseThrow();
        assertThat(usage.promptTokens()).isEqualTo(5);
        assertThat(usage.completionTokens()).isEqualTo(1518);
        assertThat(usage.totalTokens()).isEqualTo(1523);
        assertThat(usage.imageTokens()).hasValue(1120);
    }

    /** As vercel/ai has recorded it (issue 10843). */
    @Test
    void asks_imagen_and_reads_its_pictures() {
        gemini.answer(200, "application/json", PREDICTION);

        ImageResponse response =
                draw(request().prompt("a hamster in a hat").aspectRatio("4:3").build(), call(IMAGEN));

        assertThat(gemini.lastAsked().uri()).hasToString("/v1beta/models/imagen-4.0-generate-001:predict");
        assertThat(gemini.lastAsked().body())
                .isEqualTo("{\"instances\":[{\"prompt\":\"a hamster in a hat\"}],"
                        + "\"parameters\":{\"sampleCount\":1,\"aspectRatio\":\"4:3\"}}");
        assertThat(response.image().bytes().orElseThrow()).containsExactly(1, 2, 3);
        assertThat(response.image().mimeType()).contains("image/png");
        assertThat(response.usage()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1024x1024, 1:1, ''",
        "1792x1024, 16:9, ''",
        "1024x1536, 2:3, ''",
        "2048x2048, 1:1, 2K",
        "4096x4096, 1:1, 4K",
        "2520x1080, 21:9, 2K",
        "auto, '', ''"
    })
    void draws_a_size_in_its_shape_because_google_knows_no_pixels(String size, String ratio, String fineness) {
        gemini.answer(200, "application/json", PICTURE);

        draw(request().size(size).build(), call(DRAWS));

        JsonNode config = gemini.lastAsked().json().at("/generationConfig/imageConfig");
        assertThat(config.path("aspectRatio").asText("")).isEqualTo(ratio);
        assertThat(config.path("imageSize").asText("")).isEqualTo(fineness);
    }

    @Test
    void what_is_said_of_shape_and_fineness_wins_over_the_size() {
        gemini.answer(200, "application/json", PICTURE).answer(200, "application/json", PREDICTION);
        ImageRequest request =
                request().size("1024x1024").aspectRatio("9:16").resolution("2k").build();

        draw(request, call(DRAWS));
        assertThat(gemini.lastAsked().json().at("/generationConfig/imageConfig").toString())
                .isEqualTo("{\"aspectRatio\":\"9:16\",\"imageSize\":\"2K\"}");
        draw(request, call(IMAGEN));
        assertThat(gemini.lastAsked().json().at("/parameters").toString())
                .isEqualTo("{\"sampleCount\":1,\"aspectRatio\":\"9:16\",\"sampleImageSize\":\"2K\"}");
    }

    @Test
    void takes_googles_own_options() {
        gemini.answer(200, "application/json", PICTURE).answer(200, "application/json", PREDICTION);

        draw(
                request()
                        .extra(Map.of(
                                "google",
                                Map.of("safety_settings", List.of(Map.of("category", "C", "threshold", "OFF")))))
                        .build(),
                call(DRAWS));
        assertThat(gemini.lastAsked().json().at("/safetySettings/0/threshold").asText())
                .isEqualTo("OFF");
        draw(
                request()
                        .extra(Map.of("google", Map.of("personGeneration", "allow_adult")))
                        .build(),
                call(IMAGEN));
        assertThat(gemini.lastAsked().json().at("/parameters/personGeneration").asText())
                .isEqualTo("allow_adult");
    }

    @Test
    void several_pictures_come_and_sketches_do_not() {
        gemini.answer(
                200,
                "application/json",
                "{\"candidates\":[{\"content\":{\"parts\":["
                        + "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"AAAA\"},\"thought\":true},"
                        + "{\"text\":\"Here they are:\"},"
                        + "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"AQID\"}},"
                        + "{\"inlineData\":{\"mimeType\":\"image/jpeg\",\"data\":\"BAUG\"}}]},\"finishReason\":\"STOP\"}]}");

        assertThat(draw(request().build(), call(DRAWS)).images())
                .extracting(GeneratedImage::base64)
                .extracting(data -> data.orElseThrow())
                .containsExactly("AQID", "BAUG");
    }

    /** Bodies as vercel/ai has recorded them (issue 19758 and google-image-no-image-live), and of Google's API definition. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "gemini-3.1-flash-image|{\"promptFeedback\":{\"blockReason\":\"PROHIBITED_CONTENT\"},\"usageMetadata\":{\"promptTokenCount\":9}}|CONTENT_REJECTED|PROHIBITED_CONTENT",
                "gemini-3.1-flash-image|{\"candidates\":[{\"content\":{},\"finishReason\":\"NO_IMAGE\",\"index\":0}]}|INVALID_REQUEST|drew nothing for this prompt (NO_IMAGE)",
                "gemini-3.1-flash-image|{\"candidates\":[{\"content\":{},\"finishReason\":\"IMAGE_SAFETY\"}]}|CONTENT_REJECTED|IMAGE_SAFETY",
                "gemini-3.1-flash-image|{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"I only talk\"}]},\"finishReason\":\"STOP\"}]}|INVALID_REQUEST|drew nothing for this prompt",
                "imagen-4.0-generate-001|{}|CONTENT_REJECTED|let no picture through",
                "imagen-4.0-generate-001|{\"predictions\":[{\"raiFilteredReason\":\"Try rephrasing the prompt.\"}]}|CONTENT_REJECTED|Try rephrasing the prompt."
            })
    void an_answer_without_a_picture_says_why(String model, String body, FailureKind kind, String reason) {
        gemini.answer(200, "application/json", body);

        Failure failure = failure(request().build(), model);

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.message()).contains(reason).doesNotContain("I only talk");
    }

    @ParameterizedTest
    @CsvSource({
        "Imagen 3 is only available on paid plans. Please upgrade your account at https://ai.dev/projects.",
        "Imagen API is only accessible to billed users at this time."
    })
    void a_key_without_the_right_plan_gives_way_to_the_next(String message) {
        gemini.answer(
                400,
                "application/json",
                "{\"error\":{\"code\":400,\"message\":\"" + message + "\",\"status\":\"INVALID_ARGUMENT\"}}");

        Failure failure = failure(request().build(), IMAGEN);

        assertThat(failure.kind()).isEqualTo(FailureKind.MODEL_UNAVAILABLE);
        assertThat(failure.param()).contains("model");
    }

    @Test
    void refuses_what_it_cannot_draw_before_anything_is_sent() {
        assertThat(failure(request().n(2).build(), DRAWS).param()).contains("n");
        assertThat(failure(request().n(5).build(), IMAGEN).param()).contains("n");
        assertThat(failure(request().format(ImageFormat.URL).build(), DRAWS).param())
                .contains("response_format");
        assertThat(failure(request().size("1000x100").build(), DRAWS).param()).contains("size");
        assertThat(failure(request().size("1024x1536").build(), IMAGEN).message())
                .contains("9:16, 16:9");
        assertThat(failure(request().size("huge").build(), IMAGEN).param()).contains("size");
        assertThat(gemini.asked()).isEmpty();
    }

    @Test
    void imagen_draws_up_to_four() {
        gemini.answer(200, "application/json", PREDICTION);

        draw(request().n(4).build(), call(IMAGEN));

        assertThat(gemini.lastAsked().json().at("/parameters/sampleCount").asInt())
                .isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({DRAWS + ", mood", IMAGEN + ", mood"})
    void tells_what_was_left_out(String model, String other) {
        gemini.answer(200, "application/json", model.equals(DRAWS) ? PICTURE : PREDICTION);
        ProviderCall call = call(model);

        draw(
                request()
                        .quality("high")
                        .style("vivid")
                        .endUser("me")
                        .format(ImageFormat.DATA)
                        .extra(Map.of(other, "good"))
                        .build(),
                call);

        assertThat(call.ignored()).containsExactlyInAnyOrder("quality", "style", "user", other);
    }

    private ImageResponse draw(ImageRequest request, ProviderCall call) {
        return provider.images().orElseThrow().generate(request, call);
    }

    private Failure failure(ImageRequest request, String model) {
        return catchThrowableOfType(ProviderException.class, () -> draw(request, call(model)))
                .failure();
    }

    private static ImageRequest.Builder request() {
        return ImageRequest.builder().model("google/m").prompt("a cat");
    }

    private ProviderCall call(String model) {
        return new ProviderCall(
                model,
                new Credential(KeySource.CALLER, null, "test", 1, Secret.of("AIza-key-of-the-test"), Map.of()),
                gemini.address("/v1beta"),
                client,
                AttemptControl.withDefaults(),
                Map.of());
    }
}
