package dev.hypergateway.openai;

import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.Choice;
import dev.hypergateway.chat.Citation;
import dev.hypergateway.chat.FinishReason;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Part;
import dev.hypergateway.chat.Usage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads a vendor's whole answer in OpenAI's dialect. Stateless. */
public final class ChatResponseReader {
    private static final long END_OF_YEAR_9999 = 253_402_300_799L;

    private ChatResponseReader() {}

    /**
     * Reads an answer. What vendors leave out or spell differently is taken as far as its meaning is clear; a field of an
     * unexpected type is kept among the unnamed ones.
     *
     * @param body a UTF-8 JSON document
     * @throws OpenAiFormatException when it is no chat completion
     * @throws InBandErrorException when it is an error object
     */
    public static ChatResponse read(byte[] body) {
        Members answer = new Members("", JsonInput.object(body));
        List<?> items = answer.arrayIf("choices");
        if (items == null || items.isEmpty()) {
            if (answer.has("error")) {
                throw new InBandErrorException(new String(body, StandardCharsets.UTF_8));
            }
            throw new OpenAiFormatException("it has no choices", "choices", null);
        }
        List<Citation> sources = CitationJson.ofAddresses(answer.rest().get("citations"));
        List<Choice> choices = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            choices.add(readChoice(Members.item("choices", i, items.get(i)), i, i == 0 ? sources : List.of()));
        }
        answer.take("object");
        return ChatResponse.builder()
                .id(id(answer.stringIf("id")))
                .created(created(answer.numberIf("created")))
                .model(orEmpty(answer.stringIf("model")))
                .choices(choices)
                .usage(readUsage(answer))
                .extra(answer.rest())
                .build();
    }

    private static Choice readChoice(Members choice, int position, List<Citation> sources) {
        Number index = choice.numberIf("index");
        String reason = choice.stringIf("finish_reason");
        Members logprobs = choice.objectIf("logprobs");
        Members message = choice.objectIf("message");
        if (message == null) {
            throw new OpenAiFormatException("it has a choice without a message", choice.path("message"), null);
        }
        return new Choice(
                index == null ? position : index.intValue(),
                readMessage(message, sources),
                reason == null ? null : FinishReason.of(reason),
                logprobs == null ? null : logprobs.rest(),
                choice.rest());
    }

    private static Message.Assistant readMessage(Members message, List<Citation> sources) {
        message.take("role");
        String reasoning = message.stringIf("reasoning_content");
        List<Citation> citations = CitationJson.take(message);
        Message.Assistant.Builder result = Message.Assistant.builder()
                .content(readContent(message))
                .name(message.stringIf("name"))
                .reasoning(reasoning == null ? message.stringIf("reasoning") : reasoning)
                .refusal(message.stringIf("refusal"))
                .toolCalls(ToolCallJson.takeLeniently(message))
                .citations(citations.isEmpty() ? sources : citations);
        return result.extra(message.rest()).build();
    }

    private static List<Part> readContent(Members message) {
        Object content = message.rest().get("content");
        if (content instanceof Map || content instanceof Number || content instanceof Boolean) {
            return List.of();
        }
        message.take("content");
        if (content instanceof String text) {
            return List.of(Part.text(text));
        }
        return content == null || (content instanceof List<?> items && items.isEmpty())
                ? List.of()
                : PartJson.read(message.path("content"), content);
    }

    private static @Nullable Usage readUsage(Members answer) {
        Members usage = answer.objectIf("usage");
        return usage == null ? null : UsageJson.read(usage);
    }

    /** The vendor's id, or one of ours where it gives none. */
    static String id(@Nullable String value) {
        return value == null || value.isEmpty()
                ? "chatcmpl-" + UUID.randomUUID().toString().replace("-", "")
                : value;
    }

    /** The vendor's time, or the present where it gives none. */
    static Instant created(@Nullable Number seconds) {
        Instant time = time(seconds);
        return time == null ? Instant.now().truncatedTo(ChronoUnit.SECONDS) : time;
    }

    /** A time in seconds since 1970, unless it is none that a calendar has. */
    static @Nullable Instant time(@Nullable Number seconds) {
        return seconds == null || seconds.longValue() <= 0 || seconds.longValue() > END_OF_YEAR_9999
                ? null
                : Instant.ofEpochSecond(seconds.longValue());
    }

    static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }
}
