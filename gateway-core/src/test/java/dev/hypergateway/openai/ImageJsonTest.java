package dev.hypergateway.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.image.GeneratedImage;
import dev.hypergateway.image.ImageFormat;
import dev.hypergateway.image.ImageRequest;
import dev.hypergateway.image.ImageResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void reads_and_writes_every_field() throws IOException {
        String body = """
                {"model":"m","prompt":"a cat","n":2,"size":"1024x1024","aspect_ratio":"1:1","resolution":"2k",
                "quality":"high","style":"vivid","response_format":"b64_json","user":"u","background":"transparent"}""";

        ImageRequest request = request(body);

        assertThat(request.prompt()).isEqualTo("a cat");
        assertThat(request.n()).contains(2);
        assertThat(request.size()).contains("1024x1024");
        assertThat(request.aspectRatio()).contains("1:1");
        assertThat(request.resolution()).contains("2k");
        assertThat(request.quality()).contains("high");
        assertThat(request.style()).contains("vivid");
        assertThat(request.format()).contains(ImageFormat.DATA);
        assertThat(request.endUser()).contains("u");
        assertThat(request.extra()).isEqualTo(Map.of("background", "transparent"));
        assertThat(JSON.readTree(ImageRequestWriter.write(request, "m"))).isEqualTo(JSON.readTree(body));
        assertThat(request("{\"model\":\"m\",\"prompt\":\"p\",\"response_format\":\"url\"}")
                        .format())
                .contains(ImageFormat.URL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"prompt\":\"p\"}|model|missing_required_parameter",
                "{\"model\":\"m\"}|prompt|missing_required_parameter",
                "{\"model\":\"m\",\"prompt\":\" \"}|prompt|invalid_value",
                "{\"model\":\"m\",\"prompt\":[\"p\"]}|prompt|invalid_type",
                "{\"model\":\"m\",\"prompt\":\"p\",\"n\":0}|n|integer_below_min_value",
                "{\"model\":\"m\",\"prompt\":\"p\",\"n\":11}|n|integer_above_max_value",
                "{\"model\":\"m\",\"prompt\":\"p\",\"size\":1024}|size|invalid_type",
                "{\"model\":\"m\",\"prompt\":\"p\",\"response_format\":\"png\"}|response_format|invalid_value",
                "{\"model\":\"m\",\"prompt\":\"p\",\"stream\":true}|stream|invalid_value"
            })
    void names_the_field_at_fault(String body, String param, String code) {
        OpenAiFormatException e = catchThrowableOfType(OpenAiFormatException.class, () -> request(body));

        assertThat(e.toError().param()).isEqualTo(param);
        assertThat(e.toError().code()).isEqualTo(code);
    }

    /** From xAI, with an address (ruby_llm's recordings of 2026-08-12), and from OpenAI's reference, with tokens. */
    @ParameterizedTest
    @ValueSource(strings = {"""
                {"created":1786572328,"data":[{"url":"https://imgen.x.ai/a.jpeg","mime_type":"image/jpeg"}],
                "usage":{"input_tokens":0,"output_tokens":0,"total_tokens":0,
                "input_tokens_details":{"text_tokens":0,"image_tokens":0},"cost_in_usd_ticks":200000000}}""", """
                {"created":1713833628,"data":[{"b64_json":"AQID","revised_prompt":"a better cat","seed":5}],
                "usage":{"input_tokens":50,"output_tokens":50,"total_tokens":100,
                "input_tokens_details":{"text_tokens":10,"image_tokens":40},
                "output_tokens_details":{"image_tokens":45,"text_tokens":5}},
                "background":"opaque","output_format":"png","size":"1024x1024","quality":"high"}"""})
    void an_answer_keeps_its_meaning(String body) throws IOException {
        ImageResponse response = ImageResponseReader.read(bytes(body));

        JsonNode expected = JSON.readTree(body);
        JsonNode written = JSON.readTree(ImageResponseWriter.write(response));
        assertThat(written).isEqualTo(expected);
    }

    @Test
    void tells_text_from_pictures_in_the_tokens_as_the_client_of_openai_expects() throws IOException {
        ImageResponse response = ImageResponse.builder()
                .created(Instant.EPOCH)
                .model("m")
                .images(List.of(GeneratedImage.builder().base64("AQID").build()))
                .usage(Usage.builder()
                        .promptTokens(5)
                        .completionTokens(1518)
                        .imageTokens(1120L)
                        .build())
                .build();

        JsonNode usage = JSON.readTree(ImageResponseWriter.write(response)).path("usage");

        assertThat(usage.path("input_tokens_details").toString()).isEqualTo("{\"text_tokens\":5,\"image_tokens\":0}");
        assertThat(usage.path("output_tokens_details").toString())
                .isEqualTo("{\"text_tokens\":398,\"image_tokens\":1120}");
    }

    @Test
    void a_vendor_that_counts_no_tokens_still_states_its_cost() {
        Usage usage = ImageResponseReader.read(
                        bytes("{\"data\":[{\"url\":\"u\"}],\"usage\":{\"cost_in_usd_ticks\":200000000}}"))
                .usage()
                .orElseThrow();

        assertThat(usage.totalTokens()).isZero();
        assertThat(StatedCost.of(usage).orElseThrow().amount()).isEqualByComparingTo("0.02");
    }

    @Test
    void passes_over_entries_without_a_picture() {
        ImageResponse response =
                ImageResponseReader.read(bytes("{\"data\":[{},{\"b64_json\":\"AQID\"},{\"revised_prompt\":\"r\"}]}"));

        assertThat(response.images()).extracting(GeneratedImage::base64).hasSize(1);
        assertThat(response.usage()).isEmpty();
        assertThat(response.created()).isNotNull();
    }

    @Test
    void tells_an_error_and_other_bodies_apart() {
        assertThatThrownBy(() -> ImageResponseReader.read(bytes("{\"error\":\"no\"}")))
                .isInstanceOf(InBandErrorException.class);
        assertThatThrownBy(() -> ImageResponseReader.read(bytes("{\"data\":5}")))
                .isInstanceOf(OpenAiFormatException.class);
        assertThatThrownBy(() -> ImageResponseReader.read(bytes("{\"data\":[5]}")))
                .isInstanceOf(OpenAiFormatException.class);
    }

    private static ImageRequest request(String body) {
        return ImageRequestReader.read(bytes(body));
    }

    private static byte[] bytes(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
