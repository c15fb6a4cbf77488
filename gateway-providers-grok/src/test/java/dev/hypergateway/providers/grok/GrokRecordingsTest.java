package dev.hypergateway.providers.grok;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.ChatResponseAssembler;
import dev.hypergateway.chat.Choice;
import dev.hypergateway.chat.ToolCall;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.openai.ChatRequestReader;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every recorded chat with xAI, played back by a local server: what we would have asked, and what we make of the answer. */
class GrokRecordingsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final GrokProvider provider = new GrokProvider();

    @Test
    void sends_the_recorded_requests_as_they_were() throws IOException {
        int compared = 0;
        for (Recording recording : Recording.chats()) {
            if (!recording.hasRequest()) {
                continue;
            }
            compared++;
            try (StubVendor vendor = StubVendor.answering(500, "text/plain", "")) {
                ProviderCall call = call(vendor, recording);
                try {
                    if (recording.request().path("stream").asBoolean()) {
                        provider.stream(request(recording), call).close();
                    } else {
                        provider.chat(request(recording), call);
                    }
                } catch (RuntimeException expected) {
                    // Only the request counts.
                }
                assertThat(JSON.readTree(vendor.bodies.get(0)))
                        .as(recording.name())
                        .isEqualTo(asked(recording));
                assertThat(vendor.paths).containsExactly("/v1/chat/completions");
                assertThat(vendor.authorizations).containsExactly("Bearer " + StubVendor.KEY.reveal());
            }
        }
        assertThat(compared).isGreaterThan(20);
    }

    @Test
    void reads_the_recorded_answers() {
        int read = 0;
        for (Recording recording : Recording.chats()) {
            if (recording.status() != 200 || !recording.isJson()) {
                continue;
            }
            read++;
            try (StubVendor vendor = StubVendor.replaying(recording)) {
                ChatResponse response = provider.chat(request(recording), call(vendor, recording));

                JsonNode body = recording.response();
                assertThat(response.id()).isEqualTo(body.get("id").asText());
                assertThat(response.created().getEpochSecond())
                        .isEqualTo(body.get("created").asLong());
                assertThat(response.extra().get("system_fingerprint"))
                        .isEqualTo(body.path("system_fingerprint").asText(null));
                assertThat(response.choices()).hasSameSizeAs(body.get("choices"));
                for (Choice choice : response.choices()) {
                    JsonNode expected = body.get("choices").get(choice.index());
                    assertChoice(
                            choice,
                            expected.get("message"),
                            expected.get("finish_reason").asText(),
                            recording);
                }
                assertUsage(response, body.get("usage"), recording);
            }
        }
        assertThat(read).isGreaterThan(20);
    }

    @Test
    void reads_the_recorded_streams() throws IOException {
        int read = 0;
        for (Recording recording : Recording.chats()) {
            if (!recording.isStream()) {
                continue;
            }
            read++;
            try (StubVendor vendor = StubVendor.replaying(recording)) {
                List<ChatEvent> events = events(recording, call(vendor, recording));
                ChatResponseAssembler assembler = new ChatResponseAssembler();
                events.forEach(assembler::accept);
                ChatResponse response = assembler.response();

                Expected expected = new Expected(recording);
                assertChoice(response.choices().get(0), expected.message, expected.finishReason, recording);
                assertUsage(response, expected.usage, recording);
                assertThat(events.get(0)).isInstanceOf(ChatEvent.Start.class);
                assertThat(events.stream().filter(ChatEvent.Finish.class::isInstance))
                        .hasSize(1);
                assertThat(events.stream().filter(ChatEvent.Start.class::isInstance))
                        .hasSize(1);
            }
        }
        assertThat(read).isGreaterThan(6);
    }

    private static ProviderCall call(StubVendor vendor, Recording recording) {
        return recording.hasRequest() ? vendor.call(read(recording).model()) : vendor.call();
    }

    private static ChatRequest request(Recording recording) {
        return recording.hasRequest()
                ? read(recording).toBuilder().model("x-ai/some-model").build()
                : StubVendor.QUESTION;
    }

    private static ChatRequest read(Recording recording) {
        return ChatRequestReader.read(recording.request().toString().getBytes(StandardCharsets.UTF_8))
                .request();
    }

    private List<ChatEvent> events(Recording recording, ProviderCall call) {
        List<ChatEvent> events = new ArrayList<>();
        try (ProviderStream stream = provider.stream(request(recording), call)) {
            for (ChatEvent event = stream.next(); event != null; event = stream.next()) {
                events.add(event);
            }
        }
        return events;
    }

    private static JsonNode asked(Recording recording) {
        ObjectNode expected = recording.request().deepCopy();
        if (!expected.path("stream").asBoolean()) {
            expected.remove("stream");
        }
        return expected;
    }

    private static void assertChoice(Choice choice, JsonNode message, String reason, Recording recording) {
        assertThat(choice.message().text())
                .as(recording.name())
                .isEqualTo(message.path("content").asText(""));
        assertThat(choice.message().reasoning())
                .as(recording.name())
                .isEqualTo(message.path("reasoning_content").asText(null));
        assertThat(String.valueOf(choice.finishReason())).as(recording.name()).isEqualTo(reason);
        List<ToolCall> calls = new ArrayList<>();
        message.path("tool_calls")
                .forEach(call -> calls.add(new ToolCall(
                        call.get("id").asText(),
                        call.at("/function/name").asText(),
                        call.at("/function/arguments").asText())));
        assertThat(choice.message().toolCalls()).as(recording.name()).isEqualTo(calls);
    }

    /** OpenAI's way of counting: the completion holds the reasoning, and the two parts add up to the vendor's total. */
    private static void assertUsage(ChatResponse response, JsonNode expected, Recording recording) {
        if (expected == null) {
            assertThat(response.usage()).as(recording.name()).isEmpty();
            return;
        }
        Usage usage = response.usage().orElseThrow();
        long reasoning =
                expected.at("/completion_tokens_details/reasoning_tokens").asLong();
        assertThat(usage.promptTokens()).isEqualTo(expected.get("prompt_tokens").asLong());
        assertThat(usage.completionTokens())
                .as(recording.name())
                .isEqualTo(expected.get("completion_tokens").asLong() + reasoning);
        assertThat(usage.totalTokens())
                .as(recording.name())
                .isEqualTo(expected.get("total_tokens").asLong())
                .isEqualTo(usage.promptTokens() + usage.completionTokens());
        assertThat(usage.cachedTokens().orElse(0))
                .isEqualTo(expected.at("/prompt_tokens_details/cached_tokens").asLong());
        assertThat(usage.reasoningTokens().orElse(0)).isEqualTo(reasoning);
        if (expected.has("cost_in_usd_ticks")) {
            assertThat(((Number) usage.extra().get("cost_in_usd_ticks")).longValue())
                    .isEqualTo(expected.get("cost_in_usd_ticks").asLong());
        }
    }

    /** What a recorded stream says, put together without our readers. */
    private static final class Expected {
        final ObjectNode message = JSON.createObjectNode();
        String finishReason = "null";
        JsonNode usage;

        Expected(Recording recording) throws IOException {
            StringBuilder content = new StringBuilder();
            StringBuilder reasoning = new StringBuilder();
            TreeMap<Integer, JsonNode> calls = new TreeMap<>();
            for (String chunk : recording.chunks()) {
                JsonNode json = JSON.readTree(chunk);
                for (JsonNode choice : json.get("choices")) {
                    content.append(choice.at("/delta/content").asText(""));
                    reasoning.append(choice.at("/delta/reasoning_content").asText(""));
                    choice.at("/delta/tool_calls")
                            .forEach(call -> calls.put(call.get("index").asInt(), call));
                    finishReason = choice.path("finish_reason").asText(finishReason);
                }
                usage = json.has("usage") ? json.get("usage") : usage;
            }
            message.put("content", content.toString());
            if (!reasoning.isEmpty()) {
                message.put("reasoning_content", reasoning.toString());
            }
            message.putArray("tool_calls").addAll(calls.values());
        }
    }
}
