package dev.hypergateway.image;

import dev.hypergateway.chat.Fields;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A picture to make. Immutable and thread-safe.
 *
 * <pre>{@code
 * ImageRequest request = ImageRequest.builder()
 *         .model("x-ai/grok-imagine-image")
 *         .prompt("A lighthouse in the fog, as a woodcut")
 *         .aspectRatio("16:9")
 *         .build();
 * }</pre>
 *
 * <p>Only the model is checked here; what a vendor cannot express is refused when the call is made. {@code toString()} never
 * shows content.
 */
public final class ImageRequest {
    private final String model;
    private final String prompt;
    private final @Nullable Integer n;
    private final @Nullable String size;
    private final @Nullable String aspectRatio;
    private final @Nullable String resolution;
    private final @Nullable String quality;
    private final @Nullable String style;
    private final @Nullable ImageFormat format;
    private final @Nullable String user;
    private final @Nullable Duration timeout;
    private final List<String> fallbacks;
    private final Map<String, Object> extra;

    private ImageRequest(Builder builder) {
        model = Objects.requireNonNull(builder.model, "model");
        if (model.isBlank()) {
            throw new IllegalArgumentException("model must not be blank; name one such as x-ai/grok-imagine-image");
        }
        prompt = Objects.requireNonNull(builder.prompt, "prompt");
        n = builder.n;
        size = builder.size;
        aspectRatio = builder.aspectRatio;
        resolution = builder.resolution;
        quality = builder.quality;
        style = builder.style;
        format = builder.format;
        user = builder.user;
        timeout = builder.timeout;
        fallbacks = List.copyOf(builder.fallbacks);
        extra = Fields.copyOf(builder.extra);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** One picture. */
    public static ImageRequest of(String model, String prompt) {
        return builder().model(model).prompt(prompt).build();
    }

    /** A builder that holds everything of this request. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** The model reference or route as the caller wrote it, for example {@code x-ai/grok-imagine-image}. */
    public String model() {
        return model;
    }

    /** What the picture shall show. */
    public String prompt() {
        return prompt;
    }

    /** How many pictures to make. */
    public Optional<Integer> n() {
        return Optional.ofNullable(n);
    }

    /** OpenAI's size in pixels, for example {@code 1024x1536}; vendors that know only shapes make one of the same shape. */
    public Optional<String> size() {
        return Optional.ofNullable(size);
    }

    /** The shape, for example {@code 16:9}; wins over that of {@link #size()}. */
    public Optional<String> aspectRatio() {
        return Optional.ofNullable(aspectRatio);
    }

    /** How fine the picture is, for example {@code 1k} or {@code 2k}; wins over that of {@link #size()}. */
    public Optional<String> resolution() {
        return Optional.ofNullable(resolution);
    }

    /** How much effort to spend, for example {@code low} or {@code high}. */
    public Optional<String> quality() {
        return Optional.ofNullable(quality);
    }

    /** OpenAI's {@code vivid} or {@code natural}. */
    public Optional<String> style() {
        return Optional.ofNullable(style);
    }

    /** How to hand the picture over; empty for whatever the vendor prefers. */
    public Optional<ImageFormat> format() {
        return Optional.ofNullable(format);
    }

    /** The caller's name for its end user. */
    public Optional<String> endUser() {
        return Optional.ofNullable(user);
    }

    /** A deadline of this call over all attempts, shorter or longer than the policy's. Never sent to a vendor. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    /** Model references or routes to go on with, in order, when {@link #model()} cannot answer. Never sent to a vendor. */
    public List<String> fallbacks() {
        return fallbacks;
    }

    /** Unnamed top-level JSON fields, passed on to vendors that speak OpenAI's dialect. */
    public Map<String, Object> extra() {
        return extra;
    }

    @Override
    public String toString() {
        return "ImageRequest[model=" + model + ", n=" + n + "]";
    }

    /** Collects an {@link ImageRequest}. Not thread-safe. */
    public static final class Builder {
        private @Nullable String model;
        private @Nullable String prompt;
        private @Nullable Integer n;
        private @Nullable String size;
        private @Nullable String aspectRatio;
        private @Nullable String resolution;
        private @Nullable String quality;
        private @Nullable String style;
        private @Nullable ImageFormat format;
        private @Nullable String user;
        private @Nullable Duration timeout;
        private List<String> fallbacks = List.of();
        private Map<String, ?> extra = Map.of();

        private Builder() {}

        private Builder(ImageRequest request) {
            model = request.model;
            prompt = request.prompt;
            n = request.n;
            size = request.size;
            aspectRatio = request.aspectRatio;
            resolution = request.resolution;
            quality = request.quality;
            style = request.style;
            format = request.format;
            user = request.user;
            timeout = request.timeout;
            fallbacks = request.fallbacks;
            extra = request.extra;
        }

        public Builder model(String value) {
            model = value;
            return this;
        }

        public Builder prompt(String value) {
            prompt = value;
            return this;
        }

        public Builder n(@Nullable Integer value) {
            n = value;
            return this;
        }

        public Builder size(@Nullable String value) {
            size = value;
            return this;
        }

        public Builder aspectRatio(@Nullable String value) {
            aspectRatio = value;
            return this;
        }

        public Builder resolution(@Nullable String value) {
            resolution = value;
            return this;
        }

        public Builder quality(@Nullable String value) {
            quality = value;
            return this;
        }

        public Builder style(@Nullable String value) {
            style = value;
            return this;
        }

        public Builder format(@Nullable ImageFormat value) {
            format = value;
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
        public ImageRequest build() {
            return new ImageRequest(this);
        }
    }
}
