package dev.hypergateway.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A question to a model: the conversation so far and how to answer. Immutable and thread-safe.
 *
 * <pre>{@code
 * ChatRequest request = ChatRequest.builder()
 *         .model("google/gemini-2.5-flash")
 *         .system("You are brief.")
 *         .user("Why is the sky blue?")
 *         .temperature(0.2)
 *         .build();
 * }</pre>
 *
 * <p>Only the model is checked here; what a vendor cannot express is refused when the call is made. {@code toString()} never
 * shows content.
 */
public final class ChatRequest {
    private final String model;
    private final List<Message> messages;
    private final @Nullable Double temperature;
    private final @Nullable Double topP;
    private final @Nullable Integer maxTokens;
    private final @Nullable Integer maxCompletionTokens;
    private final List<String> stop;
    private final @Nullable Long seed;
    private final @Nullable Integer n;
    private final @Nullable Double presencePenalty;
    private final @Nullable Double frequencyPenalty;
    private final @Nullable Boolean logprobs;
    private final @Nullable Integer topLogprobs;
    private final List<Tool> tools;
    private final @Nullable ToolChoice toolChoice;
    private final @Nullable Boolean parallelToolCalls;
    private final @Nullable ResponseFormat responseFormat;
    private final @Nullable String reasoningEffort;
    private final @Nullable String user;
    private final @Nullable String promptCacheKey;
    private final boolean includeUsage;
    private final @Nullable Duration timeout;
    private final List<String> fallbacks;
    private final Map<String, Object> extra;

