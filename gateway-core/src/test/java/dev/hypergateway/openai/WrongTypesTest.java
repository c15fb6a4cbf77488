package dev.hypergateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Every value of a document in turn is replaced by a value of each other type; a reader must take or refuse the result. */
class WrongTypesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> OTHERS = List.of(
            "null",
            "true",
            "7",
            "-1",
            "1e300",
            "1.5",
            "\"\"",
            "\" \"",
            "\"x\"",
            "[]",
            "[null]",
            "[7]",
            "[\"x\"]",
            "[{}]",
            "[[]]",
            "{}",
            "{\"type\":\"x\"}",
            "{\"a\":null}");

    @Test
    void requests() throws IOException {
        replaceEverything("""
                {"model":"m","models":["n"],"fallbacks":["o"],"messages":[
                 {"role":"system","content":"a","name":"n"},
                 {"role":"user","content":[{"type":"text","text":"t"},{"type":"image_url","image_url":{"url":"u","detail":"d"}},
                  {"type":"input_audio","input_audio":{"data":"d","format":"f"}},
                  {"type":"file","file":{"file_id":"i","file_data":"d","filename":"n"}}]},
                 {"role":"assistant","content":"c","reasoning_content":"r","refusal":"f","tool_calls":[{"id":"i",
                  "type":"function","function":{"name":"f","arguments":"{}"}}]},
                 {"role":"tool","tool_call_id":"i","content":"r"}],
                 "temperature":1,"top_p":1,"n":1,"max_tokens":1,"max_completion_tokens":1,"stop":["a"],"seed":1,
                 "presence_penalty":1,"frequency_penalty":1,"logprobs":true,"top_logprobs":1,"user":"u","stream":true,
                 "stream_options":{"include_usage":true},"reasoning_effort":"low","prompt_cache_key":"k",
                 "parallel_tool_calls":true,"tools":[{"type":"function","function":{"name":"f","description":"d",
                  "parameters":{"a":1},"strict":true}}],"tool_choice":{"type":"function","function":{"name":"f"}},
                 "response_format":{"type":"json_schema","json_schema":{"name":"n","description":"d","schema":{"a":1},
                  "strict":true}}}""", text -> {
            IncomingChat chat = ChatRequestReader.read(bytes(text));
            ChatRequestWriter.write(chat.request(), "m", chat.stream(), true);
        });
    }

    @Test
    void answers() throws IOException {
        replaceEverything("""
                {"id":"i","object":"o","created":5,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"c",
                 "reasoning_content":"r","refusal":"f","name":"n","tool_calls":[{"index":0,"id":"i","type":"function",
                 "function":{"name":"f","arguments":"{}"}}],"annotations":[{"type":"url_citation","url_citation":{"url":"u",
                 "title":"t","start_index":1,"end_index":2}}]},"finish_reason":"stop","logprobs":{"content":[{"a":1}]}}],
                 "usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3,"prompt_tokens_details":{"cached_tokens":1},
                 "completion_tokens_details":{"reasoning_tokens":1}},"citations":["u"],"error":null}""", text -> ChatResponseWriter.write(ChatResponseReader.read(bytes(text))));
    }

    @Test
    void chunks() throws IOException {
        replaceEverything("""
                {"id":"i","object":"o","created":5,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"c",
                 "reasoning_content":"r","refusal":"f","tool_calls":[{"index":0,"id":"i","type":"function",
                 "function":{"name":"f","arguments":"{}"}}],"annotations":[{"type":"url_citation","url_citation":{"url":"u",
                 "title":"t","start_index":1,"end_index":2}}]},"finish_reason":"stop","logprobs":{"content":[{"a":1}]}}],
                 "usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3,"prompt_tokens_details":{"cached_tokens":1},
                 "completion_tokens_details":{"reasoning_tokens":1}},"citations":["u"],"error":null}""", text -> {
            ChunkReader reader = new ChunkReader();
            ChunkWriter writer = new ChunkWriter("m", true);
            reader.read(text).forEach(writer::write);
            reader.end().forEach(writer::write);
            assertThat(writer.done()).endsWith(bytes("data: [DONE]\n\n"));
        });
    }

    @Test
    void errors_and_model_lists() throws IOException {
        replaceEverything(
                "{\"error\":{\"message\":\"m\",\"type\":\"t\",\"param\":\"p\",\"code\":\"c\"},\"code\":\"d\",\"status\":400}",
                text -> assertThat(VendorError.of(200, bytes(text)).message()).isNotBlank());
        replaceEverything(
                "{\"data\":[{\"id\":\"i\",\"created\":5,\"owned_by\":\"o\",\"context_window\":7,\"aliases\":[\"a\"]}]}",
                text -> ModelListReader.read(bytes(text)));
    }

    private static void replaceEverything(String document, Consumer<String> reader) throws IOException {
        reader.accept(document);
        List<JsonPointer> places = new ArrayList<>();
        collect(JSON.readTree(document), JsonPointer.empty(), places);
        for (JsonPointer place : places) {
            for (String other : OTHERS) {
                JsonNode changed = JSON.readTree(document);
                replace(changed.at(place.head()), place, JSON.readTree(other));
                try {
                    reader.accept(changed.toString());
                } catch (OpenAiFormatException e) {
                    assertThat(e.getMessage())
                            .as("%s in place of %s", other, place)
                            .isNotBlank();
                } catch (InBandErrorException expected) {
                    // An error object may stand anywhere.
                } catch (RuntimeException | Error unexpected) {
                    throw new AssertionError(other + " in place of " + place, unexpected);
                }
            }
        }
    }

    private static void collect(JsonNode node, JsonPointer at, List<JsonPointer> places) {
        for (int i = 0; i < node.size() && node.isArray(); i++) {
            places.add(at.appendIndex(i));
            collect(node.get(i), at.appendIndex(i), places);
        }
        node.properties().forEach(field -> {
            places.add(at.appendProperty(field.getKey()));
            collect(field.getValue(), at.appendProperty(field.getKey()), places);
        });
    }

    private static void replace(JsonNode parent, JsonPointer place, JsonNode value) {
        if (parent instanceof ArrayNode array) {
            array.set(place.last().getMatchingIndex(), value);
        } else {
            ((ObjectNode) parent).set(place.last().getMatchingProperty(), value);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
