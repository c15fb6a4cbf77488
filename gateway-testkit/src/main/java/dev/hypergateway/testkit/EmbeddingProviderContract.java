package dev.hypergateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypergateway.embedding.Embedding;
import dev.hypergateway.embedding.EmbeddingInput;
import dev.hypergateway.embedding.EmbeddingRequest;
import dev.hypergateway.embedding.EmbeddingResponse;
import dev.hypergateway.provider.Capability;
import dev.hypergateway.provider.ChatProvider;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.trace.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What every provider that makes embeddings has to do, as tests; extended like the {@link ChatProviderContract}. Needs JUnit Jupiter
 * and AssertJ.
 */
public abstract non-sealed class EmbeddingProviderContract extends CapabilityContract {
    /** For subclasses. */
    protected EmbeddingProviderContract() {}

    @Test
    void gives_one_vector_for_each_text_in_their_order() {
        EmbeddingResponse response = embed(List.of("contract-one", "contract-two", "contract-one"));

        List<Embedding> vectors = response.embeddings();
        assertThat(vectors).extracting(Embedding::index).containsExactly(0, 1, 2);
        assertThat(vectors)
                .extracting(Embedding::dimensions)
                .containsOnly(vectors.get(0).dimensions());
        assertThat(vectors.get(0).dimensions()).isGreaterThan(1);
        assertThat(vectors.get(2).vector()).isEqualTo(vectors.get(0).vector());
        assertThat(vectors.get(1).vector()).isNotEqualTo(vectors.get(0).vector());
        response.usage().ifPresent(usage -> {
            assertThat(usage.promptTokens()).isPositive();
            assertThat(usage.totalTokens()).isEqualTo(usage.promptTokens());
        });
    }

    @Test
    void tells_the_vendor_every_text() {
        embed(List.of("contract-one", "contract-two"));

        assertThat(server().lastRequest()).containsSubsequence("contract-one", "contract-two");
    }

    @Test
    void passes_on_or_refuses_what_is_asked_by_its_name() {
        ProviderCall call = call();
        List<EmbeddingInput> inputs =
                List.of(EmbeddingInput.of("contract-one"), new EmbeddingInput.Tokens(List.of(4711)));
        EmbeddingRequest request =
                EmbeddingRequest.builder().model(modelAsked()).inputs(inputs).build();

        ProviderException e = catchThrowableOfType(ProviderException.class, () -> embed(request, call));

        if (e == null) {
            assertThat(server().lastRequest()).contains("4711");
        } else {
            assertThat(e.failure().kind()).isEqualTo(FailureKind.INVALID_REQUEST);
            assertThat(e.failure().param()).contains("input[1]");
            assertThat(server().awaitCall(Duration.ZERO))
                    .as("the vendor is asked")
                    .isFalse();
        }
    }

    @Test
    void tells_or_names_what_nobody_knows() {
        ProviderCall call = call();
        embed(
                EmbeddingRequest.builder()
                        .model(modelAsked())
                        .input("contract-one")
                        .extra(Map.of("contract_field", "contract-value"))
                        .build(),
                call);

        if (!call.ignored().contains("contract_field")) {
            assertThat(server().lastRequest()).contains("contract-value");
        }
    }

    @Override
    final Capability capability() {
        return Capability.EMBEDDINGS;
    }

    @Override
    final boolean isOffered(ChatProvider by) {
        return by.embeddings().isPresent();
    }

    @Override
    final void ask(ProviderCall call) {
        embed(EmbeddingRequest.of(modelAsked(), List.of("contract-one")), call);
    }

    private EmbeddingResponse embed(List<String> texts) {
        return embed(EmbeddingRequest.of(modelAsked(), texts), call());
    }

    private EmbeddingResponse embed(EmbeddingRequest request, ProviderCall call) {
        return tested().embeddings().orElseThrow().embed(request, call);
    }
}
