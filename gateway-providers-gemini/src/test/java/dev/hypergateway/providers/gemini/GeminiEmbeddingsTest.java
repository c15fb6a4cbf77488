package dev.hypergateway.providers.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypergateway.embedding.EmbeddingInput;
import dev.hypergateway.embedding.EmbeddingRequest;
import dev.hypergateway.embedding.EmbeddingResponse;
import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.recordings.LoopbackServer;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.trace.KeySource;
import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.UpstreamClient;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiEmbeddingsTest {
    private static final Secret KEY = Secret.of("AIza-key-of-the-test");

    private final LoopbackServer gemini = new LoopbackServer();
    private final UpstreamClient client = UpstreamClient.builder().build();
    private final GeminiProvider provider = new GeminiProvider();

    @AfterEach
    void close() {
        client.close();
        gemini.close();
    }

    /** The usage of gemini-embedding-2 as crmne/ruby_llm has recorded it on 2026-08-19. */
    @Test
    void counts_tokens_where_the_model_states_them() {
        gemini.answer(
                200,
                "application/json; charset=UTF-8",
                "{\"embeddings\":[{\"values\":[0.5,-0.25]}],\"usageMetadata\":{\"promptTokenCount\":8,"
                        + "\"promptTokenDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":8}]}}");

        EmbeddingResponse response = embed(
                EmbeddingRequest.of("m", List.of("Ruby is a programmer's best friend")),
                call("models/gemini-embedding-2"));

        assertThat(response.vector()).containsExactly(0.5f, -0.25f);
        assertThat(response.usage().orElseThrow().promptTokens()).isEqualTo(8);
        assertThat(response.usage().orElseThrow().totalTokens()).isEqualTo(8);
        assertThat(gemini.lastAsked().uri()).hasToString("/v1beta/models/gemini-embedding-2:batchEmbedContents");
        assertThat(gemini.lastAsked().header("x-goog-api-key")).isEqualTo(KEY.reveal());
        assertThat(gemini.lastAsked().json().at("/requests/0/model").asText()).isEqualTo("models/gemini-embedding-2");
    }

    @Test
    void takes_googles_own_options_from_where_clients_put_them() {
        for (Map<String, Object> extra : List.<Map<String, Object>>of(
                Map.of("task_type", "RETRIEVAL_DOCUMENT", "title", "T"),
                Map.of("google", Map.of("taskType", "RETRIEVAL_DOCUMENT", "title", "T")),
                Map.of("extra_body", Map.of("google", Map.of("task_type", "RETRIEVAL_DOCUMENT", "title", "T"))))) {
            gemini.answer(200, "application/json", "{\"embeddings\":[{\"values\":[1]}]}");

            embed(EmbeddingRequest.builder().model("m").input("a").extra(extra).build(), call("gemini-embedding-001"));

            assertThat(gemini.lastAsked().json().at("/requests/0/taskType").asText())
                    .isEqualTo("RETRIEVAL_DOCUMENT");
            assertThat(gemini.lastAsked().json().at("/requests/0/title").asText())
                    .isEqualTo("T");
        }
    }

    @Test
    void tells_what_was_left_out() {
        gemini.answer(200, "application/json", "{\"embeddings\":[{\"values\":[1]}]}");
        ProviderCall call = call("gemini-embedding-001");

        embed(
                EmbeddingRequest.builder()
                        .model("m")
                        .input("a")
                        .endUser("me")
                        .extra(Map.of("mood", "good", "google", Map.of()))
                        .build(),
                call);

        assertThat(call.ignored()).containsExactlyInAnyOrder("user", "mood");
    }

    @Test
    void refuses_what_it_cannot_embed_before_anything_is_sent() {
        EmbeddingRequest many = EmbeddingRequest.of("m", Collections.nCopies(101, "a"));
        EmbeddingRequest tokens = EmbeddingRequest.builder()
                .model("m")
                .inputs(List.of(EmbeddingInput.of("a"), new EmbeddingInput.Tokens(List.of(1))))
                .build();
        EmbeddingRequest odd = EmbeddingRequest.builder()
                .model("m")
                .input("a")
                .extra(Map.of("task_type", 5))
                .build();

        assertThat(failure(many, "gemini-embedding-001").param()).contains("input");
        assertThat(failure(many, "gemini-embedding-001").message())
                .contains("at most 100")
                .contains("got 101");
        assertThat(failure(tokens, "gemini-embedding-001").param()).contains("input[1]");
        assertThat(failure(odd, "gemini-embedding-001").param()).contains("task_type");
        assertThat(failure(EmbeddingRequest.of("m", List.of("a")), "../files").param())
                .contains("model");
        assertThat(gemini.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"embeddings\":[{}]}", "{\"embeddings\":[{\"values\":[]}]}", "[]", "<html>"})
    void an_answer_without_numbers_is_none(String body) {
        gemini.answer(200, "application/json", body);

        assertThat(failure(EmbeddingRequest.of("m", List.of("a")), "gemini-embedding-001")
                        .kind())
                .isEqualTo(FailureKind.UNAVAILABLE);
    }

    private EmbeddingResponse embed(EmbeddingRequest request, ProviderCall call) {
        return provider.embeddings().orElseThrow().embed(request, call);
    }

    private Failure failure(EmbeddingRequest request, String model) {
        return catchThrowableOfType(ProviderException.class, () -> embed(request, call(model)))
                .failure();
    }

    private ProviderCall call(String model) {
        return new ProviderCall(
                model,
                new Credential(KeySource.CALLER, null, "test", 1, KEY, Map.of()),
                gemini.address("/v1beta"),
                client,
                AttemptControl.withDefaults(),
                Map.of());
    }
}
