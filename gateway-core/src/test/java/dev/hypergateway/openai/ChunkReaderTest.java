package dev.hypergateway.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.Citation;
import dev.hypergateway.chat.FinishReason;
import dev.hypergateway.chat.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkReaderTest {
    private static final String HEAD =
            "\"id\":\"i\",\"object\":\"chat.completion.chunk\",\"created\":5,\"model\":\"m\"";
    private static final ChatEvent START = new ChatEvent.Start("i", Instant.ofEpochSecond(5), "m");

    private final ChunkReader reader = new ChunkReader();

    @Test
    void reads_a_stream_as_openai_writes_it() {
        List<ChatEvent> events = read(
                choice("\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null},\"finish_reason\":null"),
                choice("\"delta\":{\"content\":\"Hel\"},\"finish_reason\":null"),
                choice("\"delta\":{\"content\":\"lo\"},\"finish_reason\":null"),
                choice("\"delta\":{},\"finish_reason\":\"stop\""),
                "{" + HEAD
                        + ",\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3}}");

        assertThat(events)
                .containsExactly(
                        START,
                        new ChatEvent.TextDelta(0, "Hel"),
                        new ChatEvent.TextDelta(0, "lo"),
                        new ChatEvent.Finish(0, FinishReason.STOP));
        assertThat(reader.isComplete()).isTrue();
        assertThat(reader.end()).containsExactly(new ChatEvent.UsageReport(usage(1, 2)));
    }

    @Test
    void reads_finish_reason_content_and_usage_from_one_chunk() {
        List<ChatEvent> events = read("{" + HEAD
                + ",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"},\"finish_reason\":\"length\"}],"
                + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}");

        assertThat(events)
                .containsExactly(START, new ChatEvent.TextDelta(0, "x"), new ChatEvent.Finish(0, FinishReason.LENGTH));
        assertThat(reader.end()).containsExactly(new ChatEvent.UsageReport(usage(1, 2)));
    }

    @Test
    void reports_the_last_of_several_usage_figures() {
        for (int i = 1; i <= 3; i++) {
            read("{" + HEAD + ",\"choices\":[{\"delta\":{}}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":" + i
                    + "}}");
        }

        assertThat(reader.end()).containsExactly(new ChatEvent.UsageReport(usage(1, 3)));
    }

    @Test
    void reads_thoughts_before_text_and_refusals_after() {
        List<ChatEvent> events = read(
                choice("\"delta\":{\"reasoning_content\":\"The\",\"role\":\"assistant\"}"),
                choice("\"delta\":{\"reasoning\":\" end\",\"content\":\"1\",\"refusal\":\"no\"}"));

        assertThat(events)
                .containsExactly(
                        START,
                        new ChatEvent.ReasoningDelta(0, "The"),
                        new ChatEvent.ReasoningDelta(0, " end"),
                        new ChatEvent.TextDelta(0, "1"),
                        new ChatEvent.RefusalDelta(0, "no"));
    }

    @Test
    void reads_a_call_in_pieces() {
        List<ChatEvent> events = read(
                choice("\"delta\":{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"index\":0,\"id\":\"c\","
                        + "\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}"),
                choice("\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"a\\\"\"}}]}"),
                choice(
                        "\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"\",\"function\":{\"name\":\"\",\"arguments\":\":1}\"}}]}"));

        assertThat(events)
                .containsExactly(
                        START,
                        new ChatEvent.ToolCallDelta(0, 0, "c", "f", "", Map.of()),
                        new ChatEvent.ToolCallDelta(0, 0, null, null, "{\"a\"", Map.of()),
                        new ChatEvent.ToolCallDelta(0, 0, null, null, ":1}", Map.of()));
    }

    @Test
    void reads_a_whole_call_whose_vendor_gives_no_id() {
        List<ChatEvent> events =
                read(choice("\"delta\":{\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":{\"a\":1}}}]}"));

        ChatEvent.ToolCallDelta call = (ChatEvent.ToolCallDelta) events.get(1);
        assertThat(call.id()).startsWith("call_");
        assertThat(call.arguments()).isEqualTo("{\"a\":1}");
    }

    @Test
    void waits_for_every_choice_that_it_has_seen() {
        read(
                "{" + HEAD
                        + ",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}},{\"index\":1,\"delta\":{\"content\":\"b\"}}]}");
        assertThat(reader.isComplete()).isFalse();
        read("{" + HEAD + ",\"choices\":[{\"index\":1,\"delta\":{},\"finish_reason\":\"stop\"}]}");
        assertThat(reader.isComplete()).isFalse();
        read(choice("\"delta\":{},\"finish_reason\":\"stop\""));
        assertThat(reader.isComplete()).isTrue();
    }

    @Test
    void is_not_complete_before_the_first_choice() {
        assertThat(reader.isComplete()).isFalse();
        read("{" + HEAD + ",\"choices\":[]}");
        assertThat(reader.isComplete()).isFalse();
    }

    @Test
    void reports_a_finish_reason_once() {
        List<ChatEvent> events = read(
                choice("\"delta\":{\"content\":\"a\"},\"finish_reason\":\"\""),
                choice("\"delta\":{},\"finish_reason\":\"tool_calls\""),
                choice("\"delta\":{},\"finish_reason\":\"stop\""));

        assertThat(events)
                .filteredOn(ChatEvent.Finish.class::isInstance)
                .containsExactly(new ChatEvent.Finish(0, FinishReason.TOOL_CALLS));
    }

    @Test
    void begins_with_the_first_chunk_that_has_a_choice() {
        List<ChatEvent> events = read(
                "{\"id\":\"\",\"object\":\"\",\"created\":0,\"model\":\"\",\"choices\":[],\"prompt_filter_results\":[1]}",
                choice("\"delta\":{\"role\":\"assistant\"}"));

        assertThat(events).containsExactly(new ChatEvent.Extra(-1, Map.of("prompt_filter_results", List.of(1))), START);
    }

    @Test
    void tells_fields_that_it_does_not_name_when_they_change_and_where_they_stood() {
        List<ChatEvent> events = read(
                "{" + HEAD
                        + ",\"service_tier\":\"a\",\"obfuscation\":\"x\",\"choices\":[{\"delta\":{\"mood\":1},\"seen\":2}]}",
                "{" + HEAD + ",\"service_tier\":\"a\",\"obfuscation\":\"y\",\"choices\":[{\"delta\":{},\"seen\":2}]}",
                "{" + HEAD + ",\"service_tier\":null,\"choices\":[{\"delta\":{},\"seen\":3,\"message\":{}}]}");

        assertThat(events)
                .contains(
                        new ChatEvent.Extra(-1, Map.of("service_tier", "a")),
                        new ChatEvent.Extra(0, true, Map.of("mood", 1)),
                        new ChatEvent.Extra(0, Map.of("seen", 2)),
                        new ChatEvent.Extra(0, Map.of("seen", 3)))
                .hasSize(6);
    }

    @Test
    void reads_sources_once() {
        List<ChatEvent> events = read(
                "{" + HEAD + ",\"citations\":[\"a\"],\"choices\":[{\"delta\":{\"content\":\"x\"}}]}",
                "{" + HEAD + ",\"citations\":[\"a\",\"b\"],\"choices\":[{\"delta\":{\"content\":\"y\"}}]}",
                choice("\"delta\":{\"annotations\":[{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"c\"}}]}"));

        assertThat(events)
                .filteredOn(ChatEvent.Citations.class::isInstance)
                .containsExactly(
                        new ChatEvent.Citations(0, List.of(new Citation("a", null, null, null))),
                        new ChatEvent.Citations(0, List.of(new Citation("b", null, null, null))),
                        new ChatEvent.Citations(0, List.of(new Citation("c", null, null, null))));
    }

    @Test
    void keeps_log_probabilities_with_their_text() {
        List<ChatEvent> events = read(choice(
                "\"delta\":{\"content\":\"a\"},\"logprobs\":{\"content\":[{\"token\":\"a\",\"logprob\":-0.1}]}"));

        assertThat(events.get(1))
                .isEqualTo(new ChatEvent.TextDelta(
                        0, "a", Map.of("content", List.of(Map.of("token", "a", "logprob", -0.1)))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"m\",\"code\":429}}",
                "{\"code\":\"resource-exhausted\",\"error\":\"Too many requests\"}",
                "{\"id\":\"i\",\"choices\":[],\"error\":{}}"
            })
    void tells_an_error_object_from_a_chunk(String data) {
        assertThatExceptionOfType(InBandErrorException.class)
                .isThrownBy(() -> reader.read(data))
                .satisfies(e -> assertThat(e.json()).isEqualTo(data));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "{\"id\":\"i\",\"cho", "[]", "{}", "{\"choices\":[7]}", "7"})
    void refuses_what_is_no_chunk(String data) {
        assertThatExceptionOfType(OpenAiFormatException.class).isThrownBy(() -> reader.read(data));
    }

    private List<ChatEvent> read(String... chunks) {
        List<ChatEvent> events = new ArrayList<>();
        for (String chunk : chunks) {
            events.addAll(reader.read(chunk));
        }
        return events;
    }

    private static String choice(String fields) {
        return "{" + HEAD + ",\"choices\":[{\"index\":0," + fields + "}]}";
    }

    private static Usage usage(int prompt, int completion) {
        return Usage.builder().promptTokens(prompt).completionTokens(completion).build();
    }
}
