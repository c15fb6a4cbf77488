package dev.hypergateway.recordings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whole answers in OpenAI's JSON, put together without the readers that are under test and brought into one form, so that two can
 * be compared. The form leaves out what says nothing: null, the empty lists of OpenAI's newer models, the position of a tool call,
 * {@code object}, padding.
 */
public final class OpenAiAnswer {
    private static final Set<String> CONCATENATED = Set.of("content", "reasoning_content", "refusal");
    private static final Set<String> SAY_NOTHING = Set.of("object", "obfuscation");

    private OpenAiAnswer() {}

    /** The answer in a recording, which is one piece of JSON or a stream. */
    public static ObjectNode of(Recording recording) {
        return recording.isStream() ? of(recording.chunks()) : normal(recording.response());
    }

    /** The answer that these bytes are: one piece of JSON, or the events of a stream. */
    public static ObjectNode of(byte[] body) {
        try {
            String text = new String(body, StandardCharsets.UTF_8);
            return text.startsWith("data:") ? of(Recording.chunks(text)) : normal(Recording.JSON.readTree(body));
        } catch (IOException e) {
            throw new IllegalArgumentException("not an answer", e);
        }
    }

    /** What an answer has in it, for a table: {@code text, reasoning, 2 tool calls, usage}. */
    public static String contents(JsonNode answer) {
        List<String> contents = new ArrayList<>();
        JsonNode message = answer.at("/choices/0/message");
        if (answer.path("choices").size() > 1) {
            contents.add(answer.path("choices").size() + " choices");
        }
        addIf(contents, !message.path("content").asText().isEmpty(), "text");
        addIf(contents, message.has("reasoning_content"), "reasoning");
        addIf(contents, message.has("refusal"), "refusal");
        addIf(contents, message.has("audio"), "sound");
        int calls = message.path("tool_calls").size();
        addIf(contents, calls > 0, calls == 1 ? "1 tool call" : calls + " tool calls");
        for (String field : List.of("citations", "search_results", "images", "related_questions")) {
            addIf(contents, answer.has(field), field.replace('_', ' '));
        }
        addIf(contents, message.has("annotations") && !answer.has("citations"), "annotations");
        addIf(contents, answer.at("/choices/0").has("logprobs"), "logprobs");
        JsonNode usage = answer.path("usage");
        addIf(contents, usage.isObject(), "usage");
        addIf(contents, usage.at("/prompt_tokens_details/cached_tokens").asInt() > 0, "cached tokens");
        addIf(contents, usage.at("/completion_tokens_details/reasoning_tokens").asInt() > 0, "reasoning tokens");
        addIf(contents, usage.has("cost") || usage.has("cost_in_usd_ticks"), "cost");
        return String.join(", ", contents);
    }

    /** The answer that the chunks of a stream add up to; it was made when it began. */
    static ObjectNode of(List<JsonNode> chunks) {
        ObjectNode answer = Recording.JSON.createObjectNode();
        Map<Integer, ObjectNode> choices = new TreeMap<>();
        for (JsonNode chunk : chunks) {
            chunk.properties().forEach(field -> {
                boolean known = field.getKey().equals("created")
                        && answer.path("created").asLong() > 0;
                if (!known && !field.getKey().equals("choices")) {
                    setIfSaid(answer, field.getKey(), field.getValue());
                }
            });
            for (JsonNode choice : chunk.path("choices")) {
                int index = choice.path("index").asInt();
                add(choice, choices.computeIfAbsent(index, OpenAiAnswer::choice));
            }
        }
        choices.values().forEach(choice -> answer.withArray("/choices").add(choice));
        return normal(answer);
    }

    private static ObjectNode choice(int index) {
        ObjectNode choice = Recording.JSON.createObjectNode().put("index", index);
        choice.putObject("message").put("content", "");
        return choice;
    }

    private static void add(JsonNode piece, ObjectNode choice) {
        ObjectNode message = (ObjectNode) choice.get("message");
        piece.properties().forEach(field -> {
            switch (field.getKey()) {
                case "delta" -> field.getValue().properties().forEach(part -> addToMessage(part, message));
                case "logprobs" -> addLogprobs(field.getValue(), choice);
                case "message" -> {} // Perplexity repeats the text so far
                default -> setIfSaid(choice, field.getKey(), field.getValue());
            }
        });
    }

    private static void addToMessage(Map.Entry<String, JsonNode> part, ObjectNode message) {
        String name = part.getKey();
        if (CONCATENATED.contains(name)) {
            if (part.getValue().isTextual()) {
                message.put(name, message.path(name).asText() + part.getValue().asText());
            }
        } else if (name.equals("annotations")) {
            part.getValue().forEach(message.withArray("/annotations")::add);
        } else if (name.equals("tool_calls")) {
            part.getValue().forEach(call -> addCall(call, message.withArray("/tool_calls")));
        } else {
            setIfSaid(message, name, part.getValue());
        }
    }

    private static void addCall(JsonNode piece, ArrayNode calls) {
        int index = piece.path("index").asInt();
        while (calls.size() <= index) {
            calls.addObject();
        }
        ObjectNode call = (ObjectNode) calls.get(index);
        piece.properties().forEach(field -> {
            if (field.getKey().equals("function")) {
                ObjectNode function = call.withObject("/function");
                function.put(
                        "arguments",
                        function.path("arguments").asText()
                                + field.getValue().path("arguments").asText());
                if (field.getValue().has("name")) {
                    function.set("name", field.getValue().get("name"));
                }
            } else {
                setIfSaid(call, field.getKey(), field.getValue());
            }
        });
    }

    private static void addLogprobs(JsonNode logprobs, ObjectNode choice) {
        logprobs.properties().forEach(list -> {
            ArrayNode all = choice.withObject("/logprobs").withArray("/" + list.getKey());
            list.getValue().forEach(all::add);
        });
    }

    private static void setIfSaid(ObjectNode object, String name, JsonNode value) {
        if (!value.isNull()) {
            object.set(name, value.deepCopy());
        }
    }

    private static ObjectNode normal(JsonNode answer) {
        ObjectNode normal = answer.deepCopy();
        normal.remove(SAY_NOTHING);
        for (JsonNode choice : normal.path("choices")) {
            ObjectNode message = (ObjectNode) choice.get("message");
            ((ObjectNode) choice).remove(List.of("delta", "obfuscation"));
            message.path("tool_calls").forEach(call -> ((ObjectNode) call).remove("index"));
            message.removeIf(OpenAiAnswer::saysNothing);
            message.remove("role");
            ((ObjectNode) choice).removeIf(OpenAiAnswer::saysNothing);
        }
        normal.removeIf(JsonNode::isNull);
        return normal;
    }

    private static boolean saysNothing(JsonNode value) {
        return value.isNull()
                || (value.isContainerNode() && value.isEmpty())
                || (value.isTextual() && value.asText().isEmpty());
    }

    private static void addIf(List<String> contents, boolean has, String name) {
        if (has) {
            contents.add(name);
        }
    }
}
