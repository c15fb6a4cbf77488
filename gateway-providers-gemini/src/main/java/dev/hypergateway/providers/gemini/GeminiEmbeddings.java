package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.embedding.Embedding;
import dev.hypergateway.embedding.EmbeddingInput;
import dev.hypergateway.embedding.EmbeddingRequest;
import dev.hypergateway.embedding.EmbeddingResponse;
import dev.hypergateway.provider.Failures;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Embeddings of Gemini ({@code ai.google.dev/api/embeddings}), always in a batch. {@code task_type} and {@code title}, which OpenAI
 * does not have, are taken from the request's unnamed fields or from {@code google}; gemini-embedding-001 states no usage.
 * Stateless.
 */
final class GeminiEmbeddings {
    static final String METHOD = ":batchEmbedContents";

    /** Gemini says so itself, but without the name of a field that the caller knows. */
    private static final int MOST_INPUTS = 100;

    private static final Map<String, String> OPTIONS = Map.of("task_type", "taskType", "title", "title");
    private static final String GOOGLE = "google";
    private static final Set<String> WRAPPERS = Set.of(GOOGLE, "extra_body");

    private GeminiEmbeddings() {}

    /**
     * @throws ProviderException when Gemini cannot embed what is asked
     */
    static ObjectNode write(EmbeddingRequest request, GeminiModelName model, ProviderCall call) {
        if (request.inputs().size() > MOST_INPUTS) {
            throw Refusal.of(
                    "input",
                    "Gemini embeds at most " + MOST_INPUTS + " texts in one request, got "
                            + request.inputs().size() + "; send them in several requests");
        }
        request.extra().keySet().stream()
                .filter(field -> !OPTIONS.containsKey(field) && !WRAPPERS.contains(field))
                .forEach(call::ignore);
        if (request.endUser().isPresent()) {
            call.ignore("user");
        }
        ObjectNode options = options(request);
        ObjectNode body = GeminiJson.object();
        ArrayNode requests = body.putArray("requests");
        for (int i = 0; i < request.inputs().size(); i++) {
            if (!(request.inputs().get(i) instanceof EmbeddingInput.Text text)) {
                throw Refusal.of("input[" + i + "]", "Gemini embeds texts, not tokens; send the text itself");
            }
            ObjectNode one = requests.addObject().put("model", model.path().substring(1));
            one.putObject("content").putArray("parts").addObject().put("text", text.text());
            one.setAll(options);
        }
        return body;
    }

    private static ObjectNode options(EmbeddingRequest request) {
        ObjectNode options = GeminiJson.object();
        request.dimensions().ifPresent(count -> options.put("outputDimensionality", count));
        take(request.extra(), options);
        if (request.extra().get("extra_body") instanceof Map<?, ?> extraBody) {
            take(extraBody.get(GOOGLE) instanceof Map<?, ?> google ? google : Map.of(), options);
        }
        take(request.extra().get(GOOGLE) instanceof Map<?, ?> google ? google : Map.of(), options);
        return options;
    }

    private static void take(Map<?, ?> fields, ObjectNode options) {
        OPTIONS.forEach((snake, camel) -> {
            Object value = fields.containsKey(snake) ? fields.get(snake) : fields.get(camel);
            if (value instanceof String text) {
                options.put(camel, text);
            } else if (value != null) {
                throw Refusal.of(snake, "it must be a string, for example RETRIEVAL_QUERY for task_type");
            }
        });
    }

    static EmbeddingResponse read(JsonNode body, String model) {
        List<Embedding> embeddings = new ArrayList<>();
        for (JsonNode item : body.path("embeddings")) {
            JsonNode numbers = item.path("values");
            if (!numbers.isArray() || numbers.isEmpty()) {
                throw Failures.unreadable("it has an embedding without numbers", null);
            }
            float[] vector = new float[numbers.size()];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = numbers.get(i).floatValue();
            }
            embeddings.add(new Embedding(embeddings.size(), vector));
        }
        return EmbeddingResponse.builder()
                .model(model)
                .embeddings(embeddings)
                .usage(GeminiUsage.of(body.path("usageMetadata")))
                .build();
    }
}
