package dev.hypergateway.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EmbeddingTest {

    @Test
    void keeps_its_numbers_to_itself() {
        float[] numbers = {1, 2};
        Embedding embedding = new Embedding(0, numbers);

        numbers[0] = 9;
        embedding.vector()[1] = 9;

        assertThat(embedding.vector()).containsExactly(1, 2);
        assertThat(embedding.dimensions()).isEqualTo(2);
        assertThat(embedding)
                .isEqualTo(new Embedding(0, new float[] {1, 2}))
                .hasSameHashCodeAs(new Embedding(0, new float[] {1, 2}));
        assertThat(embedding).isNotEqualTo(new Embedding(1, new float[] {1, 2}));
        assertThat(embedding.toString()).isEqualTo("Embedding[0, 2 dimensions]");
    }

    @Test
    void compares_directions_whatever_the_lengths() {
        Embedding east = new Embedding(0, new float[] {3, 0});

        assertThat(east.cosineSimilarity(new Embedding(1, new float[] {100, 0})))
                .isEqualTo(1, within(1e-12));
        assertThat(east.cosineSimilarity(new Embedding(1, new float[] {0, 2}))).isZero();
        assertThat(east.cosineSimilarity(new Embedding(1, new float[] {-1, 0}))).isEqualTo(-1, within(1e-12));
        assertThat(east.cosineSimilarity(new Embedding(1, new float[] {0, 0}))).isZero();
    }

    @Test
    void does_not_compare_vectors_of_different_models() {
        Embedding two = new Embedding(0, new float[] {1, 2});
        Embedding three = new Embedding(0, new float[] {1, 2, 3});

        assertThatThrownBy(() -> two.cosineSimilarity(three)).hasMessageContaining("take both from one model");
    }

    @Test
    void refuses_what_is_no_vector() {
        assertThatThrownBy(() -> new Embedding(0, new float[0])).hasMessageContaining("vector");
        assertThatThrownBy(() -> new Embedding(-1, new float[] {1})).hasMessageContaining("index");
    }

    @Test
    void neither_request_nor_response_shows_content() {
        EmbeddingRequest request =
                EmbeddingRequest.builder().model("m").input("secret words").build();

        assertThat(request + " " + request.inputs()).doesNotContain("secret words");
        assertThat(request.toBuilder().build().inputs()).isEqualTo(request.inputs());
        assertThatThrownBy(() -> EmbeddingResponse.builder().model("m").build().vector())
                .hasMessageContaining("no input");
    }
}
