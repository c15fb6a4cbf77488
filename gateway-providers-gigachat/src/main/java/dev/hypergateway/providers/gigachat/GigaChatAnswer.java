package dev.hypergateway.providers.gigachat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.ChatResponseAssembler;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.provider.Failures;
import dev.hypergateway.transport.UpstreamHeaders;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An answer while it comes in: chunks of a stream, or one body. GigaChat's answers have no id, so they get one that ends in the
 * id of the request, by which the vendor can find it. The exact version of the model, which has no place in OpenAI's
 * form, stands in {@code extra_content.gigachat}. Not thread-safe.
 */
final class GigaChatAnswer {
    private final String model;
    private final String requestId;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final Map<Integer, GigaChatChoice> choices = new TreeMap<>();
    private boolean started;
    private String version = "";
    private @Nullable Usage usage;

    /**
     * @param model the name that was asked for
     * @param headers header fields of the answer
     */
    GigaChatAnswer(String model, UpstreamHeaders headers, Clock clock, Supplier<UUID> ids) {
        this.model = model;
        this.requestId = headers.first("X-Request-Id").orElse("");
        this.clock = clock;
        this.ids = ids;
    }

    /** Reads a body that is the whole answer. */
    static ChatResponse read(JsonNode body, GigaChatAnswer answer) {
        ChatResponseAssembler assembler = new ChatResponseAssembler();
        answer.accept(body).forEach(assembler::accept);
        if (answer.choices.isEmpty()) {
            throw Failures.unreadable("it has no choices", null);
        }
        answer.end().forEach(assembler::accept);
        return assembler.response();
    }

    /** What a chunk says. */
    List<ChatEvent> accept(JsonNode chunk) {
        List<ChatEvent> events = new ArrayList<>(4);
        if (!started) {
            started = true;
            String id = requestId.isEmpty() ? ids.get().toString() : requestId;
            long created = chunk.path("created").asLong(0);
            Instant at = Instant.ofEpochSecond(
                    created > 0 ? created : clock.instant().getEpochSecond());
            events.add(new ChatEvent.Start("chatcmpl-" + id, at, model));
        }
        version = chunk.path("model").asText(version);
        for (JsonNode choice : chunk.path("choices")) {
            int index = choice.path("index").asInt(0);
            choices.computeIfAbsent(index, unused -> new GigaChatChoice(index, ids))
                    .accept(choice, events);
        }
        Usage counted = GigaChatUsage.of(chunk.path("usage"));
        usage = counted == null ? usage : counted;
        return events;
    }

    /** Whether there are choices and each one has its finish reason. */
    boolean isComplete() {
        return !choices.isEmpty() && choices.values().stream().allMatch(GigaChatChoice::isFinished);
    }

    /** Tells the rest. */
    List<ChatEvent> end() {
        List<ChatEvent> events = new ArrayList<>();
        choices.values().forEach(choice -> choice.end(events));
        if (!version.isEmpty()) {
            events.add(new ChatEvent.Extra(
                    ChatEvent.Extra.WHOLE_ANSWER,
                    Map.of("extra_content", Map.of("gigachat", Map.of("model", version)))));
        }
        if (usage != null) {
            events.add(new ChatEvent.UsageReport(usage));
        }
        return events;
    }
}
