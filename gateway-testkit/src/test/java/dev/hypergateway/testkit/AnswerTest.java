package dev.hypergateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the default answers say, at both vendors. */
class AnswerTest {
    private static final String GEMINI_TOOLS = "\"tools\":[{\"functionDeclarations\":[{\"name\":\"weather\","
            + "\"parameters\":{\"type\":\"OBJECT\"}},{\"name\":\"time\"}]}]";
    private static final String XAI_TOOLS = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\"}},"
            + "{\"type\":\"function\",\"function\":{\"name\":\"time\"}}]";

    private final VendorSandbox sandbox = VendorSandbox.start();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void the_last_text_of_the_user_is_said_back() throws Exception {
        JsonNode gemini = gemini("{\"systemInstruction\":{\"parts\":[{\"text\":\"Be brief\"}]},\"contents\":["
                + "{\"parts\":[{\"text\":\"One\"}]},{\"role\":\"model\",\"parts\":[{\"text\":\"Two\"}]},"
                + "{\"role\":\"user\",\"parts\":[{\"text\":\"Three\"},{\"text\":\" four\"}]}]}");
        JsonNode xai = xai("{\"model\":\"grok-3\",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief\"},"
                + "{\"role\":\"user\",\"content\":\"One\"},{\"role\":\"assistant\",\"content\":\"Two\"},"
                + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Three four\"}]}]}");

        assertThat(geminiText(gemini)).isEqualTo("You said: Three four");
        assertThat(gemini.path("usageMetadata").path("promptTokenCount").asInt())
                .isEqualTo(6);
        assertThat(gemini.path("usageMetadata").path("candidatesTokenCount").asInt())
                .isEqualTo(4);
        assertThat(gemini.path("usageMetadata").path("totalTokenCount").asInt()).isEqualTo(10);
        assertThat(xaiText(xai)).isEqualTo("You said: Three four");
        assertThat(xai.path("usage").path("prompt_tokens").asInt()).isEqualTo(6);
        assertThat(xai.path("usage").path("completion_tokens").asInt()).isEqualTo(4);
        assertThat(xai.path("usage").path("total_tokens").asInt()).isEqualTo(10);
    }

    @Test
    void sixty_words_are_sixty_chunks() throws Exception {
        List<JsonNode> gemini =
                Sse.json(Client.gemini(sandbox, "k", Bodies.GEMINI_STREAM, Bodies.gemini("[[words:60]]"))
                        .body());
        List<JsonNode> xai =
                Sse.json(Client.xai(sandbox, "k", Bodies.xai("grok-4.3", "[[words:60]]", ",\"stream\":true"))
                        .body());

        assertThat(gemini).hasSize(60);
        assertThat(xai).hasSize(61);
        assertThat(gemini.get(59)
                        .path("usageMetadata")
                        .path("candidatesTokenCount")
                        .asInt())
                .isEqualTo(60);
        assertThat(gemini.get(6)
                        .path("candidates")
                        .path(0)
                        .path("content")
                        .path("parts")
                        .path(0)
                        .path("text")
                        .asText())
                .isEqualTo(" word7");
    }

    @Test
    void usage_is_cumulative_at_gemini_and_on_demand_at_xai() throws Exception {
        List<JsonNode> gemini = Sse.json(Client.gemini(sandbox, "k", Bodies.GEMINI_STREAM, Bodies.gemini("[[words:3]]"))
                .body());
        List<Integer> totals = new ArrayList<>();
        gemini.forEach(event ->
                totals.add(event.path("usageMetadata").path("totalTokenCount").asInt()));
        assertThat(totals).containsExactly(2, 3, 4);

        assertThat(Client.xai(sandbox, "k", Bodies.xai("grok-4.3", "Hi", ",\"stream\":true"))
                        .body())
                .doesNotContain("\"usage\"");
        List<JsonNode> asked =
                Sse.json(Client.xai(sandbox, "k", Bodies.xaiStream("Hi")).body());
        JsonNode last = asked.get(asked.size() - 1);
        assertThat(last.path("choices").isEmpty()).isTrue();
        assertThat(last.path("usage").path("total_tokens").asInt()).isEqualTo(4);
        assertThat(asked.get(asked.size() - 2)
                        .path("choices")
                        .path(0)
                        .path("finish_reason")
                        .asText())
                .isEqualTo("stop");
    }

