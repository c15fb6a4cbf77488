package dev.hypergateway.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.Choice;
import dev.hypergateway.chat.Citation;
import dev.hypergateway.chat.FinishReason;
import dev.hypergateway.chat.ToolCall;
import dev.hypergateway.chat.Usage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatResponseReaderTest {

    @Test
    void reads_text_usage_and_what_stands_beside_them() {
        ChatResponse response = read("""
                {"id":"i","object":"chat.completion","created":1755133833,"model":"m","choices":[{"index":0,"message":{
                 "role":"assistant","content":"Hi","refusal":null,"annotations":[],"mood":"good"},"finish_reason":"length",
                 "seen":true}],"usage":{"prompt_tokens":8,"completion_tokens":377,"total_tokens":385,"prompt_tokens_details":
                 {"cached_tokens":3,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":320}},
                 "system_fingerprint":null}""");

        assertThat(response.id()).isEqualTo("i");
        assertThat(response.created()).isEqualTo(Instant.ofEpochSecond(1755133833));
        assertThat(response.model()).isEqualTo("m");
        assertThat(response.text()).isEqualTo("Hi");
        assertThat(response.finishReason()).contains(FinishReason.LENGTH);
        assertThat(response.usage())
                .contains(Usage.builder()
                        .promptTokens(8)
                        .completionTokens(377)
                        .totalTokens(385)
                        .cachedTokens(3L)
                        .reasoningTokens(320L)
                        .extra(Map.of("prompt_tokens_details", Map.of("audio_tokens", 0)))
                        .build());
        assertThat(response.extra()).containsOnlyKeys("system_fingerprint");
        assertThat(response.choices().get(0).extra()).isEqualTo(Map.of("seen", true));
        assertThat(response.choices().get(0).message().extra()).isEqualTo(Map.of("mood", "good"));
    }

    @Test
    void reads_calls_of_functions_even_when_the_vendor_is_sloppy() {
        Choice choice = read("""
                        {"choices":[{"message":{"content":null,"tool_calls":[
                         {"id":"c","type":"function","function":{"name":"f","arguments":"{\\"a\\":1}"},"x":1},
                         {"index":1,"function":{"name":"g","arguments":{"b":[2]}}},
                         {"id":"","function":{"name":"h"}}]}}]}""").choices().get(0);

        List<ToolCall> calls = choice.message().toolCalls();
        assertThat(calls.get(0)).isEqualTo(new ToolCall("c", "f", "{\"a\":1}", Map.of("x", 1)));
        assertThat(calls.get(1).arguments()).isEqualTo("{\"b\":[2]}");
        assertThat(calls.get(1).id()).startsWith("call_");
        assertThat(calls.get(2).arguments()).isEmpty();
        assertThat(calls.get(2).id())
                .startsWith("call_")
                .isNotEqualTo(calls.get(1).id());
        assertThat(choice.message().content()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reasoning_content", "reasoning"})
    void reads_thoughts_under_either_name(String name) {
        ChatResponse response =
                read("{\"choices\":[{\"message\":{\"content\":\"4\",\"" + name + "\":\"two and two\"}}]}");

        assertThat(response.choices().get(0).message().reasoning()).isEqualTo("two and two");
        assertThat(response.choices().get(0).message().extra()).isEmpty();
    }

    @Test
    void reads_sources_as_annotations_or_as_a_list_of_addresses() {
        Choice annotated = read("""
                        {"choices":[{"message":{"content":"c","annotations":[{"type":"url_citation","url_citation":
                         {"url":"u","title":"t","start_index":1,"end_index":2}}]}}],"citations":["v"]}""").choices().get(0);
        ChatResponse listed = read("{\"choices\":[{\"message\":{\"content\":\"c\"}}],\"citations\":[\"v\",\"w\"]}");

        assertThat(annotated.message().citations()).containsExactly(new Citation("u", "t", 1, 2));
        assertThat(listed.choices().get(0).message().citations())
                .containsExactly(new Citation("v", null, null, null), new Citation("w", null, null, null));
        assertThat(listed.extra()).containsEntry("citations", List.of("v", "w"));
    }

    @Test
    void makes_up_an_id_and_a_time_where_the_vendor_has_none() {
        ChatResponse response = read("{\"choices\":[{\"message\":{\"content\":\"c\"}}]}");

        assertThat(response.id()).startsWith("chatcmpl-");
        assertThat(response.created()).isAfter(Instant.parse("2024-01-01T00:00:00Z"));
        assertThat(response.created()).isEqualTo(response.created().truncatedTo(ChronoUnit.SECONDS));
        assertThat(response.usage()).isEmpty();
        assertThat(response.finishReason()).isEmpty();
    }

    @Test
    void keeps_a_field_of_an_unexpected_type() {
        ChatResponse response = read("""
                {"id":7,"created":"today","choices":[{"index":"a","message":{"content":"c","refusal":false},"logprobs":[]}],
                 "usage":"none"}""");

        assertThat(response.extra()).isEqualTo(Map.of("id", 7, "created", "today", "usage", "none"));
        assertThat(response.choices().get(0).extra()).isEqualTo(Map.of("index", "a", "logprobs", List.of()));
        assertThat(response.choices().get(0).message().extra()).isEqualTo(Map.of("refusal", false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"m\"}}",
                "{\"code\":\"c\",\"error\":\"text\"}",
                "{\"choices\":[],\"error\":{}}"
            })
    void tells_an_error_object_from_an_answer(String body) {
        assertThatExceptionOfType(InBandErrorException.class)
                .isThrownBy(() -> read(body))
                .satisfies(e -> assertThat(e.json()).isEqualTo(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "[]",
                "{}",
                "{\"choices\":7}",
                "{\"choices\":[]}",
                "{\"choices\":[7]}",
                "{\"choices\":[{}]}",
                "{\"choices\":[{\"message\":\"x\"}]}",
                "{\"choices\":[{\"message\":{\"content\":[7]}}]}"
            })
    void refuses_what_is_no_answer(String body) {
        assertThatExceptionOfType(OpenAiFormatException.class).isThrownBy(() -> read(body));
    }

    private static ChatResponse read(String body) {
        return ChatResponseReader.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
