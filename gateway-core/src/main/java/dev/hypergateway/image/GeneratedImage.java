package dev.hypergateway.image;

import dev.hypergateway.chat.Fields;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One picture: its address, or the picture itself. Immutable and thread-safe. {@code toString()} never shows content. */
public final class GeneratedImage {
    private final @Nullable String url;
    private final @Nullable String base64;
    private final @Nullable String mimeType;
    private final @Nullable String revisedPrompt;
    private final Map<String, Object> extra;

    private GeneratedImage(Builder builder) {
        url = builder.url;
        base64 = builder.base64;
        if (url == null && base64 == null) {
            throw new IllegalArgumentException("a picture needs a url or its data");
        }
        mimeType = builder.mimeType;
        revisedPrompt = builder.revisedPrompt;
        extra = Fields.copyOf(builder.extra);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Where the picture can be fetched; vendors keep it for minutes to hours. Empty when the picture itself is here. */
    public Optional<String> url() {
        return Optional.ofNullable(url);
    }

    /** The picture in base64. */
    public Optional<String> base64() {
        return Optional.ofNullable(base64);
    }

    /**
     * The bytes of the picture; empty when there is only an address.
     *
     * @throws IllegalStateException when the vendor's base64 is broken
     */
    public Optional<byte[]> bytes() {
        try {
            return base64().map(Base64.getDecoder()::decode);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("the vendor sent a picture whose base64 cannot be read; ask again", e);
        }
    }

    /** What kind of file it is, for example {@code image/png}; empty when the vendor did not say. */
    public Optional<String> mimeType() {
        return Optional.ofNullable(mimeType);
    }

    /** The prompt that the vendor used in place of the caller's. */
    public Optional<String> revisedPrompt() {
        return Optional.ofNullable(revisedPrompt);
    }

    /** The vendor's other fields. */
    public Map<String, Object> extra() {
        return extra;
    }

    @Override
    public String toString() {
        return "GeneratedImage[" + (base64 == null ? "url" : base64.length() + " characters of base64") + ", "
                + mimeType + "]";
    }

    /** Collects a {@link GeneratedImage}. Not thread-safe. */
    public static final class Builder {
        private @Nullable String url;
        private @Nullable String base64;
        private @Nullable String mimeType;
        private @Nullable String revisedPrompt;
        private Map<String, ?> extra = Map.of();

        private Builder() {}

        public Builder url(@Nullable String value) {
            url = value;
            return this;
        }

        public Builder base64(@Nullable String value) {
            base64 = value;
            return this;
        }

        public Builder mimeType(@Nullable String value) {
            mimeType = value;
            return this;
        }

        public Builder revisedPrompt(@Nullable String value) {
            revisedPrompt = value;
            return this;
        }

        public Builder extra(Map<String, ?> fields) {
            extra = fields;
            return this;
        }

        /** Builds the picture; throws {@code IllegalArgumentException} when it has neither address nor data. */
        public GeneratedImage build() {
            return new GeneratedImage(this);
        }
    }
}