    private ChatRequest(Builder builder) {
        model = Objects.requireNonNull(builder.model, "model");
        if (model.isBlank()) {
            throw new IllegalArgumentException("model must not be blank; name one such as google/gemini-2.5-flash");
        }
        messages = List.copyOf(builder.messages);
        temperature = builder.temperature;
        topP = builder.topP;
        maxTokens = builder.maxTokens;
        maxCompletionTokens = builder.maxCompletionTokens;
        stop = List.copyOf(builder.stop);
        seed = builder.seed;
        n = builder.n;
        presencePenalty = builder.presencePenalty;
        frequencyPenalty = builder.frequencyPenalty;
        logprobs = builder.logprobs;
        topLogprobs = builder.topLogprobs;
        tools = List.copyOf(builder.tools);
        toolChoice = builder.toolChoice;
        parallelToolCalls = builder.parallelToolCalls;
        responseFormat = builder.responseFormat;
        reasoningEffort = builder.reasoningEffort;
        user = builder.user;
        promptCacheKey = builder.promptCacheKey;
        includeUsage = builder.includeUsage;
        timeout = builder.timeout;
        fallbacks = List.copyOf(builder.fallbacks);
        extra = Fields.copyOf(builder.extra);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A single question of the user. */
    public static ChatRequest of(String model, String prompt) {
        return builder().model(model).user(prompt).build();
    }

    /** A builder that holds everything of this request. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** The model reference or route as the caller wrote it, for example {@code google/gemini-2.5-flash}. */
    public String model() {
        return model;
    }

    /** The conversation, oldest turn first. */
    public List<Message> messages() {
        return messages;
    }

    /** Sampling temperature; most vendors take 0 to 2. */
    public Optional<Double> temperature() {
        return Optional.ofNullable(temperature);
    }

    /** Nucleus sampling, 0 to 1. */
    public Optional<Double> topP() {
        return Optional.ofNullable(topP);
    }

    /** The older of the two token limits, {@code max_tokens}. */
    public Optional<Integer> maxTokens() {
        return Optional.ofNullable(maxTokens);
    }

    /** The newer of the two token limits, {@code max_completion_tokens}. */
    public Optional<Integer> maxCompletionTokens() {
        return Optional.ofNullable(maxCompletionTokens);
    }

    /** The limit that counts: {@code max_completion_tokens}, else {@code max_tokens}. */
    public Optional<Integer> completionLimit() {
        return maxCompletionTokens().or(this::maxTokens);
    }

    /** Texts that end the answer; they are not part of it. */
    public List<String> stop() {
        return stop;
    }

    /** Seed for repeatable sampling, where the vendor has it. */
    public Optional<Long> seed() {
        return Optional.ofNullable(seed);
    }

    /** How many choices to generate. */
    public Optional<Integer> n() {
        return Optional.ofNullable(n);
    }

    public Optional<Double> presencePenalty() {
        return Optional.ofNullable(presencePenalty);
    }

    public Optional<Double> frequencyPenalty() {
        return Optional.ofNullable(frequencyPenalty);
    }

    /** Whether log probabilities of the answer's tokens are wanted. */
    public Optional<Boolean> logprobs() {
        return Optional.ofNullable(logprobs);
    }

    /** How many alternatives per token are wanted with the log probabilities. */
    public Optional<Integer> topLogprobs() {
        return Optional.ofNullable(topLogprobs);
    }

    public List<Tool> tools() {
        return tools;
    }

    public Optional<ToolChoice> toolChoice() {
        return Optional.ofNullable(toolChoice);
    }

    public Optional<Boolean> parallelToolCalls() {
        return Optional.ofNullable(parallelToolCalls);
    }

    public Optional<ResponseFormat> responseFormat() {
        return Optional.ofNullable(responseFormat);
    }

    /** How much the model shall think: {@code none}, {@code minimal}, {@code low}, {@code medium}, {@code high}, … */
    public Optional<String> reasoningEffort() {
        return Optional.ofNullable(reasoningEffort);
    }

    /** The caller's name for its end user. */
    public Optional<String> endUser() {
        return Optional.ofNullable(user);
    }

    /** Groups calls that share a prompt prefix. */
    public Optional<String> promptCacheKey() {
        return Optional.ofNullable(promptCacheKey);
    }

    /** Whether a stream ends with a usage event ({@code stream_options.include_usage}). In-process streams always have it. */
    public boolean includeUsage() {
        return includeUsage;
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
        return "ChatRequest[model=" + model + ", " + messages.size() + " messages, " + tools.size() + " tools]";
    }

    /** Collects a {@link ChatRequest}. Not thread-safe. */
    public static final class Builder {
        private @Nullable String model;
        private List<Message> messages = new ArrayList<>();
        private @Nullable Double temperature;
        private @Nullable Double topP;
        private @Nullable Integer maxTokens;
        private @Nullable Integer maxCompletionTokens;
        private List<String> stop = List.of();
        private @Nullable Long seed;
        private @Nullable Integer n;
        private @Nullable Double presencePenalty;
        private @Nullable Double frequencyPenalty;
        private @Nullable Boolean logprobs;
        private @Nullable Integer topLogprobs;
        private List<Tool> tools = List.of();
        private @Nullable ToolChoice toolChoice;
        private @Nullable Boolean parallelToolCalls;
        private @Nullable ResponseFormat responseFormat;
        private @Nullable String reasoningEffort;
        private @Nullable String user;
        private @Nullable String promptCacheKey;
        private boolean includeUsage;
        private @Nullable Duration timeout;
        private List<String> fallbacks = List.of();
        private Map<String, ?> extra = Map.of();

        private Builder() {}

        private Builder(ChatRequest request) {
            model = request.model;
            messages = new ArrayList<>(request.messages);
            temperature = request.temperature;
            topP = request.topP;
            maxTokens = request.maxTokens;
            maxCompletionTokens = request.maxCompletionTokens;
            stop = request.stop;
            seed = request.seed;
            n = request.n;
            presencePenalty = request.presencePenalty;
            frequencyPenalty = request.frequencyPenalty;
            logprobs = request.logprobs;
            topLogprobs = request.topLogprobs;
            tools = request.tools;
            toolChoice = request.toolChoice;
            parallelToolCalls = request.parallelToolCalls;
            responseFormat = request.responseFormat;
            reasoningEffort = request.reasoningEffort;
            user = request.user;
            promptCacheKey = request.promptCacheKey;
            includeUsage = request.includeUsage;
            timeout = request.timeout;
            fallbacks = request.fallbacks;
            extra = request.extra;
        }

        public Builder model(String value) {
            model = value;
            return this;
        }

        /** Replaces the conversation. */
        public Builder messages(List<? extends Message> values) {
            messages = new ArrayList<>(values);
            return this;
        }

        /** Appends a turn. */
        public Builder message(Message value) {
            messages.add(Objects.requireNonNull(value, "message"));
            return this;
        }

        /** Appends instructions. */
        public Builder system(String text) {
            return message(Message.system(text));
        }

        /** Appends a question. */
        public Builder user(String text) {
            return message(Message.user(text));
        }

        /** Appends an earlier answer. */
        public Builder assistant(String text) {
            return message(Message.assistant(text));
        }

        public Builder temperature(@Nullable Double value) {
            temperature = value;
            return this;
        }

        public Builder topP(@Nullable Double value) {
            topP = value;
            return this;
        }

        public Builder maxTokens(@Nullable Integer value) {
            maxTokens = value;
            return this;
        }

        public Builder maxCompletionTokens(@Nullable Integer value) {
            maxCompletionTokens = value;
            return this;
        }

        public Builder stop(List<String> values) {
            stop = values;
            return this;
        }

        public Builder seed(@Nullable Long value) {
            seed = value;
            return this;
        }

        public Builder n(@Nullable Integer value) {
            n = value;
            return this;
        }

        public Builder presencePenalty(@Nullable Double value) {
            presencePenalty = value;
            return this;
        }

        public Builder frequencyPenalty(@Nullable Double value) {
            frequencyPenalty = value;
            return this;
        }

        public Builder logprobs(@Nullable Boolean value) {
            logprobs = value;
            return this;
        }

        public Builder topLogprobs(@Nullable Integer value) {
            topLogprobs = value;
            return this;
        }

        public Builder tools(List<? extends Tool> values) {
            tools = List.copyOf(values);
            return this;
        }

        public Builder toolChoice(@Nullable ToolChoice value) {
            toolChoice = value;
            return this;
        }

        public Builder parallelToolCalls(@Nullable Boolean value) {
            parallelToolCalls = value;
            return this;
        }

        public Builder responseFormat(@Nullable ResponseFormat value) {
            responseFormat = value;
            return this;
        }

        public Builder reasoningEffort(@Nullable String value) {
            reasoningEffort = value;
            return this;
        }

        /** Names the end user, as OpenAI's field {@code user} does. */
        public Builder endUser(@Nullable String value) {
            user = value;
            return this;
        }

        public Builder promptCacheKey(@Nullable String value) {
            promptCacheKey = value;
            return this;
        }

        public Builder includeUsage(boolean value) {
            includeUsage = value;
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

        /** Builds the request; throws {@code IllegalArgumentException} when the model is missing. */
        public ChatRequest build() {
            return new ChatRequest(this);
        }
    }
}
