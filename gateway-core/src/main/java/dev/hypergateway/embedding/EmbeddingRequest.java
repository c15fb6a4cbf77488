package dev.hypergateway.embedding;

import dev.hypergateway.chat.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Texts to turn into vectors. Immutable and thread-safe.
 *
 * <pre>{@code
 * EmbeddingRequest request = EmbeddingRequest.builder()
 *         .model("google/gemini-embedding-001")
 *         .input("Why is the sky blue?")
 *         .dimensions(768)
 *         .build();
 * }</pre>
 *
 * <p>Only the model is checked here; what a vendor cannot express is refused when the call is made. {@code toString()} never
 * shows content.
 */
public final class EmbeddingRequest {
    private final String model;
    private final List<EmbeddingInput> inputs;
    private final @Nullable Integer dimensions;
    private final @Nullable String user;
    private final @Nullable Duration timeout;
    private final List<String> fallbacks;
    private final Map<String, Object> extra;

    private EmbeddingRequest(Builder builder) {
        model = Objects.requireNonNull(builder.model, "model");
        if (model.isBlank()) {
            throw new IllegalArgumentException("model must not be blank; name one such as google/gemini-embedding-001");
        }
        inputs = List.copyOf(builder.inputs);
        dimensions = builder.dimensions;
        user = builder.user;
        timeout = builder.timeout;
        fallbacks = List.copyOf(builder.fallbacks);
        extra = Fields.copyOf(builder.extra);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** These texts at this model. */
    public static EmbeddingRequest of(String model, List<String> texts) {
        return builder().model(model).texts(texts).build();
    }

    /** A builder that holds everything of this request. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** The model reference or route as the caller wrote it, for example {@code google/gemini-embedding-001}. */
    public String model() {
        return model;
    }

    /** What to turn into vectors, one for each. */
    public List<EmbeddingInput> inputs() {
        return inputs;
    }

    /** How many numbers a vector shall have, where the model lets one choose. */
    public Optional<Integer> dimensions() {
        return Optional.ofNullable(dimensions);
    }

    /** The caller's name for its end user. */
    public Optional<String> endUser() {
        return Optional.ofNullable(user);
    }

    /** A deadline of this call over all attempts, shorter or longer than the policy's. Never sent to a vendor. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    /**
     * Model references or routes to go on with, in order, when {@link #model()} cannot answer. Vectors of different models cannot be
     * compared, so only the same model elsewhere makes sense here. Never sent to a vendor.
     */
    public List<String> fallbacks() {
        return fallbacks;
    }

    /** Unnamed top-level JSON fields, passed on to vendors that speak OpenAI's dialect. */
    public Map<String, Object> extra() {
        return extra;
    }

    @Override
    public String toString() {
        return "EmbeddingRequest[model=" + model + ", " + inputs.size() + " inputs]";
    }

    /** Collects an {@link EmbeddingRequest}. Not thread-safe. */
    public static final class Builder {
        private @Nullable String model;
        private List<EmbeddingInput> inputs = new ArrayList<>();
        private @Nullable Integer dimensions;
        private @Nullable String user;
        private @Nullable Duration timeout;
        private List<String> fallbacks = List.of();
        private Map<String, ?> extra = Map.of();

        private Builder() {}

        private Builder(EmbeddingRequest request) {
            model = request.model;
            inputs = new ArrayList<>(request.inputs);
            dimensions = request.dimensions;
            user = request.user;
            timeout = request.timeout;
            fallbacks = request.fallbacks;
            extra = request.extra;
        }

        public Builder model(String value) {
            model = value;
            return this;
        }

        /** Replaces what to turn into vectors. */
        public Builder inputs(List<? extends EmbeddingInput> values) {
            inputs = new ArrayList<>(values);
            return this;
        }

        /** Replaces what to turn into vectors by texts. */
        public Builder texts(List<String> texts) {
            return inputs(texts.stream().map(EmbeddingInput::of).toList());
        }

        /** Appends a text. */
        public Builder input(String text) {
            inputs.add(EmbeddingInput.of(text));
            return this;
        }

        public Builder dimensions(@Nullable Integer value) {
            dimensions = value;
            return this;
        }

        /** Names the end user, as OpenAI's field {@code user} does. */
        public Builder endUser(@Nullable String value) {
            user = value;
            return this;
        }

        /** Sets the deadline of this call over all attempts. */
        public Builder timeout(@Nullable Duration value) {
            if (value != null && (value.isZero() || value.isNegative())) {
                throw new IllegalArgumentException("timeout must be positive, was " + value);
            }
            timeout = value;
            return this;
        }

        /** Names further models or routes, to be tried in this order when the first cannot answer. */
        public Builder fallbacks(List<String> models) {
            fallbacks = List.copyOf(models);
            return this;
        }

        public Builder extra(Map<String, ?> fields) {
            extra = fields;
            return this;
        }

        /** Builds the request; throws {@code IllegalArgumentException} when the model is blank. */
        public EmbeddingRequest build() {
            return new EmbeddingRequest(this);
        }
    }
}
