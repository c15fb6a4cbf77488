package dev.hypergateway.providers.gigachat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypergateway.image.ImageFormat;
import dev.hypergateway.image.ImageRequest;
import dev.hypergateway.image.ImageResponse;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.recordings.Answer;
import dev.hypergateway.trace.FailureKind;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers are those of GigaChat's documentation and of its OpenAPI description; there is no recording with a picture. */
class GigaChatImagesTest {
    private static final String FILE = "b28fbd4f-105a-43e0-ba5a-2faa80b1f43c";
    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 0, (byte) 0x80};

    private final LoopbackGigaChat gigachat = new LoopbackGigaChat();
    private final GigaChatProvider provider = new GigaChatProvider();

    @AfterEach
    void close() {
        gigachat.close();
    }

    @Test
    void asks_to_draw_and_fetches_the_picture() {
        gigachat.json(
                        200,
                        drawn("Запускаю генерацию изображения. <img src=\\'" + FILE
                                + "\\' fuse=\\'true\\'/> - вот розовый кот"))
                .answer(new Answer(200, Map.of("content-type", List.of("image/jpg")), JPEG, false));

        ImageResponse response = draw(request().build(), gigachat.call("gigachat-2"));

        assertThat(gigachat.asked().body())
                .isEqualTo(
                        "{\"model\":\"GigaChat-2\",\"messages\":[{\"role\":\"user\",\"content\":\"Нарисуй: розового кота\"}],"
                                + "\"function_call\":\"auto\"}");
        var fetched = gigachat.asked();
        assertThat(fetched.method() + " " + fetched.uri()).isEqualTo("GET /v1/files/" + FILE + "/content");
        assertThat(fetched.header("Accept")).isEqualTo("application/jpg");
        assertThat(fetched.header("Authorization")).isEqualTo("Bearer " + LoopbackGigaChat.TOKEN);
        assertThat(response.images()).hasSize(1);
        assertThat(response.image().bytes().orElseThrow()).isEqualTo(JPEG);
        assertThat(response.image().mimeType()).contains("image/jpeg");
        assertThat(response.usage().orElseThrow().totalTokens()).isEqualTo(669);
    }

    @Test
    void several_pictures_in_one_answer_all_come() {
        String second = UUID.randomUUID().toString();
        gigachat.json(
                        200,
                        drawn("<img src=\\'" + FILE + "\\' fuse=\\'true\\'/> <img src=\\'" + second
                                + "\\' fuse=\\'true\\'/>"))
                .answer(200, "image/jpg", "one")
                .answer(200, "image/jpg", "two");

        assertThat(draw(request().build(), gigachat.call()).images()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stop|Рисовать я не умею|INVALID_REQUEST",
                "blacklist|Не люблю менять тему разговора|CONTENT_REJECTED"
            })
    void words_in_place_of_a_picture_are_no_answer(String reason, String words, FailureKind kind) {
        gigachat.json(200, "{'choices':[{'message':{'content':'" + words + "'},'finish_reason':'" + reason + "'}]}");

        Failure failure = failure(request().build());

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.param()).contains("prompt");
        assertThat(failure.message()).doesNotContain(words);
    }

    @Test
    void a_picture_that_cannot_be_fetched_is_an_outage() {
        gigachat.json(200, drawn("<img src=\\'" + FILE + "\\' fuse=\\'true\\'/>"))
                .json(502, "<html>");

        assertThat(failure(request().build()).kind()).isEqualTo(FailureKind.UNAVAILABLE);
    }

    @Test
    void takes_no_address_for_a_file() {
        gigachat.json(200, drawn("<img src=\\'../models?x=1\\' fuse=\\'true\\'/>"));

        assertThat(failure(request().build()).kind()).isEqualTo(FailureKind.INVALID_REQUEST);
        assertThat(gigachat.timesAsked()).isEqualTo(1);
    }

    @Test
    void refuses_what_it_cannot_draw_before_anything_is_sent() {
        assertThat(failure(request().n(2).build()).param()).contains("n");
        assertThat(failure(request().format(ImageFormat.URL).build()).param()).contains("response_format");
        assertThat(failure(request().size("1792x1024").build()).param()).contains("size");
        assertThat(failure(request().size("big").build()).param()).contains("size");
        assertThat(failure(request().aspectRatio("16:9").build()).param()).contains("aspect_ratio");
        assertThat(gigachat.timesAskedForToken()).isZero();
    }

    @Test
    void tells_what_was_left_out() {
        gigachat.json(200, drawn("<img src=\\'" + FILE + "\\' fuse=\\'true\\'/>"))
                .answer(200, "image/jpg", "x");
        ProviderCall call = gigachat.call();

        draw(
                request()
                        .size("1024x1024")
                        .aspectRatio("1:1")
                        .resolution("2k")
                        .quality("high")
                        .style("vivid")
                        .endUser("me")
                        .format(ImageFormat.DATA)
                        .extra(Map.of("background", "opaque"))
                        .build(),
                call);

        assertThat(call.ignored())
                .containsExactlyInAnyOrder("size", "resolution", "quality", "style", "user", "background");
    }

    private ImageResponse draw(ImageRequest request, ProviderCall call) {
        return provider.images().orElseThrow().generate(request, call);
    }

    private Failure failure(ImageRequest request) {
        return catchThrowableOfType(ProviderException.class, () -> draw(request, gigachat.call()))
                .failure();
    }

    private static ImageRequest.Builder request() {
        return ImageRequest.builder().model("sber/GigaChat-2").prompt("розового кота");
    }

    private static String drawn(String content) {
        return "{'choices':[{'message':{'content':'" + content
                + "','role':'assistant'},'index':0,'finish_reason':'stop'}],"
                + "'created':1760434259,'model':'GigaChat:2.0.28.2','object':'chat.completion',"
                + "'usage':{'prompt_tokens':626,'completion_tokens':43,'total_tokens':669}}";
    }
}
