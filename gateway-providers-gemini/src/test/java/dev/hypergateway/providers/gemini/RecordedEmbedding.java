package dev.hypergateway.providers.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.embedding.Embedding;
import dev.hypergateway.embedding.EmbeddingRequest;
import dev.hypergateway.embedding.EmbeddingResponse;
import dev.hypergateway.recordings.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A recorded exchange about embeddings: what was asked, and whether an answer is the recorded one. */
final class RecordedEmbedding {
    private RecordedEmbedding() {}

    static boolean is(Recording recording) {
        return recording.target().endsWith(GeminiEmbeddings.METHOD);
    }

    static EmbeddingRequest question(String model, JsonNode body) {
        List<String> texts = new ArrayList<>();
        EmbeddingRequest.Builder question = EmbeddingRequest.builder().model(model);
        for (JsonNode one : body.path("requests")) {
            texts.add(one.at("/content/parts/0/text").asText());
            if (one.has("outputDimensionality")) {
                question.dimensions(one.get("outputDimensionality").intValue());
            }
            if (one.has("taskType")) {
                question.extra(Map.of("task_type", one.get("taskType").asText()));
            }
        }
        return question.texts(texts).build();
    }

    static String compare(Recording recording, EmbeddingResponse answer) {
        JsonNode expected = recording.response().path("embeddings");
        assertThat(answer.embeddings()).isNotEmpty().hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            List<Float> numbers = new ArrayList<>();
            expected.get(i).path("values").forEach(number -> numbers.add(number.floatValue()));
            Embedding embedding = answer.embeddings().get(i);
            assertThat(embedding.index()).isEqualTo(i);
            assertThat(embedding.vector()).containsExactly(numbers.toArray(Float[]::new));
        }
        assertThat(recording.response().has("usageMetadata")).isFalse();
        assertThat(answer.usage()).isEmpty();
        return "every number of " + expected.size() + " vectors; no usage";
    }
}
