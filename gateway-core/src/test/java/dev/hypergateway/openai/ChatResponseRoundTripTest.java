package dev.hypergateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a vendor answers in OpenAI's dialect reaches the client unchanged. */
class ChatResponseRoundTripTest {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @ParameterizedTest
    @ValueSource(
            strings = {
                """
                {"id":"i","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant",
                 "content":"c","refusal":null,"annotations":[{"type":"url_citation","url_citation":{"url":"u","title":"t",
                 "start_index":1,"end_index":2}}],"x":{"y":null}},"logprobs":{"content":[{"token":"c","logprob":-0.5,
                 "bytes":[99],"top_logprobs":[]}],"refusal":null},"finish_reason":"stop","content_filter_results":{"hate":{}}}],
                 "usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3,"prompt_tokens_details":{"cached_tokens":0,
                 "audio_tokens":4},"completion_tokens_details":{"reasoning_tokens":1},"cost":{"usd":0.1}},
                 "system_fingerprint":null,"service_tier":"default","moderation":[1]}""",
                """
                {"id":"i","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant",
                 "content":"c","refusal":null,"annotations":[{"type":"file_citation","file":{}}]},"logprobs":null,
                 "finish_reason":"sensitive"}],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}""",
                """
                {"id":"i","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant",
                 "content":null,"refusal":"no","annotations":[]},"logprobs":null,"finish_reason":"stop"},{"index":1,"message":{
                 "role":"assistant","content":null,"refusal":null,"annotations":[],"tool_calls":[{"id":"c","type":"custom",
                 "custom":{"name":"f","input":"x"}}]},"logprobs":null,"finish_reason":"tool_calls"}]}""",
            })
    void keeps_every_field(String answer) throws IOException {
        assertRoundTrip(JSON.readTree(answer), answer);
    }

    private static void assertRoundTrip(JsonNode answer, String description) throws IOException {
        byte[] written = ChatResponseWriter.write(
                ChatResponseReader.read(answer.toString().getBytes(StandardCharsets.UTF_8)));
        JsonNode actual = JSON.readTree(written);
        JsonNode expected = normalised(JSON.readTree(answer.toString()));
        assertThat(actual.equals(NumberInsensitive.ORDER, expected))
                .as("%s: expected %s but was %s", description, expected, actual)
                .isTrue();
    }

    /** The answer with the fields that OpenAI's present models always send. */
    private static JsonNode normalised(JsonNode answer) {
        ((ObjectNode) answer).put("object", "chat.completion");
        for (JsonNode choice : answer.get("choices")) {
            ObjectNode message = (ObjectNode) choice.get("message");
            fillIn((ObjectNode) choice, "logprobs", JSON.nullNode());
            fillIn(message, "refusal", JSON.nullNode());
            fillIn(message, "annotations", annotations(answer.path("citations")));
            fillIn(message, "content", JSON.nullNode());
            message.path("tool_calls").forEach(call -> ((ObjectNode) call).remove("index"));
            if (message.path("tool_calls").isEmpty()) {
                message.remove("tool_calls");
            }
        }
        return answer;
    }

    private static JsonNode annotations(JsonNode citations) {
        var annotations = JSON.createArrayNode();
        citations.forEach(url -> annotations
                .addObject()
                .put("type", "url_citation")
                .putObject("url_citation")
                .put("start_index", 0)
                .put("end_index", 0)
                .put("title", url.asText())
                .put("url", url.asText()));
        return annotations;
    }

    private static void fillIn(ObjectNode object, String name, JsonNode value) {
        if (!object.has(name)) {
            object.set(name, value);
        }
    }
}
