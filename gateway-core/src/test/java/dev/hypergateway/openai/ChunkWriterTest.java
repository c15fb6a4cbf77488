package dev.hypergateway.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.Citation;
import dev.hypergateway.chat.FinishReason;
import dev.hypergateway.chat.Usage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChunkWriterTest {
    private static final ChatEvent START = new ChatEvent.Start("i", Instant.ofEpochSecond(5), "vendor-model");
    private static final ChatEvent STOP = new ChatEvent.Finish(0, FinishReason.STOP);
    private static final Usage USAGE = Usage.builder()
            .promptTokens(1)
            .completionTokens(2)
            .reasoningTokens(1L)
            .build();
    private static final String HEAD =
            "data: {\"id\":\"i\",\"object\":\"chat.completion.chunk\",\"created\":5,\"model\":\"x-ai/grok\"";

    @Test
    void writes_a_stream_exactly_as_openai_does() {
        assertThat(written(false, START, text("Hel"), text("lo"), STOP, new ChatEvent.UsageReport(USAGE)))
                .containsExactly(
                        chunk(
                                "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null},\"finish_reason\":null}"),
                        chunk("{\"index\":0,\"delta\":{\"content\":\"Hel\"},\"finish_reason\":null}"),
                        chunk("{\"index\":0,\"delta\":{\"content\":\"lo\"},\"finish_reason\":null}"),
                        chunk("{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}"),
                        "data: [DONE]");
    }

    @Test
    void tells_usage_in_a_chunk_of_its_own_to_a_client_that_asked() {
        assertThat(written(true, START, text("a"), STOP, new ChatEvent.UsageReport(USAGE)))
                .containsExactly(
                        HEAD
                                + ",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null},"
                                + "\"finish_reason\":null}],\"usage\":null}",
                        HEAD
                                + ",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":null}],\"usage\":null}",
                        HEAD + ",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":null}",
                        HEAD
                                + ",\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3,"
                                + "\"completion_tokens_details\":{\"reasoning_tokens\":1}}}",
                        "data: [DONE]");
    }

    @Test
    void sends_nothing_before_the_first_piece_of_the_answer() {
        ChunkWriter writer = new ChunkWriter("x-ai/grok", false);

        assertThat(writer.write(START)).isNull();
        assertThat(writer.write(text(""))).isNull();
        assertThat(writer.write(new ChatEvent.Extra(-1, Map.of("service_tier", "default"))))
                .isNull();
        assertThat(writer.write(new ChatEvent.Extra(0, Map.of("seen", true)))).isNull();
        assertThat(writer.write(text("a"))).isNotNull();
    }

    @Test
    void gives_each_choice_its_own_role_and_end() {
        assertThat(written(
                        false,
                        START,
                        new ChatEvent.TextDelta(1, "b"),
                        text("a"),
                        new ChatEvent.Finish(1, FinishReason.LENGTH),
                        STOP))
                .containsExactly(
                        chunk(
                                "{\"index\":1,\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null},\"finish_reason\":null}"),
                        chunk("{\"index\":1,\"delta\":{\"content\":\"b\"},\"finish_reason\":null}"),
                        chunk(
                                "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null},\"finish_reason\":null}"),
                        chunk("{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":null}"),
                        chunk("{\"index\":1,\"delta\":{},\"finish_reason\":\"length\"}"),
                        chunk("{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}"),
                        "data: [DONE]");
    }

    @Test
    void pieces_of_text_keep_to_their_choice_and_to_what_has_changed_in_between() {
        ChunkWriter writer = new ChunkWriter("x-ai/grok", true);
        List.of(START, text("a"), new ChatEvent.TextDelta(1, "b")).forEach(writer::write);

        assertThat(sent(writer.write(text("say \"a\"\n"))))
                .isEqualTo(HEAD + ",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"say \\\"a\\\"\\n\"},"
                        + "\"finish_reason\":null}],\"usage\":null}");
        assertThat(sent(writer.write(new ChatEvent.TextDelta(1, "ü"))))
                .isEqualTo(HEAD + ",\"choices\":[{\"index\":1,\"delta\":{\"content\":\"ü\"},"
                        + "\"finish_reason\":null}],\"usage\":null}");
        writer.write(new ChatEvent.Extra(-1, Map.of("service_tier", "default")));
        assertThat(sent(writer.write(text("c"))))
                .isEqualTo(
                        HEAD + ",\"service_tier\":\"default\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"c\"},"
                                + "\"finish_reason\":null}],\"usage\":null}");
        writer.write(new ChatEvent.Extra(-1, Map.of("once", true)));
        assertThat(sent(writer.write(text("d")))).endsWith(",\"usage\":null,\"once\":true}");
        assertThat(sent(writer.write(text("e"))))
                .endsWith("{\"content\":\"e\"},\"finish_reason\":null}],\"usage\":null}");
    }

    private static String sent(byte @Nullable [] event) {
        assertThat(event).isNotNull();
        return new String(event, StandardCharsets.UTF_8).strip();
    }

    @Test
    void writes_a_call_in_pieces() {
        assertThat(written(
                        false,
                        START,
                        new ChatEvent.ToolCallDelta(0, 0, "c", "f", "", Map.of("x", 1)),
                        new ChatEvent.ToolCallDelta(0, 0, null, null, "{}", Map.of()),
                        new ChatEvent.Finish(0, FinishReason.TOOL_CALLS)))
                .containsExactly(
                        chunk(
                                "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":null,\"refusal\":null},\"finish_reason\":null}"),
                        chunk(
                                "{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"type\":\"function\","
                                        + "\"function\":{\"name\":\"f\",\"arguments\":\"\"},\"x\":1}]},\"finish_reason\":null}"),
                        chunk(
                                "{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{}\"}}]},"
                                        + "\"finish_reason\":null}"),
                        chunk("{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}"),
                        "data: [DONE]");
    }

    @Test
    void writes_thoughts_refusals_sources_and_log_probabilities() {
        assertThat(written(
                        false,
                        START,
                        new ChatEvent.ReasoningDelta(0, "hm"),
                        new ChatEvent.TextDelta(0, "a", Map.of("content", List.of())),
                        new ChatEvent.RefusalDelta(0, "no"),
                        new ChatEvent.Citations(0, List.of(new Citation("u", "t", 1, 2))),
                        STOP))
                .contains(
                        chunk("{\"index\":0,\"delta\":{\"reasoning_content\":\"hm\"},\"finish_reason\":null}"),
                        chunk(
                                "{\"index\":0,\"delta\":{\"content\":\"a\"},\"logprobs\":{\"content\":[]},\"finish_reason\":null}"),
                        chunk("{\"index\":0,\"delta\":{\"refusal\":\"no\"},\"finish_reason\":null}"),
                        chunk(
                                "{\"index\":0,\"delta\":{\"annotations\":[{\"type\":\"url_citation\",\"url_citation\":{\"end_index\":2,"
                                        + "\"start_index\":1,\"title\":\"t\",\"url\":\"u\"}}]},\"finish_reason\":null}"));
    }

    @Test
    void repeats_what_openai_repeats_and_sends_other_fields_once() {
        assertThat(written(
                        false,
                        START,
                        new ChatEvent.Extra(-1, Map.of("system_fingerprint", "fp")),
                        new ChatEvent.Extra(-1, Map.of("citations", List.of("u"))),
                        new ChatEvent.Extra(0, Map.of("seen", true)),
                        text("a"),
                        new ChatEvent.Extra(0, true, Map.of("mood", "good")),
                        STOP))
                .containsExactly(
                        HEAD
                                + ",\"system_fingerprint\":\"fp\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\","
                                + "\"content\":\"\",\"refusal\":null},\"finish_reason\":null}],\"citations\":[\"u\"]}",
                        HEAD
                                + ",\"system_fingerprint\":\"fp\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"seen\":true,"
                                + "\"finish_reason\":null}]}",
                        HEAD + ",\"system_fingerprint\":\"fp\",\"choices\":[{\"index\":0,\"delta\":{\"mood\":\"good\"},"
                                + "\"finish_reason\":null}]}",
                        HEAD
                                + ",\"system_fingerprint\":\"fp\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}",
                        "data: [DONE]");
    }

    @Test
    void sends_the_finish_reason_behind_everything_that_vendors_send_after_it() {
        ChatEvent late = new ChatEvent.Extra(-1, Map.of("citations", List.of("u")));
        String stop = ",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]";

        assertThat(written(false, START, text("a"), STOP, late))
                .endsWith(HEAD + stop + ",\"citations\":[\"u\"]}", "data: [DONE]");
        assertThat(written(true, START, text("a"), STOP, late, new ChatEvent.UsageReport(USAGE)))
                .anyMatch(line -> line.contains("\"choices\":[],") && line.contains("\"citations\":[\"u\"]"))
                .contains(HEAD + stop + ",\"usage\":null}");
        assertThat(written(true, START, text("a"), STOP, late))
                .endsWith(HEAD + stop + ",\"usage\":null,\"citations\":[\"u\"]}", "data: [DONE]");
        assertThat(written(false, START, text("a"), STOP, new ChatEvent.Extra(0, Map.of("seen", 1))))
                .endsWith(chunk("{\"index\":0,\"delta\":{},\"seen\":1,\"finish_reason\":\"stop\"}"), "data: [DONE]");
        assertThat(written(false, START, STOP, text("late")))
                .endsWith(
                        chunk("{\"index\":0,\"delta\":{\"content\":\"late\"},\"finish_reason\":null}"),
                        chunk("{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}"),
                        "data: [DONE]");
    }

    @Test
    void ends_an_answer_without_content_properly() {
        assertThat(written(false, START, STOP))
                .containsExactly(
                        chunk(
                                "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null},\"finish_reason\":null}"),
                        chunk("{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}"),
                        "data: [DONE]");
    }

    @Test
    void escapes_text_so_that_a_frame_is_one_line() {
        List<String> lines = written(false, START, text("a\n\r\n\u2028\"\\ 😀 \u0000"), STOP);

        assertThat(lines.get(1)).contains("a\\n\\r\\n").contains("\\u0000");
        assertThat(new ChunkReader().read(lines.get(1).substring(6)))
                .contains(new ChatEvent.TextDelta(0, "a\n\r\n\u2028\"\\ 😀 \u0000"));
    }

    @Test
    void passes_on_half_of_a_surrogate_pair() {
        List<String> lines = written(false, START, text("\ud83d"), text("\ude00"), STOP);

        assertThat(lines.get(1)).contains("\"content\":\"\\uD83D\"");
        assertThat(lines.get(2)).contains("\"content\":\"\\uDE00\"");
    }

    @Test
    void makes_up_an_id_where_the_stream_has_no_start() {
        assertThat(written(false, text("a"), STOP))
                .allMatch(line -> line.startsWith("data: {\"id\":\"chatcmpl-") || line.equals("data: [DONE]"));
    }

    @Test
    void writes_errors_and_comments() {
        ChunkWriter writer = new ChunkWriter("m", false);

        assertThat(new String(
                        writer.error(new OpenAiError(502, "gone", "api_error", null, "x")), StandardCharsets.UTF_8))
                .isEqualTo(
                        "data: {\"error\":{\"message\":\"gone\",\"type\":\"api_error\",\"param\":null,\"code\":\"x\"}}\n\n");
        assertThat(ChunkWriter.comment("keep-alive"))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(": keep-alive\n\n");
        assertThatIllegalArgumentException().isThrownBy(() -> ChunkWriter.comment("a\nb"));
    }

    private static ChatEvent text(String text) {
        return new ChatEvent.TextDelta(0, text);
    }

    private static String chunk(String choice) {
        return HEAD + ",\"choices\":[" + choice + "]}";
    }

    private static List<String> written(boolean includeUsage, ChatEvent... events) {
        ChunkWriter writer = new ChunkWriter("x-ai/grok", includeUsage);
        StringBuilder out = new StringBuilder();
        for (ChatEvent event : events) {
            byte[] bytes = writer.write(event);
            out.append(bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8));
        }
        out.append(new String(writer.done(), StandardCharsets.UTF_8));
        assertThat(out).endsWith("\n\n");
        return Arrays.asList(out.toString().split("\n\n"));
    }
}
