package dev.hypergateway.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.Part;
import dev.hypergateway.chat.ResponseFormat;
import dev.hypergateway.chat.Tool;
import dev.hypergateway.chat.ToolCall;
import dev.hypergateway.chat.ToolChoice;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatRequestReaderTest {

    @Test
    void reads_the_sampling_fields() {
        ChatRequest request = read("""
                "temperature":0.5,"top_p":1,"max_tokens":10,"max_completion_tokens":20.0,"stop":"END","seed":-3,"n":2,
                "presence_penalty":-2,"frequency_penalty":2.0,"logprobs":true,"top_logprobs":0,"user":"u",
                "reasoning_effort":"low","prompt_cache_key":"k","parallel_tool_calls":false""");

        assertThat(request.temperature()).contains(0.5);
        assertThat(request.topP()).contains(1.0);
        assertThat(request.maxTokens()).contains(10);
        assertThat(request.maxCompletionTokens()).contains(20);
        assertThat(request.stop()).containsExactly("END");
        assertThat(request.seed()).contains(-3L);
        assertThat(request.n()).contains(2);
        assertThat(request.presencePenalty()).contains(-2.0);
        assertThat(request.frequencyPenalty()).contains(2.0);
        assertThat(request.logprobs()).contains(true);
        assertThat(request.topLogprobs()).contains(0);
        assertThat(request.endUser()).contains("u");
        assertThat(request.reasoningEffort()).contains("low");
        assertThat(request.promptCacheKey()).contains("k");
        assertThat(request.parallelToolCalls()).contains(false);
        assertThat(request.extra()).isEmpty();
    }

    @Test
    void takes_null_for_absent() {
        ChatRequest request = read("""
                "temperature":null,"stop":null,"seed":null,"tools":null,"tool_choice":null,"response_format":null,
                "stream_options":null,"user":null""");

        assertThat(request.temperature()).isEmpty();
        assertThat(request.stop()).isEmpty();
        assertThat(request.tools()).isEmpty();
        assertThat(request.toolChoice()).isEmpty();
        assertThat(request.responseFormat()).isEmpty();
        assertThat(request.extra()).isEmpty();
    }

    @Test
    void reads_every_kind_of_message() {
        ChatRequest request = request("""
                {"model":"m","messages":[
                 {"role":"system","content":"a","name":"n"},
                 {"role":"developer","content":"b"},
                 {"role":"user","content":[{"type":"text","text":"c"},{"type":"image_url","image_url":{"url":"u","detail":"low"}}]},
                 {"role":"assistant","tool_calls":[{"id":"i","type":"function","function":{"name":"f","arguments":"{}"}}]},
                 {"role":"tool","tool_call_id":"i","content":"d","name":"f"},
                 {"role":"assistant","content":"e","reasoning_content":"r"},
                 {"role":"function","name":"f","content":"g"}]}""");

        assertThat(request.messages())
                .containsExactly(
                        new Message.System(java.util.List.of(Part.text("a")), "n", Map.of()),
                        Message.developer("b"),
                        Message.user(Part.text("c"), new Part.Image("u", "low", Map.of())),
                        Message.Assistant.builder()
                                .toolCalls(java.util.List.of(new ToolCall("i", "f", "{}")))
                                .build(),
                        new Message.ToolResult("i", java.util.List.of(Part.text("d")), Map.of("name", "f")),
                        Message.Assistant.builder().text("e").reasoning("r").build(),
                        new Message.Other("function", java.util.List.of(Part.text("g")), Map.of("name", "f")));
    }

    @Test
    void takes_a_picture_whose_address_is_not_in_an_object() {
        ChatRequest request = request("""
                {"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":"https://x/y.png"}]}]}""");

        assertThat(request.messages()).containsExactly(Message.user(Part.image("https://x/y.png")));
    }

    @Test
    void reads_tools_and_the_wanted_form() {
        ChatRequest request = read("""
                "tools":[{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object"},"strict":true}},
                 {"type":"web_search","max":2}],"tool_choice":{"type":"function","function":{"name":"f"}},
                "response_format":{"type":"json_schema","json_schema":{"name":"s","schema":{"type":"object"},"strict":false}}""");

        assertThat(request.tools())
                .containsExactly(
                        new Tool.Function("f", "d", Map.of("type", "object"), true, Map.of()),
                        new Tool.Other("web_search", Map.of("type", "web_search", "max", 2)));
        assertThat(request.toolChoice()).contains(ToolChoice.function("f"));
        assertThat(request.responseFormat())
                .contains(new ResponseFormat.JsonSchema("s", null, Map.of("type", "object"), false, Map.of()));
    }

    @Test
    void keeps_numbers_exactly() {
        Map<String, Object> extra = read("\"a\":1,\"b\":12345678901,\"c\":123456789012345678901234567890,\"d\":0.1,"
                        + "\"e\":0.12345678901234567890123")
                .extra();

        assertThat(extra)
                .containsEntry("a", 1)
                .containsEntry("b", 12345678901L)
                .containsEntry("c", new BigInteger("123456789012345678901234567890"))
                .containsEntry("d", 0.1)
                .containsEntry("e", new BigDecimal("0.12345678901234567890123"));
    }

    @Test
    void says_whether_to_stream_and_whether_to_tell_usage() {
        IncomingChat plain = ChatRequestReader.read(bytes(body("\"x\":1")));
        IncomingChat stream = ChatRequestReader.read(bytes(body("\"stream\":true")));
        IncomingChat usage = ChatRequestReader.read(
                bytes(body("\"stream\":true,\"stream_options\":{\"include_usage\":true,\"y\":2}")));

        assertThat(plain.stream()).isFalse();
        assertThat(stream.stream()).isTrue();
        assertThat(stream.request().includeUsage()).isFalse();
        assertThat(usage.request().includeUsage()).isTrue();
        assertThat(usage.request().extra()).isEqualTo(Map.of("stream_options", Map.of("y", 2)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"messages\":[]}                          | model      | missing_required_parameter",
                "{\"model\":null,\"messages\":[]}           | model      | missing_required_parameter",
                "{\"model\":\" \",\"messages\":[]}          | model      | invalid_value",
                "{\"model\":7,\"messages\":[]}              | model      | invalid_type",
                "{\"models\":[],\"messages\":[]}            | model      | missing_required_parameter",
                "{\"models\":[\" \"],\"messages\":[]}      | models[0]  | invalid_value",
                "{\"models\":\"m\",\"messages\":[]}        | models     | invalid_type",
                "{\"model\":\"m\",\"fallbacks\":[7],\"messages\":[]} | fallbacks[0] | invalid_type",
                "{\"model\":\"m\"}                          | messages   | missing_required_parameter",
                "{\"model\":\"m\",\"messages\":null}        | messages   | missing_required_parameter",
                "{\"model\":\"m\",\"messages\":{}}          | messages   | invalid_type",
                "{\"model\":\"m\",\"messages\":[]}          | messages   | empty_array",
            })
    void names_the_field_that_is_missing_or_wrong(String body, String param, String code) {
        assertRefused(body, param, code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"temperature\":\"hot\"                    | temperature            | invalid_type",
                "\"temperature\":2.1                        | temperature            | decimal_above_max_value",
                "\"temperature\":-0.1                       | temperature            | decimal_below_min_value",
                "\"temperature\":1e999                      | temperature            | decimal_above_max_value",
                "\"top_p\":1.5                              | top_p                  | decimal_above_max_value",
                "\"top_p\":[1]                              | top_p                  | invalid_type",
                "\"n\":0                                    | n                      | integer_below_min_value",
                "\"n\":1.5                                  | n                      | invalid_type",
                "\"n\":129                                  | n                      | integer_above_max_value",
                "\"max_tokens\":0                           | max_tokens             | integer_below_min_value",
                "\"max_tokens\":3000000000                  | max_tokens             | integer_above_max_value",
                "\"max_tokens\":1e300                       | max_tokens             | invalid_type",
                "\"max_completion_tokens\":\"9\"            | max_completion_tokens  | invalid_type",
                "\"seed\":1.5                               | seed                   | invalid_type",
                "\"seed\":99999999999999999999              | seed                   | invalid_type",
                "\"presence_penalty\":3                     | presence_penalty       | decimal_above_max_value",
                "\"frequency_penalty\":-3                   | frequency_penalty      | decimal_below_min_value",
                "\"logprobs\":1                             | logprobs               | invalid_type",
                "\"top_logprobs\":21                        | top_logprobs           | integer_above_max_value",
                "\"stop\":7                                 | stop                   | invalid_type",
                "\"stop\":[\"a\",7]                         | stop[1]                | invalid_type",
                "\"stop\":[1,2,3,4,5,6,7,8,9,0,1,2,3,4,5,6,7]| stop                  | array_above_max_length",
                "\"stream\":\"yes\"                         | stream                 | invalid_type",
                "\"stream_options\":{}                      | stream_options         | invalid_value",
                "\"stream\":true,\"stream_options\":7       | stream_options         | invalid_type",
                "\"stream\":true,\"stream_options\":{\"include_usage\":1} | stream_options.include_usage | invalid_type",
                "\"user\":7                                 | user                   | invalid_type",
                "\"reasoning_effort\":{}                    | reasoning_effort       | invalid_type",
                "\"tools\":{}                               | tools                  | invalid_type",
                "\"tools\":[7]                              | tools[0]               | invalid_type",
                "\"tools\":[{}]                             | tools[0].type          | missing_required_parameter",
                "\"tools\":[{\"type\":\"function\"}]        | tools[0].function      | missing_required_parameter",
                "\"tools\":[{\"type\":\"function\",\"function\":{}}] | tools[0].function.name | missing_required_parameter",
                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":[]}}] | tools[0].function.parameters | invalid_type",
                "\"tool_choice\":7                          | tool_choice            | invalid_type",
                "\"parallel_tool_calls\":\"no\"             | parallel_tool_calls    | invalid_type",
                "\"response_format\":\"json\"               | response_format        | invalid_type",
                "\"response_format\":{}                     | response_format.type   | missing_required_parameter",
                "\"response_format\":{\"type\":\"json_schema\"} | response_format.json_schema | missing_required_parameter",
                "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{}} | response_format.json_schema.name | missing_required_parameter",
            })
    void refuses_a_field_of_the_wrong_type_or_range(String fields, String param, String code) {
        assertRefused(body(fields), param, code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "7                                          | messages[1]                     | invalid_type",
                "{}                                         | messages[1].role                | missing_required_parameter",
                "{\"role\":7}                               | messages[1].role                | invalid_type",
                "{\"role\":\"robot\",\"content\":\"x\"}     | messages[1].role                | invalid_value",
                "{\"role\":\"user\"}                        | messages[1].content             | invalid_type",
                "{\"role\":\"user\",\"content\":null}       | messages[1].content             | invalid_type",
                "{\"role\":\"user\",\"content\":7}          | messages[1].content             | invalid_type",
                "{\"role\":\"user\",\"content\":{}}         | messages[1].content             | invalid_type",
                "{\"role\":\"user\",\"content\":[]}         | messages[1].content             | empty_array",
                "{\"role\":\"user\",\"content\":[\"x\"]}    | messages[1].content[0]          | invalid_type",
                "{\"role\":\"user\",\"content\":[{}]}       | messages[1].content[0].type     | missing_required_parameter",
                "{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]} | messages[1].content[0].text | missing_required_parameter",
                "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":7}]} | messages[1].content[0].text | invalid_type",
                "{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]} | messages[1].content[0].image_url | missing_required_parameter",
                "{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{}}]} | messages[1].content[0].image_url.url | missing_required_parameter",
                "{\"role\":\"user\",\"content\":[{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"x\"}}]} | messages[1].content[0].input_audio.format | missing_required_parameter",
                "{\"role\":\"user\",\"content\":[{\"type\":\"file\"}]} | messages[1].content[0].file | missing_required_parameter",
                "{\"role\":\"user\",\"content\":\"x\",\"name\":7} | messages[1].name          | invalid_type",
                "{\"role\":\"assistant\",\"content\":null}  | messages[1].content             | invalid_type",
                "{\"role\":\"assistant\",\"tool_calls\":{}} | messages[1].tool_calls          | invalid_type",
                "{\"role\":\"assistant\",\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]} | messages[1].tool_calls[0].id | missing_required_parameter",
                "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"i\"}]} | messages[1].tool_calls[0].function | missing_required_parameter",
                "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"i\",\"function\":{\"name\":\"f\",\"arguments\":{}}}]} | messages[1].tool_calls[0].function.arguments | invalid_type",
                "{\"role\":\"tool\",\"content\":\"x\"}      | messages[1].tool_call_id        | missing_required_parameter",
                "{\"role\":\"tool\",\"tool_call_id\":\"i\"} | messages[1].content             | invalid_type",
            })
    void refuses_a_message_that_is_wrong(String message, String param, String code) {
        assertRefused(
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}," + message + "]}", param, code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "7",
                "\"sk-secret-text\"",
                "[]",
                "{",
                "{\"model\":",
                "{\"model\":\"m\"",
                "{model:1}",
                "{'model':1}",
                "{\"model\":sk-secret-text}",
                "{\"model\":NaN}",
                "{\"model\":01}",
                "{\"a\":1,}",
                "{\"a\":1}x",
                "{\"a\":1}{}",
                "{\"a\":\"\u0001\"}",
                "{\"sk-secret-text\":1,\"sk-secret-text\":2}",
            })
    void refuses_what_is_no_json_object_without_repeating_it(String body) {
        OpenAiFormatException problem = refusal(body);

        assertThat(problem.param()).isNull();
        assertThat(problem.code()).isEqualTo("invalid_json");
        assertThat(problem).hasMessageNotContaining("secret").hasNoCause();
    }

    @Test
    void tells_line_and_column_of_broken_json() {
        assertThat(refusal("{\n  \"model\": oops\n}")).hasMessageContaining("line 2, column ");
    }

    @Test
    void refuses_bytes_that_are_no_text() {
        byte[] body = bytes(body("\"x\":\"??\""));
        int at = new String(body, StandardCharsets.UTF_8).indexOf("??");
        body[at] = (byte) 0xc3;
        body[at + 1] = (byte) 0x28;

        assertThatExceptionOfType(OpenAiFormatException.class).isThrownBy(() -> ChatRequestReader.read(body));
    }

    @Test
    void refuses_absurd_nesting_numbers_and_names() {
        assertRefused(body("\"x\":" + "[".repeat(100_000) + "]".repeat(100_000)), null, "invalid_json");
        assertRefused(body("\"x\":" + "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000)), null, "invalid_json");
        assertRefused(body("\"x\":" + "9".repeat(100_000)), null, "invalid_json");
        assertRefused(body("\"" + "n".repeat(100_000) + "\":1"), null, "invalid_json");
        assertRefused(body("\"x\":[" + "{},".repeat(1_000_000) + "{}]"), null, "invalid_json");
    }

    @Test
    void takes_a_picture_of_many_megabytes() {
        String url = "data:image/png;base64," + "A".repeat(30_000_000);

        ChatRequest request =
                request("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\","
                        + "\"image_url\":{\"url\":\"" + url + "\"}}]}]}");

        assertThat(((Part.Image) request.messages().get(0).content().get(0)).url())
                .hasSameSizeAs(url);
    }

    @Test
    void answers_any_damage_with_its_own_exception() {
        byte[] good = bytes("""
                {"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"é😀"}]}],"tools":[{"type":"function",
                "function":{"name":"f"}}],"stop":["a"],"stream":true,"stream_options":{"include_usage":true},"x":1.5e3}""");
        for (long seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            byte[] body =
                    java.util.Arrays.copyOf(good, random.nextInt(4) == 0 ? random.nextInt(good.length) : good.length);
            for (int i = random.nextInt(4); i > 0 && body.length > 0; i--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            try {
                ChatRequestReader.read(body);
            } catch (OpenAiFormatException expected) {
                assertThat(expected.getMessage()).as("seed %d", seed).isNotBlank();
            } catch (RuntimeException | Error other) {
                throw new AssertionError("seed " + seed, other);
            }
        }
    }

    private static void assertRefused(String body, String param, String code) {
        OpenAiFormatException problem = refusal(body);

        assertThat(problem.param()).isEqualTo(param);
        assertThat(problem.code()).isEqualTo(code);
        if (param != null) {
            assertThat(problem).hasMessageContaining("'" + param + "'");
        }
        assertThat(problem.toError().status()).isEqualTo(400);
    }

    private static OpenAiFormatException refusal(String body) {
        OpenAiFormatException problem =
                catchThrowableOfType(OpenAiFormatException.class, () -> ChatRequestReader.read(bytes(body)));
        assertThat(problem).as("refusal of %s", body).isNotNull();
        return problem;
    }

    private static ChatRequest read(String fields) {
        return request(body(fields));
    }

    private static ChatRequest request(String body) {
        return ChatRequestReader.read(bytes(body)).request();
    }

    private static String body(String fields) {
        return "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]," + fields + "}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