    @Test
    void an_echo_is_the_request_as_it_arrived() throws Exception {
        String gemini = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"[[echo-request]]\"}]}],"
                + "\"generationConfig\":{\"temperature\":0.5,\"maxOutputTokens\":100}}";
        String xai = Bodies.xai("grok-3", "[[echo-request]]", ",\"temperature\":0.5,\"x_unknown\":{\"a\":[1,null]}");

        JsonNode geminiEcho = Shape.parse(geminiText(gemini(gemini)));
        assertThat(geminiEcho.path("model").asText()).isEqualTo("gemini-2.5-flash");
        assertThat(geminiEcho.path("generationConfig"))
                .isEqualTo(Shape.parse(gemini).path("generationConfig"));
        assertThat(geminiEcho.path("contents")).isEqualTo(Shape.parse(gemini).path("contents"));
        assertThat(Shape.parse(xaiText(xai(xai)))).isEqualTo(Shape.parse(xai));
    }

    @Test
    void a_tool_is_called_with_the_arguments_of_the_prompt() throws Exception {
        String prompt = "[[tool:weather]] {\\\"city\\\":\\\"Köln\\\"} and [[tool:time]]";
        JsonNode gemini = gemini("{\"contents\":[{\"parts\":[{\"text\":\"" + prompt + "\"}]}]," + GEMINI_TOOLS + "}");
        JsonNode xai = xai("{\"model\":\"grok-3\",\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt + "\"}],"
                + XAI_TOOLS + "}");

        JsonNode parts = gemini.path("candidates").path(0).path("content").path("parts");
        assertThat(parts.path(0).path("functionCall").toString())
                .isEqualTo("{\"name\":\"weather\",\"args\":{\"city\":\"Köln\"}}");
        assertThat(parts.path(0).path("thoughtSignature").asText()).isNotEmpty();
        assertThat(parts.path(1).path("functionCall").toString()).isEqualTo("{\"name\":\"time\",\"args\":{}}");
        assertThat(parts.path(1).has("thoughtSignature")).isFalse();
        assertThat(gemini.path("candidates").path(0).path("finishReason").asText())
                .isEqualTo("STOP");
        JsonNode choice = xai.path("choices").path(0);
        assertThat(choice.path("message")
                        .path("tool_calls")
                        .path(0)
                        .path("function")
                        .path("arguments")
                        .asText())
                .isEqualTo("{\"city\":\"Köln\"}");
        assertThat(choice.path("message").path("content").asText()).isEmpty();
        assertThat(choice.path("finish_reason").asText()).isEqualTo("tool_calls");
    }

    @Test
    void the_tool_choice_is_obeyed() throws Exception {
        String contents = "{\"contents\":[{\"parts\":[{\"text\":\"Hi [[tool:weather]]\"}]}]," + GEMINI_TOOLS
                + ",\"toolConfig\":{\"functionCallingConfig\":";
        String messages = "{\"model\":\"grok-3\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]," + XAI_TOOLS
                + ",\"tool_choice\":";

        assertThat(geminiText(gemini(contents + "{\"mode\":\"NONE\"}}}"))).startsWith("You said: Hi");
        assertThat(gemini(contents.replace("[[tool:weather]]", "")
                                + "{\"mode\":\"ANY\",\"allowedFunctionNames\":[\"time\"]}}}")
                        .toString())
                .contains("\"functionCall\":{\"name\":\"time\"");
        assertThat(xai(messages + "\"none\"}").toString()).doesNotContain("tool_calls");
        assertThat(xai(messages + "\"required\"}").toString()).contains("\"name\":\"weather\"");
        assertThat(xai(messages + "{\"type\":\"function\",\"function\":{\"name\":\"time\"}}}")
                        .toString())
                .contains("\"name\":\"time\"");
    }

    @Test
    void the_result_of_a_tool_is_answered() throws Exception {
        JsonNode gemini = gemini("{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]},"
                + "{\"role\":\"model\",\"parts\":[{\"functionCall\":{\"name\":\"f\",\"args\":{}}}]},"
                + "{\"role\":\"user\",\"parts\":[{\"functionResponse\":{\"name\":\"f\",\"response\":{\"t\":21}}}]}]}");
        JsonNode xai = xai("{\"model\":\"grok-3\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},"
                + "{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"id\":\"1\",\"type\":\"function\","
                + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"21 degrees\"}]}");

        assertThat(geminiText(gemini)).isEqualTo("The tool said: {\"t\":21}");
        assertThat(xaiText(xai)).isEqualTo("The tool said: 21 degrees");
    }

