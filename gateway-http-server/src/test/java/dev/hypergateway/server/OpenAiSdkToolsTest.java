package dev.hypergateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tools and structured answers by the own helpers of the official OpenAI client for Java, at all vendors. */
class OpenAiSdkToolsTest {
    private final RunningGateway running = new RunningGateway();
    private final OpenAIClient client = OpenAIOkHttpClient.builder()
            .baseUrl(running.server.uri() + "/v1")
            .apiKey(RunningGateway.KEY)
            .maxRetries(0)
            .build();

    @AfterEach
    void close() {
        client.close();
        running.close();
    }

    /** What the tool takes, as the SDK makes a function of it. */
    public static class GetWeather {
        @JsonPropertyDescription("the name of the city")
        public String city = "";

        public String report() {
            return "It rains in " + city + ".";
        }
    }

    /** What an answer shall look like. */
    public static class Invoice {
        public String number = "";
        public int total;
        public List<String> lines = List.of();
    }

    @ParameterizedTest
    @CsvSource({
        "google/gemini-3-flash-preview, google, false", "google/gemini-2.5-flash, google, true",
        "x-ai/grok-4.3, xai, false", "x-ai/grok-4.3, xai, true",
        "sber/GigaChat-2-Max, gigachat, false", "sber/GigaChat-2-Max, gigachat, true"
    })
    void a_tool_is_called_and_its_result_answered(String model, String provider, boolean stream) {
        running.store(provider, "good-key-000000");
        ChatCompletionCreateParams.Builder params = ChatCompletionCreateParams.builder()
                .model(model)
                .addTool(GetWeather.class)
                .addUserMessage("[[tool:GetWeather]] {\"city\": \"Paris\"}");

        ChatCompletion.Choice asking = ask(params.build(), stream);
        assertThat(asking.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
        ChatCompletionMessage message = asking.message();
        params.addMessage(message);
        ChatCompletionMessageFunctionToolCall call =
                message.toolCalls().orElseThrow().get(0).asFunction();
        assertThat(call.function().name()).isEqualTo("GetWeather");
        GetWeather arguments = call.function().arguments(GetWeather.class);
        assertThat(arguments.city).isEqualTo("Paris");
        params.addMessage(ChatCompletionToolMessageParam.builder()
                .toolCallId(call.id())
                .contentAsJson(arguments.report())
                .build());

        ChatCompletion.Choice answer = ask(params.build(), stream);
        assertThat(answer.message().content())
                .hasValueSatisfying(
                        text -> assertThat(text).contains("The tool said").contains("It rains in Paris."));
        assertThat(answer.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
    }

    @ParameterizedTest
    @CsvSource({
        "google/gemini-2.5-flash, google",
        "x-ai/grok-4.3, xai",
        "sber/GigaChat-2-Max, gigachat",
        "perplexity/sonar-pro, perplexity"
    })
    void an_answer_is_an_object_of_the_callers_class(String model, String provider) {
        running.store(provider, "good-key-000000");

        List<Invoice> invoices = client
                .chat()
                .completions()
                .create(ChatCompletionCreateParams.builder()
                        .model(model)
                        .addUserMessage("the invoice, please")
                        .responseFormat(Invoice.class)
                        .build())
                .choices()
                .stream()
                .flatMap(choice -> choice.message().content().stream())
                .toList();

        assertThat(invoices)
                .singleElement()
                .satisfies(invoice -> assertThat(invoice.number).contains("the invoice, please"));
    }

    private ChatCompletion.Choice ask(ChatCompletionCreateParams params, boolean stream) {
        if (!stream) {
            return client.chat().completions().create(params).choices().get(0);
        }
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> chunks =
                client.chat().completions().createStreaming(params)) {
            chunks.stream().forEach(whole::accumulate);
        }
        return whole.chatCompletion().choices().get(0);
    }
}
