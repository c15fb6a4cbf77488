package dev.hypergateway.chat;

import dev.hypergateway.trace.CallTrace;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A whole answer. Immutable and thread-safe. {@code toString()} never shows content. */
public final class ChatResponse {
    private final String id;
    private final Instant created;
    private final String model;
    private final List<Choice> choices;
    private final @Nullable Usage usage;
    private final Map<String, Object> extra;
    private final CallTrace trace;

    private ChatResponse(Builder builder) {
        id = Objects.requireNonNull(builder.id, "id");
        created = Objects.requireNonNull(builder.created, "created");
        model = Objects.requireNonNull(builder.model, "model");
        choices = List.copyOf(builder.choices);
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

    /** The vendor's id of the answer, or one of ours where the vendor gives none. */
    public String id() {
        return id;
    }

    /** When the answer was made, to the second. */
    public Instant created() {
        return created;
    }

    /** The model exactly as the caller named it. */
    public String model() {
        return model;
    }

    /** The answers; one unless the request asked for more. */
    public List<Choice> choices() {
        return choices;
    }

    /** Tokens used; empty when the vendor did not say. */
    public Optional<Usage> usage() {
        return Optional.ofNullable(usage);
    }

    /** The vendor's other top-level fields, for example {@code system_fingerprint}. */
    public Map<String, Object> extra() {
        return extra;
    }

    /** Which attempts were made to get this answer. */
    public CallTrace trace() {
        return trace;
    }

    /** The text of the first choice; empty when there is none. */
    public String text() {
        return choices.isEmpty() ? "" : choices.get(0).message().text();
    }

    /** Why the first choice ended. */
    public Optional<FinishReason> finishReason() {
        return choices.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(choices.get(0).finishReason());
    }

    @Override
    public String toString() {
        return "ChatResponse[id=" + id + ", model=" + model + ", " + choices.size() + " choices, " + usage + "]";
    }

    /** Collects a {@link ChatResponse}. Not thread-safe. */
    public static final class Builder {
        private @Nullable String id;
        private @Nullable Instant created;
        private @Nullable String model;
        private List<Choice> choices = List.of();
        private @Nullable Usage usage;
        private Map<String, ?> extra = Map.of();
        private CallTrace trace = CallTrace.empty();

        private Builder() {}

        private Builder(ChatResponse response) {
            id = response.id;
            created = response.created;
            model = response.model;
            choices = response.choices;
            usage = response.usage;
            extra = response.extra;
            trace = response.trace;
        }

        public Builder id(String value) {
            id = value;
            return this;
        }

        public Builder created(Instant value) {
            created = value;
            return this;
        }

        public Builder model(String value) {
            model = value;
            return this;
        }

        public Builder choices(List<Choice> values) {
            choices = values;
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

        public ChatResponse build() {
            return new ChatResponse(this);
        }
    }
}
