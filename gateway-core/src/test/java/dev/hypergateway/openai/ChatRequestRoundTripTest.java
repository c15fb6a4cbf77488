package dev.hypergateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client sends reaches a vendor of the same dialect unchanged. */
class ChatRequestRoundTripTest {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.USE_BIG_INTEGER_FOR_INTS);

    @ParameterizedTest
    @ValueSource(
            strings = {
                """
                {"model":"m","messages":[{"role":"user","content":"Hi"}]}""",
                """
                {"model":"m","messages":[{"role":"user","content":""}],"temperature":0.7,"top_p":1,"seed":-9223372036854775808,
                 "max_tokens":1,"max_completion_tokens":2147483647,"n":3,"presence_penalty":-2,"frequency_penalty":1.5,
                 "logprobs":true,"top_logprobs":20,"stop":["a","b"],"user":"u","prompt_cache_key":"k",
                 "reasoning_effort":"xhigh","parallel_tool_calls":false}""",
                """
                {"model":"m","messages":[{"role":"user","content":"Hi"}],"store":true,"metadata":{"a":"b","c":null},
                 "service_tier":null,"logit_bias":{"50256":-100},"prediction":{"type":"content","content":"x"},
                 "modalities":["text","audio"],"audio":{"voice":"alloy","format":"wav"},"web_search_options":{},
                 "search_parameters":{"mode":"auto","sources":[{"type":"web"}]},"deferred":false}""",
                """
                {"model":"m","messages":[{"role":"user","content":"Hi"}],"x":[[[{"y":[null,[],{}]}]]],
                 "big":123456789012345678901234567890,"precise":0.12345678901234567890123456789,"tiny":1e-400,"huge":1E+400,
                 "":"empty name","ünïcode":"\\ud83d\\ude00 \\u0000 \\u2028","long":9223372036854775807}""",
                """
                {"model":"m","messages":[
                 {"role":"system","content":"be brief","name":"boss","cache_control":{"type":"ephemeral"}},
                 {"role":"developer","content":[{"type":"text","text":"a","cache_control":null},{"type":"text","text":"b"}]},
                 {"role":"user","name":"joe","content":[
                  {"type":"text","text":"see"},
                  {"type":"image_url","image_url":{"url":"https://x/y.png","detail":"low","mime":"image/png"},"z":1},
                  {"type":"input_audio","input_audio":{"data":"AAAA","format":"wav"}},
                  {"type":"file","file":{"file_id":"f-1","filename":"a.pdf","file_data":"data:application/pdf;base64,AA"}},
                  {"type":"video_url","video_url":{"url":"https://x/y.mp4"},"fps":2}]},
                 {"role":"assistant","content":null,"tool_calls":[
                  {"id":"c1","type":"function","function":{"name":"f","arguments":"{\\"a\\":1}"}},
                  {"id":"c2","type":"function","function":{"name":"g","arguments":"","cached":true},
                   "extra_content":{"google":{"thought_signature":"abc="}}}]},
                 {"role":"tool","tool_call_id":"c1","content":"42","name":"f","is_error":false},
                 {"role":"tool","tool_call_id":"c2","content":[{"type":"text","text":"4"},{"type":"text","text":"3"}]},
                 {"role":"assistant","content":"ok","reasoning_content":"hm","reasoning":"hm","refusal":"no","name":"bot",
                  "annotations":[{"type":"url_citation","url_citation":{"url":"u"}}],"audio":{"id":"a1"}},
                 {"role":"assistant","content":[{"type":"text","text":"a"},{"type":"refusal","refusal":"b"}]}]}""",
                """
                {"model":"m","messages":[
                 {"role":"assistant","content":null,"function_call":{"name":"f","arguments":"{}"}},
                 {"role":"function","name":"f","content":"42"},
                 {"role":"function","name":"g","content":null},
                 {"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"custom","custom":{"name":"f","input":"x"}}]}],
                 "functions":[{"name":"f","parameters":{"type":"object"}}],"function_call":{"name":"f"}}""",
                """
                {"model":"m","messages":[{"role":"user","content":"Hi"}],"tools":[
                 {"type":"function","function":{"name":"a"}},
                 {"type":"function","function":{"name":"b","description":"","parameters":{},"strict":true}},
                 {"type":"function","function":{"name":"c","parameters":{"type":"object","default":null},"returns":"x"},
                  "cache_control":{"type":"ephemeral"}},
                 {"type":"live_search","sources":[{"type":"x"}]},
                 {"type":"custom","custom":{"name":"d"}}],
                 "tool_choice":{"type":"function","function":{"name":"a"}}}""",
                """
                {"model":"m","messages":[{"role":"user","content":"Hi"}],"tool_choice":"required","response_format":{
                 "type":"json_schema","json_schema":{"name":"s","description":"d","strict":null,"schema":{"a":[1,2.50,-0]},
                 "y":1},"z":2}}""",
                """
                {"model":"m","messages":[{"role":"user","content":"Hi"}],"response_format":{"type":"json_object"},
                 "tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[]}}}""",
                """
                {"model":"m","messages":[{"role":"user","content":"Hi"}],"response_format":{"type":"text","x":1},
                 "tool_choice":{"type":"function","function":{"name":"a","x":1}}}""",
                """
                {"model":"m","messages":[{"role":"user","content":"Hi"}],"response_format":{"type":"regex","regex":{"a":"b"}}}""",
                """
                {"model":"m","messages":[{"role":"user","content":"Hi"}],"stream":true,
                 "stream_options":{"include_usage":true,"include_obfuscation":false}}""",
            })
    void keeps_every_field(String request) throws IOException {
        assertRoundTrip(request);
    }

    @Test
    void keeps_what_it_does_not_know_wherever_it_stands() throws IOException {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            ObjectNode request = (ObjectNode) JSON.readTree("""
                    {"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"t"},
                     {"type":"image_url","image_url":{"url":"u"}}]},
                     {"role":"assistant","content":"c","tool_calls":[{"id":"i","type":"function",
                      "function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"i","content":"r"}],
                     "tools":[{"type":"function","function":{"name":"f"}},{"type":"other"}],
                     "response_format":{"type":"json_schema","json_schema":{"name":"n"}},"tool_choice":{"type":"x"}}""");
            sprinkle(request, random);
            assertRoundTrip(request.toString(), "seed " + seed);
        }
    }

    /** Adds made-up fields to objects of the request at random. */
    private static void sprinkle(JsonNode node, Random random) {
        node.forEach(child -> sprinkle(child, random));
        if (node instanceof ObjectNode object && random.nextInt(3) == 0) {
            object.set("zz_" + random.nextInt(1000), anything(random, 0));
        }
    }

    private static JsonNode anything(Random random, int depth) {
        return switch (random.nextInt(depth > 3 ? 6 : 8)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
            case 2 -> JSON.getNodeFactory().numberNode(new java.math.BigInteger(random.nextInt(1, 200), random));
            case 3 -> JSON.getNodeFactory().numberNode(new java.math.BigDecimal(random.nextGaussian()));
            case 4 -> JSON.getNodeFactory().numberNode(java.math.BigDecimal.valueOf(random.nextInt(1000), 2));
            case 5 ->
                new TextNode(random.ints(random.nextInt(20), 0, 0xd800)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
            case 6 -> {
                ArrayNode array = JSON.createArrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(anything(random, depth + 1));
                }
                yield array;
            }
            default -> {
                ObjectNode object = JSON.createObjectNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    object.set("k" + i, anything(random, depth + 1));
                }
                yield object;
            }
        };
    }

    private static void assertRoundTrip(String request) throws IOException {
        assertRoundTrip(request, request);
    }

    private static void assertRoundTrip(String request, String description) throws IOException {
        IncomingChat read = ChatRequestReader.read(request.getBytes(StandardCharsets.UTF_8));
        byte[] written = ChatRequestWriter.write(
                read.request(),
                read.request().model(),
                read.stream(),
                read.request().includeUsage());
        JsonNode actual = JSON.readTree(written);
        JsonNode expected = PlainRequest.of(JSON.readTree(request));
        assertThat(actual.equals(NumberInsensitive.ORDER, expected))
                .as("%s: expected %s but was %s", description, expected, actual)
                .isTrue();
    }
}
