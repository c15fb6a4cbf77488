package dev.hypergateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import dev.hypergateway.key.ProviderKey;
import dev.hypergateway.testkit.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The official OpenAI client for Java against this server. */
class OpenAiSdkTest {
    private final RunningGateway running = new RunningGateway();
    private final OpenAIClient client = client(RunningGateway.KEY);

    @AfterEach
    void close() {
        client.close();
        running.close();
    }

    @ParameterizedTest
    @CsvSource({"google/gemini-2.5-flash, google", "x-ai/grok-4, xai"})
    void gets_a_chat_answer_although_the_first_keys_fail(String model, String provider) {
        ProviderKey good = failingKeysAndAGoodOne(provider);

        ChatCompletion completion = client.chat().completions().create(params(model, "hello"));

        assertThat(completion.model()).isEqualTo(model);
        assertThat(completion.choices()).singleElement().satisfies(choice -> {
            assertThat(choice.message().content()).contains("You said: hello");
            assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        });
        assertThat(completion.usage())
                .hasValueSatisfying(usage ->
                        assertThat(usage.totalTokens()).isEqualTo(usage.promptTokens() + usage.completionTokens()));
        assertThat(running.selected(provider)).isEqualTo(good.id());
    }

    @ParameterizedTest
    @CsvSource({"google/gemini-2.5-flash, google", "x-ai/grok-4, xai"})
    void gets_a_stream_although_the_first_keys_fail(String model, String provider) {
        ProviderKey good = failingKeysAndAGoodOne(provider);

        List<ChatCompletionChunk> chunks = new ArrayList<>();
        try (StreamResponse<ChatCompletionChunk> stream = client.chat()
                .completions()
                .createStreaming(params(model, "[[words:20]]").toBuilder()
                        .streamOptions(ChatCompletionStreamOptions.builder()
                                .includeUsage(true)
                                .build())
                        .build())) {
            stream.stream().forEach(chunks::add);
        }

        assertThat(text(chunks)).startsWith("word1 word2").endsWith("word20");
        assertThat(chunks).allMatch(chunk -> chunk.model().equals(model));
        assertThat(chunks.stream().flatMap(chunk -> chunk.choices().stream()))
                .filteredOn(choice -> choice.finishReason().isPresent())
                .hasSize(1);
        assertThat(chunks).filteredOn(chunk -> chunk.usage().isPresent()).hasSize(1);
        assertThat(running.selected(provider)).isEqualTo(good.id());
    }

    @Test
    void a_broken_stream_is_an_exception_after_the_text_that_came() {
        running.store("google", "good-key-000000");
        running.sandbox.gemini().script("good-key-000000", Reply.ok().cutAfter(2));
        List<ChatCompletionChunk> chunks = new ArrayList<>();

        assertThatThrownBy(() -> {
                    try (StreamResponse<ChatCompletionChunk> stream = client.chat()
                            .completions()
                            .createStreaming(params("google/gemini-2.5-flash", "[[words:9]]"))) {
                        stream.stream().forEach(chunks::add);
                    }
                })
                .isInstanceOf(OpenAIException.class);
        assertThat(text(chunks)).isEqualTo("word1 word2");
    }

    @Test
    void errors_become_the_exceptions_of_the_sdk() {
        running.store("google", "good-key-000000");
        running.sandbox.gemini().script("good-key-000000", Reply.badRequest("nonsense"));

        assertThatThrownBy(() -> client.chat().completions().create(params("google/gemini-2.5-flash", "hello")))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("nonsense");
        assertThatThrownBy(() -> client.chat().completions().create(params("nobody/knows-this", "hello")))
                .isInstanceOf(NotFoundException.class);
        OpenAIClient stranger = client("sk-wrong-key-0000000");
        assertThatThrownBy(() -> stranger.models().list()).isInstanceOf(UnauthorizedException.class);
        stranger.close();
    }

    @Test
    void lists_models() {
        assertThat(client.models().list().data())
                .extracting(com.openai.models.models.Model::id)
                .contains("google/gemini-2.5-flash");
        assertThat(client.models().retrieve("google/gemini-2.5-flash").id()).isEqualTo("google/gemini-2.5-flash");
    }

    private ProviderKey failingKeysAndAGoodOne(String provider) {
        running.store(provider, "dead-key-000000");
        running.store(provider, "limited-key-000000");
        running.store(provider, "forbidden-key-000000");
        (provider.equals("google") ? running.sandbox.gemini() : running.sandbox.xai())
                .script("dead-key-000000", Reply.invalidKey())
                .script("limited-key-000000", Reply.rateLimited(Duration.ofSeconds(30)))
                .script("forbidden-key-000000", Reply.forbidden());
        return running.store(provider, "good-key-000000");
    }

    private OpenAIClient client(String key) {
        return OpenAIOkHttpClient.builder()
                .apiKey(key)
                .baseUrl(running.server.uri() + "/v1")
                .maxRetries(0)
                .build();
    }

    private static ChatCompletionCreateParams params(String model, String prompt) {
        return ChatCompletionCreateParams.builder()
                .model(model)
                .addUserMessage(prompt)
                .build();
    }

    private static String text(List<ChatCompletionChunk> chunks) {
        return chunks.stream()
                .flatMap(chunk -> chunk.choices().stream())
                .map(choice -> choice.delta().content().orElse(""))
                .collect(Collectors.joining());
    }
}
