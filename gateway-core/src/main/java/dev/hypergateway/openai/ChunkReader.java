package dev.hypergateway.openai;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.Citation;
import dev.hypergateway.chat.Usage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the chunks of one stream in OpenAI's dialect. Unnamed fields become {@link ChatEvent.Extra} events whenever they change.
 * Not thread-safe; one per stream.
 *
 * <p>Usage is held back until {@link #end()}, because some vendors repeat a growing figure in every chunk.
 */
public final class ChunkReader {
    /** Padding against traffic analysis, of no meaning to anyone. */
    private static final String OBFUSCATION = "obfuscation";

    private final Map<Integer, ChoiceChunkReader> choices = new TreeMap<>();
    private final Map<String, Object> extra = new LinkedHashMap<>();
    private final Set<Citation> sources = new HashSet<>();
    private final RepeatedChunk repeated = new RepeatedChunk();
    private @Nullable String id;
    private @Nullable Number created;
    private @Nullable String model;
    private boolean started;
    private @Nullable Usage usage;

    /** A reader that has seen nothing yet. */
    public ChunkReader() {}

    /**
     * Reads one chunk.
     *
     * @param data the data of one server-sent event, {@code [DONE]} excepted
     * @return what the chunk says, possibly nothing
     * @throws OpenAiFormatException when it is no chunk
     * @throws InBandErrorException when it is an error object
     */
    public List<ChatEvent> read(String data) {
        ChatEvent.TextDelta text = repeated.read(data);
        if (text != null) {
            return List.of(text);
        }
        List<ChatEvent> events = readWhole(data);
        repeated.learn(data, events);
        return events;
    }

    private List<ChatEvent> readWhole(String data) {
        Members chunk = new Members("", JsonInput.object(data));
        List<?> items = chunk.arrayIf("choices");
        boolean empty = items == null || items.isEmpty();
        if (empty && chunk.has("error")) {
            throw new InBandErrorException(data);
        }
        if (items == null && !chunk.has("usage")) {
            throw new OpenAiFormatException("it has no choices", "choices", null);
        }
        List<ChatEvent> events = new ArrayList<>(4);
        readHead(chunk, empty, events);
        Members figures = chunk.objectIf("usage");
        if (figures != null) {
            usage = UsageJson.read(figures);
        }
        readSources(chunk, events);
        readExtra(chunk, events);
        if (items != null) {
            for (int i = 0; i < items.size(); i++) {
                readChoice(Members.item("choices", i, items.get(i)), i, events);
            }
        }
        return events;
    }

    /** Whether there was a choice and every choice so far has its finish reason. */
    public boolean isComplete() {
        return !choices.isEmpty() && choices.values().stream().allMatch(ChoiceChunkReader::isFinished);
    }

    /** What is to be said at the end of a complete stream: the usage, if the vendor told any. */
    public List<ChatEvent> end() {
        return usage == null ? List.of() : List.of(new ChatEvent.UsageReport(usage));
    }

    /** The answer begins with the first chunk that has a choice: the ones before it may have no id yet (Azure). */
    private void readHead(Members chunk, boolean empty, List<ChatEvent> events) {
        id = Objects.requireNonNullElse(chunk.stringIf("id"), ChatResponseReader.orEmpty(id));
        Number time = chunk.numberIf("created");
        created = time == null ? created : time;
        model = Objects.requireNonNullElse(chunk.stringIf("model"), ChatResponseReader.orEmpty(model));
        chunk.take("object");
        chunk.take(OBFUSCATION);
        if (!started && !empty) {
            started = true;
            events.add(new ChatEvent.Start(
                    ChatResponseReader.id(id), ChatResponseReader.created(created), ChatResponseReader.orEmpty(model)));
        }
    }

    private void readSources(Members chunk, List<ChatEvent> events) {
        Object addresses = chunk.rest().get("citations");
        if (addresses == null) {
            return;
        }
        List<Citation> found = CitationJson.ofAddresses(addresses).stream()
                .filter(sources::add)
                .toList();
        if (!found.isEmpty()) {
            events.add(new ChatEvent.Citations(0, found));
        }
    }

    private void readExtra(Members chunk, List<ChatEvent> events) {
        Map<String, Object> changed = changes(extra, chunk.rest());
        if (!changed.isEmpty()) {
            events.add(new ChatEvent.Extra(ChatEvent.Extra.WHOLE_ANSWER, changed));
        }
    }

    private void readChoice(Members choice, int position, List<ChatEvent> events) {
        Number index = choice.numberIf("index");
        int number = index == null ? position : index.intValue();
        choices.computeIfAbsent(number, this::choiceReader).read(choice, events);
    }

    /** The vendor's plain list of sources is about the first choice, which may repeat them as annotations. */
    private ChoiceChunkReader choiceReader(int index) {
        return new ChoiceChunkReader(index, index == 0 ? sources : new HashSet<>());
    }

    /** The fields that differ from what was known, which they become. */
    static Map<String, Object> changes(Map<String, Object> known, Map<String, Object> fields) {
        if (fields.isEmpty()) {
            return Map.of();
        }
        Map<String, Object> changed = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (!known.containsKey(name) || !Objects.equals(known.get(name), value)) {
                changed.put(name, value);
            }
        });
        known.putAll(changed);
        return changed;
    }
}