    @Test
    void thoughts_are_shown_where_model_and_request_allow_and_counted_apart() throws Exception {
        String thinking =
                "{\"contents\":[{\"parts\":[{\"text\":\"[[think]]\"}]}],\"generationConfig\":{\"thinkingConfig\":";
        JsonNode hidden = gemini(Bodies.gemini("[[think]]"));
        JsonNode shown = gemini(thinking + "{\"includeThoughts\":true}}}");
        JsonNode off = gemini(thinking + "{\"thinkingBudget\":0}}}");

        assertThat(hidden.toString()).doesNotContain("\"thought\":true");
        assertThat(hidden.path("usageMetadata").path("thoughtsTokenCount").asInt())
                .isEqualTo(9);
        assertThat(shown.toString()).contains("\"thought\":true");
        assertThat(off.path("usageMetadata").has("thoughtsTokenCount")).isFalse();

        JsonNode grok = xai(Bodies.xai("grok-4.3", "[[think]]", ""));
        assertThat(grok.path("choices").path(0).path("message").has("reasoning_content"))
                .isTrue();
        JsonNode usage = grok.path("usage");
        assertThat(usage.path("completion_tokens_details")
                        .path("reasoning_tokens")
                        .asInt())
                .isEqualTo(9);
        assertThat(usage.path("total_tokens").asInt())
                .isEqualTo(usage.path("prompt_tokens").asInt()
                        + usage.path("completion_tokens").asInt()
                        + 9);
        JsonNode secretive = xai(Bodies.xai("grok-4", "[[think]]", ""));
        assertThat(secretive.toString()).doesNotContain("reasoning_content").contains("\"reasoning_tokens\":9");
        assertThat(xai(Bodies.xai("grok-4.3", "[[think]]", ",\"reasoning_effort\":\"none\""))
                        .toString())
                .contains("\"reasoning_tokens\":0");
    }

    @Test
    void token_limits_and_stop_sequences_cut_the_answer() throws Exception {
        String contents = "{\"contents\":[{\"parts\":[{\"text\":\"[[words:9]]\"}]}],\"generationConfig\":";
        JsonNode limited = gemini(contents + "{\"maxOutputTokens\":3}}");
        JsonNode stopped = gemini(contents + "{\"stopSequences\":[\"word4\"]}}");

        assertThat(geminiText(limited)).isEqualTo("word1 word2 word3");
        assertThat(limited.path("candidates").path(0).path("finishReason").asText())
                .isEqualTo("MAX_TOKENS");
        assertThat(geminiText(stopped)).isEqualTo("word1 word2 word3 ");
        assertThat(stopped.path("candidates").path(0).path("finishReason").asText())
                .isEqualTo("STOP");
        JsonNode xai = xai(Bodies.xai("grok-3", "[[words:9]]", ",\"max_completion_tokens\":2,\"max_tokens\":5"));
        assertThat(xaiText(xai)).isEqualTo("word1 word2");
        assertThat(xai.path("choices").path(0).path("finish_reason").asText()).isEqualTo("length");
        assertThat(xaiText(xai(Bodies.xai("grok-3", "[[words:9]]", ",\"stop\":\"5\""))))
                .endsWith("word4 word");
    }

