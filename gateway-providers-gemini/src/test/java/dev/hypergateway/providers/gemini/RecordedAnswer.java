package dev.hypergateway.providers.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.Choice;
import dev.hypergateway.chat.Citation;
import dev.hypergateway.chat.FinishReason;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.ToolCall;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.recordings.Recording;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares an answer with the recorded one, and says what there was to compare. */
final class RecordedAnswer {
    private static final Set<String> UNUSUAL_ENDS =
            Set.of("finish-malformed-function-call", "finish-unexpected-tool-call-vertex");

    private static final Map<String, String> COUNTED = new TreeMap<>(Map.of(
            "thoughtsTokenCount", "thoughts",
            "cachedContentTokenCount", "cached tokens",
            "toolUsePromptTokenCount", "Google's tools"));

    private final Recording recording;
    private final ChatResponse response;
    private final Choice choice;
    private final Message.Assistant message;
    private final List<JsonNode> chunks = new ArrayList<>();
    private final List<JsonNode> calls = new ArrayList<>();
    private final List<JsonNode> others = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thoughts = new StringBuilder();
    private final List<String> compared = new ArrayList<>();
    private String signature;

    private RecordedAnswer(Recording recording, ChatResponse response) {
        this.recording = recording;
        this.response = response;
        this.choice = response.choices().get(0);
        this.message = choice.message();
        for (JsonNode chunk : recording.chunks()) {
            if (chunk.isArray()) {
                chunk.forEach(chunks::add);
            } else {
                chunks.add(chunk);
            }
        }
    }

    static String compare(Recording recording, ChatResponse response) {
        RecordedAnswer answer = new RecordedAnswer(recording, response);
        answer.gather();
        answer.content();
        answer.calls();
        answer.sources();
        answer.logprobs();
        answer.finish();
        answer.fields();
        answer.usage();
        return String.join(", ", answer.compared);
    }

    private void gather() {
        for (JsonNode chunk : chunks) {
            for (JsonNode part : chunk.at("/candidates/0/content/parts")) {
                if (part.has("functionCall")) {
                    calls.add(part);
                } else if (!part.has("text")) {
                    others.add(part);
                } else if (part.path("thought").asBoolean()) {
                    thoughts.append(part.get("text").asText());
                } else {
                    text.append(part.get("text").asText());
                    signature = part.path("thoughtSignature").asText(signature);
                }
            }
        }
    }

    private void content() {
        assertThat(message.text()).isEqualTo(text.toString());
        note("text", !text.isEmpty());
        assertThat(message.reasoning() == null ? "" : message.reasoning()).isEqualTo(thoughts.toString());
        note("thoughts", !thoughts.isEmpty());
        assertThat(GooglesExtra.signature(message.extra())).isEqualTo(signature);
        note("signature", signature != null);
        assertThat(GooglesExtra.parts(message.extra())).isEqualTo(others);
        note(
                others.stream()
                        .map(part -> "`" + part.fieldNames().next() + "`")
                        .collect(Collectors.toCollection(TreeSet::new))
                        .toString()
                        .replaceAll("[\\[\\]]", "")
                        .replace("`thoughtSignature`", "`toolCall`, `toolResponse`"),
                !others.isEmpty());
    }

    private void calls() {
        assertThat(message.toolCalls()).hasSameSizeAs(calls);
        boolean signed = false;
        for (int i = 0; i < calls.size(); i++) {
            JsonNode part = calls.get(i);
            ToolCall call = message.toolCalls().get(i);
            assertThat(call.name()).isEqualTo(part.at("/functionCall/name").asText());
            assertThat(Json.parse(call.arguments())).isEqualTo(part.at("/functionCall/args"));
            assertThat(call.id()).startsWith("call_").hasSize(37);
            assertThat(GooglesExtra.signature(call.extra()))
                    .isEqualTo(part.path("thoughtSignature").asText(null));
            signed |= part.has("thoughtSignature");
        }
        assertThat(message.toolCalls()).extracting(ToolCall::id).doesNotHaveDuplicates();
        note(calls.size() > 1 ? calls.size() + " calls" : "call", !calls.isEmpty());
        note("its signature", signed);
    }

    /** Each source at the place that the segment names, with the segment's words there unless it leaves out marks of formatting. */
    private void sources() {
        JsonNode grounding = last("groundingMetadata");
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        List<Citation> expected = new ArrayList<>();
        for (JsonNode support : grounding.path("groundingSupports")) {
            JsonNode segment = support.path("segment");
            int start = characters(bytes, segment.path("startIndex").asInt());
            int end = characters(bytes, segment.path("endIndex").asInt());
            assertThat(text.substring(start, end).replaceAll("[#*\\s]", ""))
                    .contains(segment.path("text").asText().replaceAll("[#*\\s]", ""));
            for (JsonNode index : support.path("groundingChunkIndices")) {
                JsonNode web = grounding.at("/groundingChunks/" + index.asInt() + "/web");
                if (web.has("uri")) {
                    expected.add(new Citation(
                            web.get("uri").asText(), web.path("title").asText(null), start, end));
                }
            }
        }
        assertThat(message.citations()).containsAll(expected);
        assertThat(message.citations().stream().map(Citation::url).collect(Collectors.toSet()))
                .isEqualTo(grounding.path("groundingChunks").findParents("uri").stream()
                        .map(source -> source.get("uri").asText())
                        .collect(Collectors.toSet()));
        note("sources", !message.citations().isEmpty());
    }

