package dev.hypergateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.Gateway;
import dev.hypergateway.embedding.EmbeddingRequest;
import dev.hypergateway.embedding.EmbeddingResponse;
import dev.hypergateway.image.ImageRequest;
import dev.hypergateway.image.ImageResponse;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.trace.FailureKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A {@link FakeProvider} behind a gateway, asked for something else than words. */
class FakeCapabilitiesTest {
    private final FakeProvider fake = FakeProvider.answering("unused")
            .script("dead-key", FakeReply.failure(Failure.of(FailureKind.CREDENTIAL_REJECTED, "who are you?")));

    @Test
    void embeds_with_the_key_that_works() {
        try (Gateway ai = gateway()) {
            EmbeddingResponse response =
                    ai.embed(EmbeddingRequest.of("fake/model", List.of("one two", "two one", "three")));

            assertThat(response.trace().attempts()).hasSize(2);
            assertThat(response.embeddings()
                            .get(0)
                            .cosineSimilarity(response.embeddings().get(1)))
                    .isGreaterThan(0.999);
            assertThat(response.embeddings()
                            .get(0)
                            .cosineSimilarity(response.embeddings().get(2)))
                    .isLessThan(0.9);
            assertThat(fake.calls())
                    .extracting(FakeCall::kind)
                    .containsExactly(FakeCall.Kind.EMBEDDINGS, FakeCall.Kind.EMBEDDINGS);
            assertThat(fake.calls().get(1).embedding().inputs()).hasSize(3);
            assertThat(fake.calls().get(1).request()).isNull();
        }
    }

    @Test
    void draws_with_the_key_that_works() {
        try (Gateway ai = gateway()) {
            ImageResponse response = ai.generateImages(ImageRequest.builder()
                    .model("fake/model")
                    .prompt("a cat")
                    .n(2)
                    .build());

            assertThat(response.images())
                    .hasSize(2)
                    .allSatisfy(
                            picture -> assertThat(picture.bytes().orElseThrow()).startsWith(0x89, 'P', 'N', 'G'));
            assertThat(response.trace().attempts()).hasSize(2);
            assertThat(fake.calls().get(1).image().prompt()).isEqualTo("a cat");
            assertThat(fake.keysTried()).hasSize(2);
        }
    }

    private Gateway gateway() {
        return Gateway.builder()
                .settings(Map.of("FAKE_API_KEY", "dead-key,good-key"))
                .provider(fake)
                .build();
    }
}
