package dev.hypergateway.embedding;

import dev.hypergateway.chat.Fields;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.trace.CallTrace;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The vectors of a request. Immutable and thread-safe. {@code toString()} never shows content. */
public final class EmbeddingResponse {
    private final String model;
    private final List<Embedding> embeddings;
    private final @Nullable Usage usage;
    private final Map<String, Object> extra;
    private final CallTrace trace;

    private EmbeddingResponse(Builder builder) {
        model = Objects.requireNonNull(builder.model, "model");
        embeddings = List.copyOf(builder.embeddings);
        usage = builder.usage;
        extra = Fields.copyOf(builder.extra);
        trace = builder.trace;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A builder that holds everything of this response. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** The model exactly as the caller named it. */
    public String model() {
        return model;
    }

    /** One vector for each input, in the order of the inputs. */
    public List<Embedding> embeddings() {
        return embeddings;
    }

    /**
     * The numbers of the first vector; the only one when the request had one input.
     *
     * @throws IllegalStateException when there is none
     */
    public float[] vector() {
        if (embeddings.isEmpty()) {
            throw new IllegalStateException("the response has no vector, because the request had no input");
        }
        return embeddings.get(0).vector();
    }

    /** Tokens used; empty when the vendor did not say. */
    public Optional<Usage> usage() {
        return Optional.ofNullable(usage);
    }

    /** The vendor's other top-level fields. */
    public Map<String, Object> extra() {
        return extra;
    }

    /** Which attempts were made to get this answer. */
    public CallTrace trace() {
        return trace;
    }

    @Override
    public String toString() {
        return "EmbeddingResponse[model=" + model + ", " + embeddings.size() + " vectors, " + usage + "]";
    }

    /** Collects an {@link EmbeddingResponse}. Not thread-safe. */
    public static final class Builder {
        private @Nullable String model;
        private List<Embedding> embeddings = List.of();
        private @Nullable Usage usage;
        private Map<String, ?> extra = Map.of();
        private CallTrace trace = CallTrace.empty();

        private Builder() {}

        private Builder(EmbeddingResponse response) {
            model = response.model;
            embeddings = response.embeddings;
            usage = response.usage;
            extra = response.extra;
            trace = response.trace;
        }

        public Builder model(String value) {
            model = value;
            return this;
        }

        public Builder embeddings(List<Embedding> values) {
            embeddings = values;
            return this;
        }

        public Builder usage(@Nullable Usage value) {
            usage = value;
            return this;
        }

        public Builder extra(Map<String, ?> fields) {
            extra = fields;
            return this;
        }

        public Builder trace(CallTrace value) {
            trace = value;
            return this;
        }

        public EmbeddingResponse build() {
            return new EmbeddingResponse(this);
        }
    }
}