    private void logprobs() {
        JsonNode chosen = last("logprobsResult").path("chosenCandidates");
        if (chosen.isMissingNode()) {
            return;
        }
        List<?> tokens = (List<?>) choice.logprobs().get("content");
        assertThat(tokens).hasSize(chosen.size());
        for (int i = 0; i < tokens.size(); i++) {
            Map<?, ?> token = (Map<?, ?>) tokens.get(i);
            assertThat(token.get("token")).isEqualTo(chosen.get(i).path("token").asText());
            assertThat((Double) token.get("logprob"))
                    .isCloseTo(chosen.get(i).path("logProbability").asDouble(), within(1e-9));
            assertThat((List<?>) token.get("top_logprobs"))
                    .hasSize(last("logprobsResult")
                            .at("/topCandidates/" + i + "/candidates")
                            .size());
        }
        note("log probabilities", true);
    }

    private void finish() {
        JsonNode last = chunks.get(chunks.size() - 1);
        if (last.has("responseId")) {
            assertThat(response.id()).isEqualTo(last.get("responseId").asText());
        }
        String reason = last.at("/candidates/0/finishReason").asText();
        if (UNUSUAL_ENDS.contains(recording.name())) {
            assertThat(response.finishReason().orElseThrow().value()).isEqualToIgnoringCase(reason);
            note("finish reason `" + response.finishReason().orElseThrow().value() + "`", true);
            return;
        }
        assertThat(reason).isEqualTo("STOP");
        assertThat(response.finishReason()).contains(calls.isEmpty() ? FinishReason.STOP : FinishReason.TOOL_CALLS);
        note("finish reason", true);
    }

    /** What has no counterpart, under Gemini's own names. */
    private void fields() {
        for (String name : List.of("groundingMetadata", "urlContextMetadata", "finishMessage", "safetyRatings")) {
            JsonNode value = last(name);
            if (!value.isMissingNode() && !(value.isContainerNode() && value.isEmpty())) {
                assertThat(GeminiJson.tree(choice.extra()).at("/extra_content/google/" + name))
                        .isEqualTo(value);
                note("`" + name + "`", true);
            }
        }
        assertThat(GeminiJson.tree(response.extra()).at("/extra_content/google/modelVersion"))
                .isEqualTo(chunks.get(chunks.size() - 1).path("modelVersion"));
    }

    /** Two recordings have no total; in all others it is the sum of the four counts, which is the proof of the arithmetic. */
    private void usage() {
        JsonNode metadata = chunks.get(chunks.size() - 1).path("usageMetadata");
        Usage usage = response.usage().orElseThrow();
        assertThat(usage.promptTokens())
                .isEqualTo(count(metadata, "promptTokenCount") + count(metadata, "toolUsePromptTokenCount"));
        assertThat(usage.completionTokens())
                .isEqualTo(count(metadata, "candidatesTokenCount") + count(metadata, "thoughtsTokenCount"));
        if (metadata.has("totalTokenCount")) {
            assertThat(usage.totalTokens()).isEqualTo(count(metadata, "totalTokenCount"));
        }
        assertThat(usage.totalTokens()).isEqualTo(usage.promptTokens() + usage.completionTokens());
        assertThat(usage.cachedTokens().orElse(0)).isEqualTo(count(metadata, "cachedContentTokenCount"));
        assertThat(usage.reasoningTokens().orElse(0)).isEqualTo(count(metadata, "thoughtsTokenCount"));
        List<String> others = new ArrayList<>();
        COUNTED.forEach((field, name) -> {
            if (metadata.has(field)) {
                others.add(name);
            }
        });
        note("usage" + (others.isEmpty() ? "" : " with " + String.join(", ", others)), true);
    }

    private JsonNode last(String field) {
        JsonNode found = com.fasterxml.jackson.databind.node.MissingNode.getInstance();
        for (JsonNode chunk : chunks) {
            JsonNode value = chunk.at("/candidates/0/" + field);
            found = value.isMissingNode() || (value.isContainerNode() && value.isEmpty()) ? found : value;
        }
        return found;
    }

    private void note(String what, boolean there) {
        if (there) {
            compared.add(what);
        }
    }

    private static long count(JsonNode metadata, String name) {
        return metadata.path(name).asLong();
    }

    private static int characters(byte[] text, int bytes) {
        return new String(text, 0, Math.min(bytes, text.length), StandardCharsets.UTF_8).length();
    }
}
