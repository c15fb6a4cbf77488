package dev.hypergateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the vendors refuse. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestCheckTest {
    private static final String HI = "{'role':'user','parts':[{'text':'Hi'}]}";

    private final VendorSandbox sandbox = VendorSandbox.start();

    @AfterAll
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'contents':[HI],'messages':[]} | Unknown name \"messages\": Cannot find field.",
                "{'contents':[HI],'generationConfig':{'max_tokens':5}} | Unknown name \"max_tokens\" at 'generation_config'",
                "{'contents':[HI],'tools':[{'functionDeclarations':[{'name':'f','parameters':{'type':'OBJECT',"
                        + "'additionalProperties':false}}]}]} | at 'tools[0].function_declarations[0].parameters'",
                "{'contents':[HI],'generationConfig':{'temperature':'hot'}} | Invalid value at 'generation_config.temperature'",
                "{'contents':[HI],'generationConfig':{'temperature':2.5}} | temperature must be in the range [0.0, 2.0]",
                "{'contents':[HI],'generationConfig':{'topP':1.5}} | top_p must be in the range",
                "{'contents':[HI],'generationConfig':{'maxOutputTokens':0}} | max_output_tokens must be positive",
                "{'contents':[HI],'generationConfig':{'stopSequences':['1','2','3','4','5','6']}} | at most 5 stop",
                "{'contents':[HI],'generationConfig':{'thinkingConfig':{'thinkingBudget':1,'thinkingLevel':'low'}}} | only one of",
                "{'contents':[{'role':'system','parts':[{'text':'x'}]}]} | Please use a valid role: user, model.",
                "{'contents':[{'role':'user','parts':[]}]} | parts must not be empty",
                "{'contents':[]} | contents is not specified",
                "{} | contents is not specified",
                "{'contents':'Hi'} | Invalid value at 'contents'",
                "{ | Invalid JSON payload received.",
            })
    void gemini_refuses(String body, String reason) throws Exception {
        HttpResponse<String> error = gemini("gemini-2.5-flash", body);

        assertThat(error.statusCode()).isEqualTo(400);
        assertThat(Shape.parse(error.body()).path("error").path("status").asText())
                .isEqualTo("INVALID_ARGUMENT");
        assertThat(Shape.parse(error.body()).path("error").path("message").asText())
                .contains(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'contents':HI}",
                "{'contents':[HI],'generation_config':{'max_output_tokens':5,'top_p':'0.5','temperature':null}}",
                "{'contents':[HI],'system_instruction':{'parts':{'text':'Brief'}},'tools':[{'google_search':{}}]}",
                "{'contents':[HI],'tools':[{'functionDeclarations':[{'name':'f','parametersJsonSchema':"
                        + "{'additionalProperties':false,'$ref':'#/x'}}]}]}",
            })
    void gemini_accepts(String body) throws Exception {
        HttpResponse<String> answer = gemini("gemini-2.5-flash", body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "gemini-2.0-flash | {'presencePenalty':0.5} |",
                "gemini-2.5-flash | {'presencePenalty':0} |",
                "gemini-2.5-flash | {'presencePenalty':0.5} | Penalty is not enabled for this model",
                "gemini-3.5-flash | {'frequencyPenalty':0.5} | Penalty is not enabled for this model",
                "gemini-3.6-flash | {'thinkingConfig':{'thinkingLevel':'minimal'}} |",
                "gemini-3.7-flash | {'thinkingConfig':{'thinkingLevel':'MINIMAL'}} | Thinking level is unsupported",
                "gemini-flash-latest | {'thinkingConfig':{'thinkingLevel':'minimal'}} |",
                "gemini-pro-latest | {'thinkingConfig':{'thinkingLevel':'minimal'}} | Thinking level is unsupported"
            })
    void some_gemini_models_refuse_what_others_take(String model, String config, String reason) throws Exception {
        HttpResponse<String> answer = gemini(model, "{'contents':[HI],'generationConfig':" + config + "}");

        assertThat(answer.statusCode()).isEqualTo(reason == null ? 200 : 400);
        assertThat(answer.body()).contains(reason == null ? "candidates" : reason);
    }

    @ParameterizedTest
    @CsvSource({"gemini-2.5-flash, '', 400", "gemini-3-flash-preview, '', 400", "gemini-3-flash-preview, TRUE, 200"})
    void gemini_takes_functions_beside_its_own_tools_only_when_it_is_told_so(String model, String told, int status)
            throws Exception {
        String config = told.isEmpty() ? "" : ",'toolConfig':{'includeServerSideToolInvocations':true}";
        String body =
                "{'contents':[HI],'tools':[{'functionDeclarations':[{'name':'f'}]},{'googleSearch':{}}]" + config + "}";

        assertThat(gemini(model, body).statusCode()).isEqualTo(status);
    }

    @Test
    void gemini_3_wants_the_signature_of_the_current_turns_calls_back() throws Exception {
        String call = "{'role':'model','parts':[{'functionCall':{'name':'f','args':{}}SIGN}]}";
        String turn = "{'contents':[" + HI + "," + call
                + ",{'role':'user','parts':[{'functionResponse':{'name':'f','response':{}}}]}MORE]}";
        String unsigned = turn.replace("SIGN", "").replace("MORE", "");
        String signature = GeminiSignatures.ofCall("f", Json.object());
        String signed =
                turn.replace("SIGN", ",'thoughtSignature':'" + signature + "'").replace("MORE", "");
        String standIn = signed.replace(signature, "skip_thought_signature_validator");
        String others = signed.replace(signature, GeminiSignatures.ofCall("g", Json.object()));
        String junk = signed.replace(signature, "c2ln");
        String olderTurn = turn.replace("SIGN", "").replace("MORE", "," + HI.replace("Hi", "Thanks"));

        HttpResponse<String> refused = gemini("gemini-3-flash-preview", unsigned);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("missing a thought_signature", "`default_api:f` , position 2");
        for (String good : new String[] {signed, standIn}) {
            assertThat(gemini("gemini-3-flash-preview", good).statusCode()).isEqualTo(200);
        }
        for (String bad : new String[] {others, junk}) {
            HttpResponse<String> corrupted = gemini("gemini-3-flash-preview", bad);
            assertThat(corrupted.statusCode()).isEqualTo(400);
            assertThat(corrupted.body()).contains("Corrupted thought signature.");
        }
        assertThat(gemini("gemini-3-flash-preview", olderTurn).statusCode()).isEqualTo(200);
        assertThat(gemini("gemini-2.5-flash", unsigned).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "400 | { | Failed to parse the request body as JSON",
                "422 | {} | missing field `messages`",
                "422 | [] | Failed to deserialize the JSON body into the target type",
                "422 | {'messages':[]} | missing field `model`",
                "422 | {'model':'grok-3','messages':'Hi'} | messages: invalid type: string \"Hi\", expected a sequence",
                "422 | {'model':'grok-3','messages':[{'content':'x'}]} | messages[0]: missing field `role`",
                "422 | {'model':'grok-3','messages':[{'role':'robot','content':'x'}]} | unknown variant `robot`",
                "422 | {'model':'grok-3','messages':[MSG],'temperature':'hot'} | temperature: invalid type",
                "422 | {'model':'grok-3','messages':[MSG],'max_tokens':1.5} | max_tokens: invalid type",
                "400 | {'model':'grok-3','messages':[]} | at least one message",
                "400 | {'model':'grok-3','messages':[MSG],'temperature':2.1} | temperature",
                "400 | {'model':'grok-3','messages':[MSG],'n':0} | Invalid value for n",
                "400 | {'model':'grok-4','messages':[MSG],'stop':['x']} | Argument not supported on this model: stop",
                "400 | {'model':'grok-4','messages':[MSG],'reasoning_effort':'low'} | model: reasoningEffort",
                "400 | {'model':'grok-3','messages':[{'role':'assistant','content':'','tool_calls':[{'id':'7','function':"
                        + "{'name':'f','arguments':'{'}}]}]} | The arguments to a tool_call with ID '7' are not a valid JSON",
                "404 | {'model':'grok-0','messages':[MSG]} | The model grok-0 does not exist",
            })
    void xai_refuses(int status, String body, String reason) throws Exception {
        HttpResponse<String> error = xai(body);

        assertThat(error.body()).contains(reason);
        assertThat(error.statusCode()).isEqualTo(status);
        String type = error.headers().firstValue("Content-Type").orElse("");
        boolean plain = status == 422 || reason.startsWith("Failed to parse");
        assertThat(type).startsWith(plain ? "text/plain" : "application/json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'model':'grok-3','messages':[MSG],'x_unknown':1,'stop':null,'tools':[]}",
                "{'model':'grok-4.3','messages':[MSG],'reasoning_effort':'none','presence_penalty':null,'stop':[]}",
            })
    void xai_accepts(String body) throws Exception {
        HttpResponse<String> answer = xai(body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void xai_wants_json_by_name() throws Exception {
        String uri = sandbox.xai().baseUri() + "/chat/completions";
        try (RawClient client = RawClient.connect(sandbox.xai())) {
            client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer k\r\n"
                    + "Content-Length: 2\r\n\r\n{}");
            assertThat(client.readUntil("application/json`")).startsWith("HTTP/1.1 415 ");
        }
        assertThat(Client.send(uri + "/nowhere", "Authorization", "Bearer k", "{}")
                        .body())
                .startsWith("No handler found on route.");
    }

    private HttpResponse<String> gemini(String model, String body) throws Exception {
        return Client.gemini(sandbox, "k", model + ":generateContent", json(body.replace("HI", HI)));
    }

    private HttpResponse<String> xai(String body) throws Exception {
        return Client.xai(sandbox, "k", json(body.replace("MSG", "{'role':'user','content':'Hi'}")));
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
