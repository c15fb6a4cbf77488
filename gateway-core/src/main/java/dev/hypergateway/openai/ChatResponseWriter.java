package dev.hypergateway.openai;

import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.Choice;
import dev.hypergateway.chat.FinishReason;
import dev.hypergateway.chat.Message;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes a whole answer as OpenAI's {@code chat.completion}. Stateless. */
public final class ChatResponseWriter {
    private static final Set<String> OTHER_ANSWERS = Set.of("tool_calls", "function_call", "audio");

    private ChatResponseWriter() {}

    /** The answer as a UTF-8 JSON document. A typed field wins over an {@code extra} one of the same name. */
    public static byte[] write(ChatResponse response) {
        return JsonOutput.toBytes(new ObjectWriter()
                .put("id", response.id())
                .put("object", "chat.completion")
                .put("created", response.created().getEpochSecond())
                .put("model", response.model())
                .put(
                        "choices",
                        response.choices().stream()
                                .map(ChatResponseWriter::choice)
                                .toList())
                .optional("usage", response.usage().map(UsageJson::write).orElse(null))
                .extra(response.extra())
                .members());
    }

    private static Map<String, Object> choice(Choice choice) {
        FinishReason reason = choice.finishReason();
        return new ObjectWriter()
                .put("index", choice.index())
                .put("message", message(choice.message()))
                .put("logprobs", choice.logprobs())
                .put("finish_reason", reason == null ? null : reason.value())
                .extra(choice.extra())
                .members();
    }

    private static Map<String, Object> message(Message.Assistant message) {
        // Annotations that have no typed form were kept as they came, all of them.
        Object annotations = message.extra().get("annotations") instanceof List<?> raw
                ? raw
                : CitationJson.write(message.citations());
        Object content = PartJson.write(message.content());
        return new ObjectWriter()
                .put("role", "assistant")
                .put("content", content == null && !saysOtherThings(message) ? "" : content)
                .optional("reasoning_content", message.reasoning())
                .optional("tool_calls", MessageJson.nonEmpty(ToolCallJson.write(message.toolCalls())))
                .put("refusal", message.refusal())
                .put("annotations", annotations)
                .optional("name", message.name())
                .extra(message.extra())
                .members();
    }

    /** Whether the answer is something else than text, which is when OpenAI's content is null. */
    private static boolean saysOtherThings(Message.Assistant message) {
        return !message.toolCalls().isEmpty()
                || message.refusal() != null
                || OTHER_ANSWERS.stream().anyMatch(message.extra()::containsKey);
    }
}
