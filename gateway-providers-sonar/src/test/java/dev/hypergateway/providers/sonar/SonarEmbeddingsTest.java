package dev.hypergateway.providers.sonar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypergateway.embedding.Embedding;
import dev.hypergateway.embedding.EmbeddingInput;
import dev.hypergateway.embedding.EmbeddingRequest;
import dev.hypergateway.embedding.EmbeddingResponse;
import dev.hypergateway.openai.StatedCost;
import dev.hypergateway.provider.Capability;
import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Model;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SonarEmbeddingsTest {
    /** As recorded on 2026-08-10 (crmne/ruby_llm, embedding_perplexity_int8_embeddings), the vectors cut to their first bytes. */
    private static final String ANSWER = """
            {"data":[{"embedding":"1/8A807U","index":0,"object":"embedding"},{"embedding":"Hu4A1ypC","index":1,"object":"embedding"},
            {"embedding":"N/kAjFcS","index":2,"object":"embedding"}],"model":"pplx-embed-v1-0.6b","object":"list",
            "usage":{"cost":{"currency":"USD","input_cost":0.000000012,"total_cost":0.000000012},"prompt_tokens":3,"total_tokens":3}}""";

    private static final Secret KEY = Secret.of("pplx-key-of-the-test");

    private final LoopbackServer perplexity = new LoopbackServer();
    private final UpstreamClient client = UpstreamClient.builder().build();
    private final SonarProvider provider = new SonarProvider();
    private final ProviderCall call = new ProviderCall(
            "pplx-embed-v1-0.6b",
            new Credential(KeySource.CALLER, null, "test", 1, KEY, Map.of()),
            perplexity.address(""),
            client,
            AttemptControl.withDefaults(),
            Map.of());

    @AfterEach
    void close() {
        client.close();
        perplexity.close();
    }

    @Test
    void asks_and_reads_as_recorded() {
        perplexity.answer(200, "application/json", ANSWER);

        EmbeddingResponse response =
                embed(request("Ruby", "Python", "JavaScript").dimensions(256).build());

        assertThat(perplexity.lastAsked().uri()).hasToString("/v1/embeddings");
        assertThat(perplexity.lastAsked().header("Authorization")).isEqualTo("Bearer " + KEY.reveal());
        assertThat(perplexity.lastAsked().body())
                .isEqualTo("{\"model\":\"pplx-embed-v1-0.6b\",\"input\":[\"Ruby\",\"Python\",\"JavaScript\"],"
                        + "\"encoding_format\":\"base64_int8\",\"dimensions\":256}");
        assertThat(response.embeddings())
                .extracting(Embedding::vector)
                .containsExactly(
                        new float[] {-41, -1, 0, -13, 78, -44},
                        new float[] {30, -18, 0, -41, 42, 66},
                        new float[] {55, -7, 0, -116, 87, 18});
        assertThat(response.usage().orElseThrow().promptTokens()).isEqualTo(3);
        assertThat(StatedCost.of(response.usage().orElseThrow()).orElseThrow().amount())
                .isEqualByComparingTo("0.000000012");
    }

    @Test
    void a_single_text_goes_as_such_and_the_user_stays_here() {
        perplexity.answer(200, "application/json", ANSWER);

        embed(request("Ruby is a programmer's best friend")
                .endUser("me")
                .extra(Map.of("mood", "good"))
                .build());

        assertThat(perplexity.lastAsked().json().path("input").asText()).startsWith("Ruby is");
        assertThat(perplexity.lastAsked().json().path("mood").asText()).isEqualTo("good");
        assertThat(perplexity.lastAsked().json().has("user")).isFalse();
        assertThat(call.ignored()).containsExactly("user");
    }

    @Test
    void refuses_tokens_and_too_many_texts_before_anything_is_sent() {
        Failure tokens = failure(EmbeddingRequest.builder()
                .model("m")
                .inputs(List.of(EmbeddingInput.of("a"), new EmbeddingInput.Tokens(List.of(1, 2))))
                .build());
        Failure many = failure(EmbeddingRequest.of("m", Collections.nCopies(513, "a")));

        assertThat(tokens.param()).contains("input[1]");
        assertThat(many.param()).contains("input");
        assertThat(many.message()).contains("at most 512");
        assertThat(List.of(tokens, many)).extracting(Failure::kind).containsOnly(FailureKind.INVALID_REQUEST);
        assertThat(perplexity.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":[{\"embedding\":[0.1]}]}",
                "{\"data\":[{\"embedding\":\"\"}]}",
                "{\"data\":[{\"embedding\":\"#\"}]}"
            })
    void an_answer_in_another_form_is_none(String body) {
        perplexity.answer(200, "application/json", body);

        assertThat(failure(request("a").build()).kind()).isEqualTo(FailureKind.UNAVAILABLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "401|{\"error\":{\"message\":\"Invalid API key provided.\",\"type\":\"invalid_api_key\",\"code\":401}}|CREDENTIAL_REJECTED",
                "422|{\"detail\":[{\"loc\":[\"body\",\"dimensions\"],\"msg\":\"too small\",\"type\":\"value_error\"}]}|INVALID_REQUEST",
                "429|{\"error\":{\"message\":\"slow down\",\"type\":\"request_rate_limit_exceeded\",\"code\":429}}|RATE_LIMITED"
            })
    void the_error_table_of_chats_holds_here_too(int status, String body, FailureKind kind) {
        perplexity.answer(status, "application/json", body);

        assertThat(failure(request("a").build()).kind()).isEqualTo(kind);
    }

    @Test
    void knows_the_models_that_embed() {
        assertThat(provider.models())
                .filteredOn(model -> model.can(Capability.EMBEDDINGS))
                .extracting(Model::id)
                .containsExactlyInAnyOrder("pplx-embed-v1-4b", "pplx-embed-v1-0.6b");
        assertThat(provider.images()).isEmpty();
    }

    private EmbeddingResponse embed(EmbeddingRequest request) {
        return provider.embeddings().orElseThrow().embed(request, call);
    }

    private Failure failure(EmbeddingRequest request) {
        return catchThrowableOfType(ProviderException.class, () -> embed(request))
                .failure();
    }

    private static EmbeddingRequest.Builder request(String... texts) {
        return EmbeddingRequest.builder().model("perplexity/pplx-embed-v1-0.6b").texts(List.of(texts));
    }
}
