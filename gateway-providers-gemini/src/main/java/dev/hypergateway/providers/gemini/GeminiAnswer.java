package dev.hypergateway.providers.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.Usage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer ({@code GenerateContentResponse}) piece by piece: a stream has many, a whole answer is one. Each gives events at
 * once; finish reasons, sources and usage are told by {@link #end}, because Gemini repeats usage in every chunk and counts up.
 * Not thread-safe.
 */
final class GeminiAnswer {
    private static final Set<String> MAPPED = Set.of("candidates", "usageMetadata", "responseId");

    private final String model;
    private final Instant created;
    private final AnswerSignatures signatures;
    private final Map<Integer, GeminiCandidate> candidates = new TreeMap<>();
    private final ObjectNode fields = GeminiJson.object();
    private boolean started;
    private @Nullable Usage usage;
    private @Nullable String serviceTier;

    /**
     * @param model the model's name for the start event
     * @param created when the answer began
     * @param signatures keeps the signatures of its thoughts
     */
    GeminiAnswer(String model, Instant created, AnswerSignatures signatures) {
        this.model = model;
        this.created = created.truncatedTo(ChronoUnit.SECONDS);
        this.signatures = signatures;
    }

    /**
     * Takes the next piece.
     *
     * @throws dev.hypergateway.provider.ProviderException when Gemini blocked the prompt
     */
    List<ChatEvent> accept(JsonNode chunk) {
        Blocked.check(chunk);
        List<ChatEvent> events = new ArrayList<>();
        if (!started) {
            started = true;
            String id = chunk.path("responseId").asText("");
            events.add(new ChatEvent.Start(
                    id.isEmpty() ? signatures.callIds().get().replace("call_", "gemini-") : id, created, model));
        }
        for (JsonNode candidate : chunk.path("candidates")) {
            int index = candidate.path("index").asInt(0);
            candidates
                    .computeIfAbsent(index, unused -> new GeminiCandidate(index, signatures))
                    .accept(candidate, events);
        }
        Usage counted = GeminiUsage.of(chunk.path("usageMetadata"));
        usage = counted == null ? usage : counted;
        serviceTier = chunk.path("usageMetadata").path("serviceTier").asText(serviceTier);
        keep(chunk);
        return events;
    }

    /** Whether there are candidates and each one has its finish reason. */
    boolean isComplete() {
        return !candidates.isEmpty()
                && candidates.values().stream().allMatch(candidate -> candidate.finishReason() != null);
    }

    /** Whether any candidate has come. */
    boolean hasCandidates() {
        return !candidates.isEmpty();
    }

    /**
     * Tells the rest.
     *
     * @throws dev.hypergateway.provider.ProviderException when a filter left nothing of any candidate
     */
    List<ChatEvent> end() {
        Blocked.check(candidates.values());
        List<ChatEvent> events = new ArrayList<>();
        candidates.values().forEach(candidate -> candidate.end(events));
        Map<String, Object> extra = new LinkedHashMap<>();
        if (serviceTier != null) {
            extra.put(ServiceTiers.FIELD, ServiceTiers.toOpenAi(serviceTier));
        }
        if (!fields.isEmpty()) {
            extra.putAll(GooglesExtra.fields(GeminiJson.fields(fields)));
        }
        if (!extra.isEmpty()) {
            events.add(new ChatEvent.Extra(ChatEvent.Extra.WHOLE_ANSWER, extra));
        }
        if (usage != null) {
            events.add(new ChatEvent.UsageReport(usage));
        }
        return events;
    }

    private void keep(JsonNode chunk) {
        for (Map.Entry<String, JsonNode> field : chunk.properties()) {
            if (!MAPPED.contains(field.getKey())) {
                fields.set(field.getKey(), field.getValue());
            }
        }
    }
}
