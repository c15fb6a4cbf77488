package dev.hypergateway.chat;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of one call, counted as OpenAI counts them whatever the vendor's own habit: the prompt includes cached tokens,
 * the completion includes reasoning tokens, and the total is their sum. Immutable.
 */
public final class Usage {
    private final long promptTokens;
    private final long completionTokens;
    private final long totalTokens;
    private final @Nullable Long cachedTokens;
    private final @Nullable Long reasoningTokens;
    private final @Nullable Long imageTokens;
    private final @Nullable Cost cost;
    private final Map<String, Object> extra;

    private Usage(Builder builder) {
        promptTokens = builder.promptTokens;
        completionTokens = builder.completionTokens;
        totalTokens = builder.totalTokens == null ? promptTokens + completionTokens : builder.totalTokens;
        cachedTokens = builder.cachedTokens;
        reasoningTokens = builder.reasoningTokens;
        imageTokens = builder.imageTokens;
        cost = builder.cost;
        extra = Fields.copyOf(builder.extra);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Tokens of the prompt, cached ones included. */
    public long promptTokens() {
        return promptTokens;
    }

    /** Tokens of the answer, reasoning included. */
    public long completionTokens() {
        return completionTokens;
    }

    /** Prompt and completion together. */
    public long totalTokens() {
        return totalTokens;
    }

    /** The part of the prompt that came from the vendor's cache; empty when the vendor does not say. */
    public OptionalLong cachedTokens() {
        return cachedTokens == null ? OptionalLong.empty() : OptionalLong.of(cachedTokens);
    }

    /** The part of the completion that was reasoning; empty when the vendor does not say. */
    public OptionalLong reasoningTokens() {
        return reasoningTokens == null ? OptionalLong.empty() : OptionalLong.of(reasoningTokens);
    }

    /** The part of the completion that was pictures; empty when the vendor does not say. */
    public OptionalLong imageTokens() {
        return imageTokens == null ? OptionalLong.empty() : OptionalLong.of(imageTokens);
    }

    /** The figures of two calls together; the vendors' other figures are left out, because what they mean is not known here. */
    public Usage plus(Usage other) {
        return builder()
                .promptTokens(promptTokens + other.promptTokens)
                .completionTokens(completionTokens + other.completionTokens)
                .totalTokens(totalTokens + other.totalTokens)
                .cachedTokens(sum(cachedTokens, other.cachedTokens))
                .reasoningTokens(sum(reasoningTokens, other.reasoningTokens))
                .imageTokens(sum(imageTokens, other.imageTokens))
                .cost(sum(cost, other.cost))
                .build();
    }

    /** The sum of what is known of both is no cost of both. */
    private static @Nullable Cost sum(@Nullable Cost one, @Nullable Cost other) {
        if (one == null || other == null || !one.currency().equals(other.currency())) {
            return null;
        }
        return new Cost(
                one.amount().add(other.amount()),
                one.currency(),
                one.source() == other.source() ? one.source() : Cost.Source.COMPUTED);
    }

    private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
        return one == null ? other : other == null ? one : Long.valueOf(one + other);
    }

    /**
     * What the call cost: the vendor's own figure where it states one, else computed by the price list. Empty when neither is known,
     * and as long as a usage has not come through a gateway.
     */
    public Optional<Cost> cost() {
        return Optional.ofNullable(cost);
    }

    /** A builder that holds everything of this usage. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** The vendor's other figures, in the shape of its answer. */
    public Map<String, Object> extra() {
        return extra;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Usage that
                && promptTokens == that.promptTokens
                && completionTokens == that.completionTokens
                && totalTokens == that.totalTokens
                && Objects.equals(cachedTokens, that.cachedTokens)
                && Objects.equals(reasoningTokens, that.reasoningTokens)
                && Objects.equals(imageTokens, that.imageTokens)
                && Objects.equals(cost, that.cost)
                && extra.equals(that.extra);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                promptTokens, completionTokens, totalTokens, cachedTokens, reasoningTokens, imageTokens, cost, extra);
    }

    @Override
    public String toString() {
        return "Usage[prompt=" + promptTokens + ", completion=" + completionTokens + ", total=" + totalTokens
                + ", cached=" + cachedTokens + ", reasoning=" + reasoningTokens + ", image=" + imageTokens + ", cost="
                + cost + "]";
    }

    /** Collects the figures of a {@link Usage}. Not thread-safe. */
    public static final class Builder {
        private long promptTokens;
        private long completionTokens;
        private @Nullable Long totalTokens;
        private @Nullable Long cachedTokens;
        private @Nullable Long reasoningTokens;
        private @Nullable Long imageTokens;
        private @Nullable Cost cost;
        private Map<String, ?> extra = Map.of();

        private Builder() {}

        private Builder(Usage usage) {
            promptTokens = usage.promptTokens;
            completionTokens = usage.completionTokens;
            totalTokens = usage.totalTokens;
            cachedTokens = usage.cachedTokens;
            reasoningTokens = usage.reasoningTokens;
            imageTokens = usage.imageTokens;
            cost = usage.cost;
            extra = usage.extra;
        }

        public Builder promptTokens(long count) {
            promptTokens = count;
            return this;
        }

        public Builder completionTokens(long count) {
            completionTokens = count;
            return this;
        }

        /** The vendor's own total; without it the sum of prompt and completion is taken. */
        public Builder totalTokens(long count) {
            totalTokens = count;
            return this;
        }

        public Builder cachedTokens(@Nullable Long count) {
            cachedTokens = count;
            return this;
        }

        public Builder reasoningTokens(@Nullable Long count) {
            reasoningTokens = count;
            return this;
        }

        public Builder imageTokens(@Nullable Long count) {
            imageTokens = count;
            return this;
        }

        public Builder cost(@Nullable Cost value) {
            cost = value;
            return this;
        }

        public Builder extra(Map<String, ?> fields) {
            extra = fields;
            return this;
        }

        public Usage build() {
            return new Usage(this);
        }
    }
}
