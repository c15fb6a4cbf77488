package dev.hypergateway.openai;

import dev.hypergateway.embedding.Embedding;
import dev.hypergateway.embedding.EmbeddingResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a vendor's vectors in OpenAI's dialect. Stateless. */
public final class EmbeddingResponseReader {
    private EmbeddingResponseReader() {}

    /**
     * Reads an answer with vectors as numbers or as base64 of 32-bit floats.
     *
     * @param body a UTF-8 JSON document
     * @throws OpenAiFormatException when it holds no vectors
     * @throws InBandErrorException when it is an error object
     */
    public static EmbeddingResponse read(byte[] body) {
        return read(body, VectorJson::read);
    }

    /** As {@link #read(byte[])}, with vectors in a form of the vendor's own. */
    public static EmbeddingResponse read(byte[] body, VectorReader vectors) {
        Members answer = new Members("", JsonInput.object(body));
        List<?> items = answer.arrayIf("data");
        if (items == null || items.isEmpty()) {
            if (answer.has("error")) {
                throw new InBandErrorException(new String(body, StandardCharsets.UTF_8));
            }
            throw new OpenAiFormatException("it has no vectors", "data", null);
        }
        List<Embedding> embeddings = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            Members item = Members.of("data[" + i + "]", items.get(i));
            Number index = item.numberIf("index");
            embeddings.add(new Embedding(
                    index == null ? i : Math.max(0, index.intValue()),
                    vectors.read(item.path("embedding"), item.take("embedding"))));
        }
        embeddings.sort(Comparator.comparingInt(Embedding::index));
        answer.take("object");
        Members usage = answer.objectIf("usage");
        return EmbeddingResponse.builder()
                .model(ChatResponseReader.orEmpty(answer.stringIf("model")))
                .embeddings(embeddings)
                .usage(usage == null ? null : UsageJson.read(usage))
                .extra(answer.rest())
                .build();
    }

    /** Reads one vector of a vendor's. */
    @FunctionalInterface
    public interface VectorReader {

        /**
         * The numbers.
         *
         * @param path where the vector stands, for messages
         * @param value a string, or a list of numbers
         * @throws OpenAiFormatException when it is no vector
         */
        float[] read(String path, @Nullable Object value);
    }
}
