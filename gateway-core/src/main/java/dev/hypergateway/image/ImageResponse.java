package dev.hypergateway.image;

import dev.hypergateway.chat.Fields;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.trace.CallTrace;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The pictures of a request. Immutable and thread-safe. {@code toString()} never shows content. */
public final class ImageResponse {
    private final Instant created;
    private final String model;
    private final List<GeneratedImage> images;
    private final @Nullable Usage usage;
    private final Map<String, Object> extra;
    private final CallTrace trace;

    private ImageResponse(Builder builder) {
        created = Objects.requireNonNull(builder.created, "created");
        model = Objects.requireNonNull(builder.model, "model");
        images = List.copyOf(builder.images);
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

    /** When the pictures were made, to the second. */
    public Instant created() {
        return created;
    }

    /** The model exactly as the caller named it. */
    public String model() {
        return model;
    }

    /** The pictures, at least one. */
    public List<GeneratedImage> images() {
        return images;
    }

    /** The first picture. */
    public GeneratedImage image() {
        return images.get(0);
    }

    /** Tokens used and the cost, as far as they are known; vendors that bill by the picture count no tokens. */
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
        return "ImageResponse[model=" + model + ", " + images.size() + " images, " + usage + "]";
    }

    /** Collects an {@link ImageResponse}. Not thread-safe. */
    public static final class Builder {
        private @Nullable Instant created;
        private @Nullable String model;
        private List<GeneratedImage> images = List.of();
        private @Nullable Usage usage;
        private Map<String, ?> extra = Map.of();
        private CallTrace trace = CallTrace.empty();

        private Builder() {}

        private Builder(ImageResponse response) {
            created = response.created;
            model = response.model;
            images = response.images;
            usage = response.usage;
            extra = response.extra;
            trace = response.trace;
        }

        public Builder created(Instant value) {
            created = value;
            return this;
        }

        public Builder model(String value) {
            model = value;
            return this;
        }

        public Builder images(List<GeneratedImage> values) {
            images = values;
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

        public ImageResponse build() {
            return new ImageResponse(this);
        }
    }
}
