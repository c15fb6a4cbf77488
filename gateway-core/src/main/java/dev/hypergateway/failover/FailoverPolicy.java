package dev.hypergateway.failover;

import dev.hypergateway.key.KeySelection;
import dev.hypergateway.transport.Timeouts;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How far the gateway goes to get a call answered. Immutable. */
public final class FailoverPolicy {

    /** Deadline 10 min, 2000 attempts, waits up to 10 s, two retries after 250 ms to 4 s, default timeouts, the selected key. */
    public static final FailoverPolicy DEFAULTS = new Builder().build();

    private final Duration deadline;
    private final int maxAttempts;
    private final Duration maxWait;
    private final int sameTargetRetries;
    private final Duration backoff;
    private final Duration backoffCap;
    private final Timeouts timeouts;
    private final KeySelection selection;
    private final MidStream midStream;
    private final @Nullable Duration hedgeAfter;

    private FailoverPolicy(Builder builder) {
        deadline = builder.deadline;
        maxAttempts = builder.maxAttempts;
        maxWait = builder.maxWait;
        sameTargetRetries = builder.sameTargetRetries;
        backoff = builder.backoff;
        backoffCap = builder.backoffCap;
        timeouts = builder.timeouts;
        selection = builder.selection;
        midStream = builder.midStream;
        hedgeAfter = builder.hedgeAfter;
    }

    /** A builder with the {@link #DEFAULTS}. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder with this policy. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.deadline = deadline;
        builder.maxAttempts = maxAttempts;
        builder.maxWait = maxWait;
        builder.sameTargetRetries = sameTargetRetries;
        builder.backoff = backoff;
        builder.backoffCap = backoffCap;
        builder.timeouts = timeouts;
        builder.selection = selection;
        builder.midStream = midStream;
        builder.hedgeAfter = hedgeAfter;
        return builder;
    }

    /** Time for the whole call, all attempts and waits together; no wait goes past it. */
    public Duration deadline() {
        return deadline;
    }

    /** This policy with another deadline. */
    public FailoverPolicy withDeadline(Duration value) {
        return toBuilder().deadline(value).build();
    }

    /** Most upstream requests of one call. */
    public int maxAttempts() {
        return maxAttempts;
    }

    /** Most time that one call spends waiting for rate-limited keys to come back. */
    public Duration maxWait() {
        return maxWait;
    }

    /** How often a transient error of the vendor is tried again with the same key. */
    public int sameTargetRetries() {
        return sameTargetRetries;
    }

    /** Pause before the first such retry; it doubles, with jitter. */
    public Duration backoff() {
        return backoff;
    }

    /** Longest pause before such a retry. */
    public Duration backoffCap() {
        return backoffCap;
    }

    /** Limits of each attempt. */
    public Timeouts timeouts() {
        return timeouts;
    }

    /** Which of several usable keys to begin with. */
    public KeySelection selection() {
        return selection;
    }

    /** What to do when a stream breaks off after content. */
    public MidStream midStream() {
        return midStream;
    }

    /** When to send a second attempt beside one that has brought no first content yet; empty for never. */
    public Optional<Duration> hedgeAfter() {
        return Optional.ofNullable(hedgeAfter);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FailoverPolicy policy && values().equals(policy.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return "FailoverPolicy" + values();
    }

    private List<@Nullable Object> values() {
        return Arrays.asList(
                deadline,
                maxAttempts,
                maxWait,
                sameTargetRetries,
                backoff,
                backoffCap,
                timeouts,
                selection,
                midStream,
                hedgeAfter);
    }

    /** What to do when a stream breaks off after content has been delivered. */
    public enum MidStream {
        /** Tell the caller, who has the part that came. */
        FAIL,
        /**
         * Ask the next target, or the same one again, and go on where the old answer broke off if the new one begins with the same
         * text; else tell the caller. Never for answers with tool calls, JSON formats or several choices.
         */
        RESUME
    }

    /** Collects a {@link FailoverPolicy}. A value that makes no sense is refused at once. Not thread-safe. */
    public static final class Builder {
        private Duration deadline = Duration.ofMinutes(10);
        private int maxAttempts = 2000;
        private Duration maxWait = Duration.ofSeconds(10);
        private int sameTargetRetries = 2;
        private Duration backoff = Duration.ofMillis(250);
        private Duration backoffCap = Duration.ofSeconds(4);
        private Timeouts timeouts = Timeouts.DEFAULTS;
        private KeySelection selection = KeySelection.SELECTED;
        private MidStream midStream = MidStream.FAIL;
        private @Nullable Duration hedgeAfter;

        private Builder() {}

        /** See {@link FailoverPolicy#deadline()}; more than nothing. */
        public Builder deadline(Duration value) {
            deadline = positive("deadline", value);
            return this;
        }

        /** See {@link FailoverPolicy#maxAttempts()}; at least 1. */
        public Builder maxAttempts(int value) {
            if (value < 1) {
                throw new IllegalArgumentException("maxAttempts must be at least 1, was " + value);
            }
            maxAttempts = value;
            return this;
        }

        /** See {@link FailoverPolicy#maxWait()}; zero for no waiting. */
        public Builder maxWait(Duration value) {
            maxWait = notNegative("maxWait", value);
            return this;
        }

        /** See {@link FailoverPolicy#sameTargetRetries()}; zero for no retry. */
        public Builder sameTargetRetries(int value) {
            if (value < 0) {
                throw new IllegalArgumentException("sameTargetRetries must not be negative, was " + value);
            }
            sameTargetRetries = value;
            return this;
        }

        /** See {@link FailoverPolicy#backoff()} and {@link FailoverPolicy#backoffCap()}. */
        public Builder backoff(Duration first, Duration cap) {
            backoff = notNegative("backoff", first);
            backoffCap = notNegative("backoffCap", cap);
            return this;
        }

        /** See {@link FailoverPolicy#timeouts()}. */
        public Builder timeouts(Timeouts value) {
            timeouts = Objects.requireNonNull(value, "timeouts");
            return this;
        }

        /** Changes single limits of each attempt, for example {@code limits -> limits.withFirstToken(Duration.ofSeconds(5))}. */
        public Builder timeouts(UnaryOperator<Timeouts> change) {
            return timeouts(change.apply(timeouts));
        }

        /** See {@link FailoverPolicy#selection()}. */
        public Builder selection(KeySelection value) {
            selection = Objects.requireNonNull(value, "selection");
            return this;
        }

        /** See {@link FailoverPolicy#midStream()}. */
        public Builder midStream(MidStream value) {
            midStream = Objects.requireNonNull(value, "midStream");
            return this;
        }

        /** See {@link FailoverPolicy#hedgeAfter()}; null for never. */
        public Builder hedgeAfter(@Nullable Duration value) {
            hedgeAfter = value == null ? null : positive("hedgeAfter", value);
            return this;
        }

        public FailoverPolicy build() {
            return new FailoverPolicy(this);
        }

        private static Duration positive(String name, Duration value) {
            if (value.isZero() || value.isNegative()) {
                throw new IllegalArgumentException(name + " must be positive, was " + value);
            }
            return value;
        }

        private static Duration notNegative(String name, Duration value) {
            if (value.isNegative()) {
                throw new IllegalArgumentException(name + " must not be negative, was " + value);
            }
            return value;
        }
    }
}