    @Test
    void other_directives_set_finish_and_cached_tokens_and_json_is_given_where_asked() throws Exception {
        JsonNode gemini = gemini(Bodies.gemini("one two three [[finish:SAFETY]] [[cached:2]]"));
        assertThat(gemini.path("candidates").path(0).path("finishReason").asText())
                .isEqualTo("SAFETY");
        assertThat(gemini.path("usageMetadata").path("cachedContentTokenCount").asInt())
                .isEqualTo(2);

        JsonNode xai = xai(Bodies.xai("grok-3", "Hi [[cached:99]]", ",\"response_format\":{\"type\":\"json_object\"}"));
        assertThat(Shape.parse(xaiText(xai)).path("answer").asText()).startsWith("You said: Hi");
        assertThat(xai.path("usage")
                        .path("prompt_tokens_details")
                        .path("cached_tokens")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void a_schema_is_filled() throws Exception {
        String schema = "{'type':'object','properties':{'name':{'type':'string'},'age':{'type':['integer','null']},"
                + "'kind':{'enum':['a','b']},'nodes':{'type':'array','items':{'$ref':'#/$defs/N'}}},'$defs':{'N':"
                + "{'type':'object','properties':{'ok':{'type':'boolean'},'next':{'anyOf':[{'$ref':'#/$defs/N'},"
                + "{'type':'null'}]},'kids':{'type':'array','items':{'$ref':'#/$defs/N'}}}}}}";
        String expected = "{'name':'You said: Hi','age':1,'kind':'a','nodes':[{'ok':true,'next':null,'kids':[]}]}";
        String json = schema.replace('\'', '"');

        assertThat(xaiText(xai(Bodies.xai(
                        "grok-3",
                        "Hi",
                        ",\"response_format\":{\"type\":\"json_schema\","
                                + "\"json_schema\":{\"name\":\"x\",\"schema\":" + json + "}}"))))
                .isEqualTo(expected.replace('\'', '"'));
        assertThat(geminiText(gemini("{\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}],\"generationConfig\":"
                        + "{\"responseMimeType\":\"application/json\",\"responseJsonSchema\":" + json + "}}")))
                .isEqualTo(expected.replace('\'', '"'));
    }

    @Test
    void several_answers_are_several_times_the_same() throws Exception {
        String gemini = "{\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}],\"generationConfig\":{\"candidateCount\":2}}";
        JsonNode whole = gemini(gemini);
        assertThat(whole.path("candidates").path(1).path("index").asInt()).isEqualTo(1);
        assertThat(whole.path("usageMetadata").path("candidatesTokenCount").asInt())
                .isEqualTo(6);
        JsonNode xai = xai(Bodies.xai("grok-3", "Hi", ",\"n\":3"));
        assertThat(xai.path("choices")).hasSize(3);
        assertThat(xai.path("choices").path(2).path("message").path("content").asText())
                .isEqualTo("You said: Hi");
        assertThat(xai.path("usage").path("completion_tokens").asInt()).isEqualTo(9);

        List<JsonNode> stream =
                Sse.json(Client.xai(sandbox, "k", Bodies.xai("grok-3", "Hi", ",\"n\":2,\"stream\":true"))
                        .body());
        assertThat(stream)
                .filteredOn(event -> event.path("choices").path(0).has("finish_reason"))
                .hasSize(2);
        assertThat(stream)
                .filteredOn(event -> event.path("choices").path(0).path("index").asInt() == 1)
                .hasSize(4);
        assertThat(Sse.json(Client.gemini(sandbox, "k", Bodies.GEMINI_STREAM, gemini)
                        .body()))
                .hasSize(6);
    }

    @Test
    void a_prompt_over_the_limit_is_too_long() throws Exception {
        JsonNode xai = xai(Bodies.xai("grok-3", "a ".repeat(131_073), ""));
        JsonNode gemini = gemini(Bodies.gemini("a ".repeat(1_048_576)));

        assertThat(xai.path("error").asText())
                .isEqualTo("This model's maximum prompt length is 131072 but the request contains 131073 tokens.");
        assertThat(gemini.path("error").path("message").asText())
                .isEqualTo("The input token count (1048576) exceeds the maximum number of tokens allowed (1048575).");
    }

    @Test
    void an_own_function_answers_from_what_arrived() throws Exception {
        sandbox.xai()
                .answerer(request -> SandboxAnswer.chunks(
                        List.of("model ", request.model(), " system ", String.join("|", request.system()))));

        assertThat(xaiText(xai("{\"model\":\"grok-3\",\"messages\":[{\"role\":\"developer\",\"content\":\"A\"},"
                        + "{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"system\",\"content\":\"B\"}]}")))
                .isEqualTo("model grok-3 system A|B");
    }

    @Test
    void wrong_scripts_are_refused_with_a_reason() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Reply.hang().cutAfter(1))
                .withMessageContaining("Reply.ok()");
        assertThatIllegalArgumentException().isThrownBy(() -> Reply.ok().cutAfter(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> Reply.ok().malformedEventAt(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Reply.ok().delay(Duration.ofMillis(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> Reply.ok().commentsEvery(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> Reply.status(99, "", Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> Reply.rateLimited(Duration.ofSeconds(-1)));
    }

    private JsonNode gemini(String body) throws Exception {
        return Shape.parse(
                Client.gemini(sandbox, "k", Bodies.GEMINI_WHOLE, body).body());
    }

    private JsonNode xai(String body) throws Exception {
        return Shape.parse(Client.xai(sandbox, "k", body).body());
    }

    private static String geminiText(JsonNode body) {
        return body.path("candidates")
                .path(0)
                .path("content")
                .path("parts")
                .path(0)
                .path("text")
                .asText();
    }

    private static String xaiText(JsonNode body) {
        return body.path("choices").path(0).path("message").path("content").asText();
    }
}
