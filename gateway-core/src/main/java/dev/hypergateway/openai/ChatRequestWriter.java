package dev.hypergateway.openai;

import dev.hypergateway.chat.ChatRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a chat request for a vendor that speaks OpenAI's dialect. Stateless. */
public final class ChatRequestWriter {
    private ChatRequestWriter() {}

    /**
     * The body for {@code POST …/chat/completions}. A typed field wins over an {@code extra} one of the same name.
     *
     * @param request what to ask; its model is not used
     * @param model the vendor's name of the model
     * @param stream whether to ask for server-sent events
     * @param includeUsage whether to ask for a usage chunk at the end of the stream; ignored without {@code stream}
     * @return a UTF-8 JSON document
     */
    public static byte[] write(ChatRequest request, String model, boolean stream, boolean includeUsage) {
        return JsonOutput.toBytes(members(request, model, stream, includeUsage));
    }

    /** As {@link #write}, in pieces: pictures are not copied once more. */
    static List<byte[]> pieces(ChatRequest request, String model, boolean stream, boolean includeUsage) {
        return JsonOutput.toPieces(members(request, model, stream, includeUsage));
    }

    private static Map<String, Object> members(
            ChatRequest request, String model, boolean stream, boolean includeUsage) {
        ObjectWriter out = new ObjectWriter()
                .put("model", model)
                .put(
                        "messages",
                        request.messages().stream().map(MessageJson::write).toList());
        writeSampling(request, out);
        out.optional(
                "tools",
                MessageJson.nonEmpty(
                        request.tools().stream().map(ToolJson::write).toList()));
        out.optional("tool_choice", request.toolChoice().map(ToolJson::write).orElse(null));
        out.optional("parallel_tool_calls", request.parallelToolCalls().orElse(null));
        out.optional(
                "response_format",
                request.responseFormat().map(ResponseFormatJson::write).orElse(null));
        out.optional("reasoning_effort", request.reasoningEffort().orElse(null));
        out.optional("user", request.endUser().orElse(null));
        out.optional("prompt_cache_key", request.promptCacheKey().orElse(null));
        out.extra(request.extra());
        writeStreaming(request, stream, includeUsage, out.members());
        return out.members();
    }

    private static void writeSampling(ChatRequest request, ObjectWriter out) {
        out.optional("temperature", request.temperature().orElse(null))
                .optional("top_p", request.topP().orElse(null))
                .optional("max_tokens", request.maxTokens().orElse(null))
                .optional("max_completion_tokens", request.maxCompletionTokens().orElse(null))
                .optional("stop", MessageJson.nonEmpty(request.stop()))
                .optional("seed", request.seed().orElse(null))
                .optional("n", request.n().orElse(null))
                .optional("presence_penalty", request.presencePenalty().orElse(null))
                .optional("frequency_penalty", request.frequencyPenalty().orElse(null))
                .optional("logprobs", request.logprobs().orElse(null))
                .optional("top_logprobs", request.topLogprobs().orElse(null));
    }

    /** Whether to stream is for the gateway to say, so these fields never come from {@code extra} alone. */
    private static void writeStreaming(
            ChatRequest request, boolean stream, boolean includeUsage, Map<String, Object> members) {
        members.remove("stream");
        members.remove("stream_options");
        if (!stream) {
            return;
        }
        members.put("stream", true);
        Map<String, Object> options = new LinkedHashMap<>(ObjectWriter.nested(request.extra(), "stream_options"));
        options.remove("include_usage");
        if (includeUsage) {
            options.put("include_usage", true);
        }
        if (!options.isEmpty()) {
            members.put("stream_options", options);
        }
    }
}
