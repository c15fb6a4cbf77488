package dev.hypergateway.providers.grok;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypergateway.image.GeneratedImage;
import dev.hypergateway.image.ImageFormat;
import dev.hypergateway.image.ImageRequest;
import dev.hypergateway.image.ImageResponse;
import dev.hypergateway.openai.StatedCost;
import dev.hypergateway.provider.Capability;
import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.recordings.LoopbackServer;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.trace.KeySource;
import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.UpstreamClient;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrokImagesTest {
    /** As recorded on 2026-08-12 (crmne/ruby_llm, image_basic_functionality_xai_grok-imagine-image). */
    private static final String ANSWER = """
            {"data":[{"url":"https://imgen.x.ai/xai-imgen/xai-tmp-imgen-8bdedcff.jpeg","mime_type":"image/jpeg"}],
            "usage":{"cost_in_usd_ticks":200000000}}""";

    private static final Secret KEY = Secret.of("xai-key-of-the-test");

    private final LoopbackServer xai = new LoopbackServer();
    private final UpstreamClient client = UpstreamClient.builder().build();
    private final GrokProvider provider = new GrokProvider();
    private final ProviderCall call = new ProviderCall(
            "grok-imagine-image",
            new Credential(KeySource.CALLER, null, "test", 1, KEY, Map.of()),
            xai.address("/v1"),
            client,
            AttemptControl.withDefaults(),
            Map.of());

    @AfterEach
    void close() {
        client.close();
        xai.close();
    }

    @Test
    void asks_and_reads_as_recorded() {
        xai.answer(200, "application/json", ANSWER);

        ImageResponse response = generate(ImageRequest.of("x-ai/grok-imagine-image", "a siamese cat"));

        assertThat(xai.lastAsked().uri()).hasToString("/v1/images/generations");
        assertThat(xai.lastAsked().header("Authorization")).isEqualTo("Bearer " + KEY.reveal());
        assertThat(xai.lastAsked().body()).isEqualTo("{\"model\":\"grok-imagine-image\",\"prompt\":\"a siamese cat\"}");
        GeneratedImage image = response.image();
        assertThat(image.url()).contains("https://imgen.x.ai/xai-imgen/xai-tmp-imgen-8bdedcff.jpeg");
        assertThat(image.mimeType()).contains("image/jpeg");
        assertThat(StatedCost.of(response.usage().orElseThrow()).orElseThrow().amount())
                .isEqualByComparingTo("0.02");
    }

    @Test
    void hands_pictures_over_as_data_when_asked() {
        xai.answer(200, "application/json", "{\"data\":[{\"b64_json\":\"AQID\"},{\"b64_json\":\"BAUG\"}]}");

        ImageResponse response =
                generate(request().n(2).format(ImageFormat.DATA).endUser("u").build());

        assertThat(response.images()).hasSize(2);
        assertThat(response.images().get(1).bytes().orElseThrow()).containsExactly(4, 5, 6);
        assertThat(xai.lastAsked().json().path("n").asInt()).isEqualTo(2);
        assertThat(xai.lastAsked().json().path("response_format").asText()).isEqualTo("b64_json");
        assertThat(xai.lastAsked().json().path("user").asText()).isEqualTo("u");
    }

    @ParameterizedTest
    @CsvSource({"1024x1024, 1:1, ''", "1792x1024, 16:9, ''", "1024x1536, 2:3, ''", "2048x2048, 1:1, 2k", "auto, '', ''"
    })
    void draws_a_size_in_its_shape_because_xai_takes_no_size(String size, String ratio, String resolution) {
        xai.answer(200, "application/json", ANSWER);

        generate(request().size(size).build());

        assertThat(xai.lastAsked().json().has("size")).isFalse();
        assertThat(xai.lastAsked().json().path("aspect_ratio").asText()).isEqualTo(ratio);
        assertThat(xai.lastAsked().json().path("resolution").asText()).isEqualTo(resolution);
    }

    @Test
    void what_is_said_of_shape_and_fineness_wins_over_the_size() {
        xai.answer(200, "application/json", ANSWER);

        generate(request()
                .size("2048x2048")
                .aspectRatio("19.5:9")
                .resolution("1k")
                .extra(Map.of("image_format", "png"))
                .build());

        assertThat(xai.lastAsked().json().path("aspect_ratio").asText()).isEqualTo("19.5:9");
        assertThat(xai.lastAsked().json().path("resolution").asText()).isEqualTo("1k");
        assertThat(xai.lastAsked().json().path("image_format").asText()).isEqualTo("png");
    }

    @ParameterizedTest
    @CsvSource({"1000x100, is none of them", "large, written as 1024x1024"})
    void refuses_a_size_that_is_no_shape_of_xais(String size, String reason) {
        Failure failure = failure(request().size(size).build());

        assertThat(failure.kind()).isEqualTo(FailureKind.INVALID_REQUEST);
        assertThat(failure.param()).contains("size");
        assertThat(failure.message()).contains(reason);
        assertThat(xai.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"standard, ''", "hd, high", "medium, medium"})
    void says_quality_in_xais_words_and_leaves_the_style_out(String quality, String sent) {
        xai.answer(200, "application/json", ANSWER);

        generate(request().quality(quality).style("vivid").build());

        assertThat(xai.lastAsked().json().path("quality").asText()).isEqualTo(sent);
        assertThat(xai.lastAsked().json().has("style")).isFalse();
        assertThat(call.ignored()).containsExactly("style");
    }

    /** As reported in public: rikkahub#1602 and others for arguments, several projects for moderation. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"code\":\"400\",\"error\":\"Argument not supported: size\"}|INVALID_REQUEST|size",
                "{\"code\":\"imagine:content-moderated\",\"error\":\"Generated image rejected by content moderation.\",\"usage\":{\"cost_in_usd_ticks\":500000000}}|CONTENT_REJECTED|prompt",
                "{\"code\":\"Client specified an invalid argument\",\"error\":\"Generated image rejected by content moderation.\"}|CONTENT_REJECTED|prompt",
                "{\"code\":\"Client specified an invalid argument\",\"error\":\"Incorrect API key provided: xa***st.\"}|CREDENTIAL_REJECTED|"
            })
    void classifies_xais_errors_about_pictures(String body, FailureKind kind, String param) {
        xai.answer(400, "application/json", body);

        Failure failure = failure(request().build());

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.param().orElse(null)).isEqualTo(param);
    }

    @Test
    void knows_the_models_that_draw() {
        assertThat(provider.models())
                .filteredOn(model -> model.can(Capability.IMAGE_GENERATION))
                .extracting(Model::id)
                .contains("grok-imagine-image", "grok-imagine-image-2.0", "grok-2-image-1212");
        assertThat(provider.embeddings()).isEmpty();
    }

    private ImageResponse generate(ImageRequest request) {
        return provider.images().orElseThrow().generate(request, call);
    }

    private Failure failure(ImageRequest request) {
        return catchThrowableOfType(ProviderException.class, () -> generate(request))
                .failure();
    }

    private static ImageRequest.Builder request() {
        return ImageRequest.builder().model("x-ai/grok-imagine-image").prompt("a cat");
    }
}
