package dev.hypergateway.openai;

import dev.hypergateway.chat.ChatRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of {@code POST /v1/chat/completions}. Checks what OpenAI itself checks whatever the model; what a model or
 * vendor cannot do is for them to say. Stateless.
 */
public final class ChatRequestReader {
    /** More than any vendor takes (xAI 8, Gemini 5, OpenAI 4). */
    private static final int MOST_STOPS = 16;

    private static final int MOST_CHOICES = 128;

    private ChatRequestReader() {}

    /**
     * Reads and checks a request.
     *
     * @param body a UTF-8 JSON document
     * @throws OpenAiFormatException when it is not a chat request; the message names the field and never repeats content
     */
    public static IncomingChat read(byte[] body) {
        Members request = new Members("", JsonInput.strictObject(body));
        List<String> models = ModelNames.take(request);
        ChatRequest.Builder result =
                ChatRequest.builder().model(models.get(0)).fallbacks(models.subList(1, models.size()));
        boolean stream = Boolean.TRUE.equals(request.bool("stream"));
        result.messages(MessageJson.take(request));
        readSampling(request, result);
        readStreamOptions(request, stream, result);
        result.tools(ToolJson.take(request))
                .toolChoice(ToolJson.takeChoice(request))
                .parallelToolCalls(request.bool("parallel_tool_calls"))
                .responseFormat(ResponseFormatJson.take(request))
                .reasoningEffort(request.string("reasoning_effort"))
                .endUser(request.string("user"))
                .promptCacheKey(request.string("prompt_cache_key"));
        return new IncomingChat(result.extra(request.rest()).build(), stream);
    }

    private static void readSampling(Members request, ChatRequest.Builder result) {
        result.temperature(request.decimal("temperature", 0, 2))
                .topP(request.decimal("top_p", 0, 1))
                .maxTokens(request.integer("max_tokens", 1, Integer.MAX_VALUE))
                .maxCompletionTokens(request.integer("max_completion_tokens", 1, Integer.MAX_VALUE))
                .stop(readStop(request.path("stop"), request.take("stop")))
                .seed(request.wholeNumber("seed"))
                .n(request.integer("n", 1, MOST_CHOICES))
                .presencePenalty(request.decimal("presence_penalty", -2, 2))
                .frequencyPenalty(request.decimal("frequency_penalty", -2, 2))
                .logprobs(request.bool("logprobs"))
                .topLogprobs(request.integer("top_logprobs", 0, 20));
    }

    private static List<String> readStop(String path, @Nullable Object stop) {
        if (stop == null) {
            return List.of();
        }
        if (stop instanceof String text) {
            return List.of(text);
        }
        if (!(stop instanceof List<?> items)) {
            throw FormatErrors.wrongType(path, "a string or an array of strings", stop);
        }
        if (items.size() > MOST_STOPS) {
            throw FormatErrors.tooManyItems(path, MOST_STOPS);
        }
        return Texts.of(path, items);
    }

    private static void readStreamOptions(Members request, boolean stream, ChatRequest.Builder result) {
        Members options = request.object("stream_options");
        if (options == null) {
            return;
        }
        if (!stream) {
            throw FormatErrors.invalid(request.path("stream_options"), "it is only allowed when 'stream' is true");
        }
        result.includeUsage(Boolean.TRUE.equals(options.bool("include_usage")));
        if (!options.rest().isEmpty()) {
            request.rest().put("stream_options", options.rest());
        }
    }
}
