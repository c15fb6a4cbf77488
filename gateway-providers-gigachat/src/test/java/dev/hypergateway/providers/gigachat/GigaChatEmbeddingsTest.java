package dev.hypergateway.providers.gigachat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypergateway.embedding.EmbeddingInput;
import dev.hypergateway.embedding.EmbeddingRequest;
import dev.hypergateway.embedding.EmbeddingResponse;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.trace.FailureKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What recordings do not show; those of embeddings are replayed by {@link RecordedExchangesTest}. */
class GigaChatEmbeddingsTest {
    private static final String ANSWER =
            "{'object':'list','data':[{'object':'embedding','index':1,'embedding':[2,0.5],'usage':{'prompt_tokens':4}},"
                    + "{'object':'embedding','index':0,'embedding':[1,-0.5],'usage':{'prompt_tokens':3}}],'model':'Embeddings'}";

    private final LoopbackGigaChat gigachat = new LoopbackGigaChat();
    private final GigaChatProvider provider = new GigaChatProvider();

    @AfterEach
    void close() {
        gigachat.close();
    }

    @Test
    void sums_the_tokens_and_puts_vectors_into_order() {
        gigachat.json(200, ANSWER);

        EmbeddingResponse response = embed(EmbeddingRequest.of("m", List.of("a", "b")), gigachat.call("embeddings"));

        assertThat(response.vector()).containsExactly(1, -0.5f);
        assertThat(response.usage().orElseThrow().promptTokens()).isEqualTo(7);
        assertThat(gigachat.asked().body())
                .as("in the vendor's spelling, and always a list")
                .isEqualTo("{\"model\":\"Embeddings\",\"input\":[\"a\",\"b\"]}");
    }

    @Test
    void tells_what_was_left_out() {
        gigachat.json(200, ANSWER);
        ProviderCall call = gigachat.call("Embeddings");

        embed(
                EmbeddingRequest.builder()
                        .model("m")
                        .input("a")
                        .input("b")
                        .endUser("me")
                        .extra(Map.of("task_type", "CLUSTERING"))
                        .build(),
                call);

        assertThat(call.ignored()).containsExactlyInAnyOrder("user", "task_type");
        assertThat(gigachat.asked().json().size()).isEqualTo(2);
    }

    @Test
    void refuses_dimensions_and_tokens_before_anything_is_sent() {
        Failure dimensions = failure(
                EmbeddingRequest.builder().model("m").input("a").dimensions(256).build());
        Failure tokens = failure(EmbeddingRequest.builder()
                .model("m")
                .inputs(List.of(new EmbeddingInput.Tokens(List.of(1))))
                .build());

        assertThat(dimensions.param()).contains("dimensions");
        assertThat(tokens.param()).contains("input[0]");
        assertThat(gigachat.timesAskedForToken()).isZero();
    }

    @Test
    void a_package_that_does_not_cover_embeddings_is_a_matter_of_the_key() {
        gigachat.json(402, "{'status':402,'message':'Payment Required'}");

        assertThat(failure(EmbeddingRequest.of("m", List.of("a"))).kind()).isEqualTo(FailureKind.QUOTA_EXHAUSTED);
    }

    @Test
    void an_expired_token_is_renewed() {
        gigachat.json(401, "{'status':401,'message':'Token has expired'}").json(200, ANSWER);
        EmbeddingRequest request = EmbeddingRequest.of("m", List.of("a", "b"));

        assertThat(failure(request).kind()).isEqualTo(FailureKind.TOKEN_EXPIRED);
        embed(request, gigachat.call("Embeddings"));

        assertThat(gigachat.timesAskedForToken()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{'data':[{'embedding':[]}]}", "{'data':[{}]}", "{'data':[{'embedding':['x']}]}", "[]", "<html>"
            })
    void an_answer_without_vectors_is_none(String body) {
        gigachat.json(200, body);

        assertThat(failure(EmbeddingRequest.of("m", List.of("a"))).kind()).isEqualTo(FailureKind.UNAVAILABLE);
    }

    @Test
    void lists_the_models_that_embed() {
        gigachat.json(
                200,
                "{'object':'list','data':[{'id':'GigaChat-2-Max','object':'model','type':'chat'},"
                        + "{'id':'Embeddings-9','object':'model','owned_by':'salutedevices','type':'embedder'},"
                        + "{'id':'GigaFilter','object':'model','type':'filter'}]}");

        List<Model> models = provider.listModels(gigachat.call());

        assertThat(models).extracting(Model::id).containsExactly("GigaChat-2-Max", "Embeddings-9");
        assertThat(models.get(1).capabilities()).hasToString("[EMBEDDINGS]");
    }

    private EmbeddingResponse embed(EmbeddingRequest request, ProviderCall call) {
        return provider.embeddings().orElseThrow().embed(request, call);
    }

    private Failure failure(EmbeddingRequest request) {
        return catchThrowableOfType(ProviderException.class, () -> embed(request, gigachat.call("Embeddings")))
                .failure();
    }
}
