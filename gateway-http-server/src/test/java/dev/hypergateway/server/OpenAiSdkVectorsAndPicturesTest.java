package dev.hypergateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.errors.BadRequestException;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.images.Image;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.images.ImagesResponse;
import dev.hypergateway.key.ProviderKey;
import dev.hypergateway.testkit.Reply;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The official OpenAI client for Java asks for embeddings and pictures; for embeddings it wants base64 unless told otherwise. */
class OpenAiSdkVectorsAndPicturesTest {
    private final RunningGateway running = new RunningGateway();
    private final OpenAIClient client = OpenAIOkHttpClient.builder()
            .apiKey(RunningGateway.KEY)
            .baseUrl(running.server.uri() + "/v1")
            .maxRetries(0)
            .build();

    @AfterEach
    void close() {
        client.close();
        running.close();
    }

    @ParameterizedTest
    @CsvSource({
        "google, google/gemini-embedding-001, 3072",
        "gigachat, gigachat/EmbeddingsGigaR, 2560",
        "perplexity, perplexity/pplx-embed-v1-4b, 2560"
    })
    void gets_the_same_vectors_in_both_encodings_although_the_first_key_fails(String provider, String model, int size) {
        running.store(provider, "dead-key-000000");
        running.vendor(provider).script("dead-key-000000", Reply.invalidKey());
        ProviderKey good = running.store(provider, "good-key-000000");
        EmbeddingCreateParams.Builder question =
                EmbeddingCreateParams.builder().model(model).inputOfArrayOfStrings(List.of("one", "two"));

        CreateEmbeddingResponse answer = client.embeddings().create(question.build());
        CreateEmbeddingResponse plain = client.embeddings()
                .create(question.encodingFormat(EmbeddingCreateParams.EncodingFormat.FLOAT)
                        .build());

        answer.validate();
        plain.validate();
        assertThat(answer.model()).isEqualTo(model);
        assertThat(answer.data()).hasSize(2);
        for (int i = 0; i < 2; i++) {
            assertThat(answer.data().get(i).index()).isEqualTo(i);
            assertThat(answer.data().get(i).embedding())
                    .hasSize(size)
                    .isEqualTo(plain.data().get(i).embedding());
        }
        assertThat(answer.usage().totalTokens()).isEqualTo(answer.usage().promptTokens());
        assertThat(running.selected(provider)).isEqualTo(good.id());
    }

    @ParameterizedTest
    @CsvSource({
        "google, google/gemini-3.1-flash-lite-image",
        "google, google/imagen-4.0-generate-001",
        "xai, x-ai/grok-imagine-image",
        "gigachat, gigachat/GigaChat-2-Max"
    })
    void gets_a_picture_although_the_first_key_fails(String provider, String model) {
        running.store(provider, "dead-key-000000");
        running.vendor(provider).script("dead-key-000000", Reply.invalidKey());
        ProviderKey good = running.store(provider, "good-key-000000");

        ImagesResponse answer = client.images()
                .generate(ImageGenerateParams.builder()
                        .model(model)
                        .prompt("a cat")
                        .size(ImageGenerateParams.Size._1024X1024)
                        .putAdditionalBodyProperty("response_format", JsonValue.from("b64_json"))
                        .build());

        answer.validate();
        List<Image> pictures = answer.data().orElseThrow();
        assertThat(pictures).hasSize(1);
        assertThat(Base64.getDecoder().decode(pictures.get(0).b64Json().orElseThrow()))
                .hasSizeGreaterThan(20);
        assertThat(running.selected(provider)).isEqualTo(good.id());
    }

    @Test
    void gets_the_address_of_a_picture() {
        running.store("xai", "good-key-000000");

        ImagesResponse answer = client.images()
                .generate(ImageGenerateParams.builder()
                        .model("x-ai/grok-imagine-image")
                        .prompt("a cat")
                        .n(2)
                        .putAdditionalBodyProperty("response_format", JsonValue.from("url"))
                        .build());

        assertThat(answer.data().orElseThrow())
                .hasSize(2)
                .allSatisfy(picture -> assertThat(picture.url().orElseThrow()).startsWith("https://"));
    }

    @Test
    void errors_become_the_exceptions_of_the_sdk() {
        assertThatThrownBy(() -> client.embeddings()
                        .create(EmbeddingCreateParams.builder()
                                .model("x-ai/grok-4")
                                .input("one")
                                .build()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("cannot make embeddings");
        assertThatThrownBy(() -> client.images()
                        .generate(ImageGenerateParams.builder()
                                .model("perplexity/sonar")
                                .prompt("a cat")
                                .build()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("cannot make pictures");
    }
}
