package dev.hypergateway;

import static dev.hypergateway.ScriptedProvider.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypergateway.audit.AuditAction;
import dev.hypergateway.audit.AuditEvent;
import dev.hypergateway.chat.Cost;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.embedding.Embedding;
import dev.hypergateway.embedding.EmbeddingInput;
import dev.hypergateway.embedding.EmbeddingRequest;
import dev.hypergateway.embedding.EmbeddingResponse;
import dev.hypergateway.key.InMemoryKeyStore;
import dev.hypergateway.key.KeyHealth;
import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.Owner;
import dev.hypergateway.key.ProviderKey;
import dev.hypergateway.provider.Capability;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.Pricing;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.trace.Attempt;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.trace.KeySource;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EmbeddingCallsTest {
    private static final Model EMBEDDER = new Model("embedder", "alpha", null, 2048)
            .withCapabilities(Set.of(Capability.EMBEDDINGS))
            .withPricing(Pricing.of("USD", LocalDate.of(2026, 8, 1), "2", "0"));
    private static final Model TALKER =
            new Model("talker", "alpha", null, 2048).withCapabilities(Set.of(Capability.STREAMING));

    private final VirtualTime time = new VirtualTime();
    private final ScriptedProvider alpha =
            new ScriptedProvider("alpha").offering(EMBEDDER, TALKER).embedding(EmbeddingCallsTest::lengths);
    private final ScriptedProvider beta = new ScriptedProvider("beta").embedding(EmbeddingCallsTest::lengths);
    private final ScriptedProvider mute = new ScriptedProvider("mute");
    private final InMemoryKeyStore store = new InMemoryKeyStore(time);
    private final List<AuditEvent> audit = new CopyOnWriteArrayList<>();
    private final Gateway gateway = Gateway.builder()
            .provider(alpha)
            .provider(beta)
            .provider(mute)
            .keyStore(store)
            .auditListener(audit::add)
            .route("vectors", "mute/m", "alpha/talker", "alpha/embedder", "beta/e")
            .time(time.source())
            .build();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void texts_become_vectors_in_their_order() {
        key("alpha", "key-a", "a");

        EmbeddingResponse response =
                gateway.embed(EmbeddingRequest.of("Alpha/embedder", List.of("one", "three", "seventeen")));

        assertThat(response.embeddings())
                .extracting(Embedding::vector)
                .containsExactly(new float[] {3}, new float[] {5}, new float[] {9});
        assertThat(response.model()).isEqualTo("Alpha/embedder");
        assertThat(response.usage().orElseThrow().cost())
                .contains(new Cost(new BigDecimal("0.000006"), "USD", Cost.Source.COMPUTED));
        assertThat(response.trace().served()).get().satisfies(attempt -> {
            assertThat(attempt.model()).isEqualTo("embedder");
            assertThat(attempt.keyName()).isEqualTo("a");
            assertThat(attempt.keySource()).isEqualTo(KeySource.STORED);
        });
        assertThat(gateway.embed("alpha/embedder", "four").vector()).containsExactly(4);
    }

    @Test
    void a_dead_key_is_replaced_put_aside_and_told_in_the_audit_trail() {
        ProviderKey dead = key("alpha", "dead-secret", "dead");
        ProviderKey good = key("alpha", "good-secret", "good");
        alpha.on("dead-secret", fail(FailureKind.CREDENTIAL_REJECTED, 401));
        audit.clear();

        EmbeddingResponse response = gateway.embed("alpha/embedder", "hi");

        assertThat(response.trace().attempts())
                .extracting(Attempt::failure)
                .containsExactly(FailureKind.CREDENTIAL_REJECTED, null);
        gateway.keys().flush(Duration.ofSeconds(5));
        assertThat(store.find(Owner.LOCAL, good.id()))
                .get()
                .extracting(ProviderKey::selected)
                .isEqualTo(true);
        assertThat(audit)
                .extracting(AuditEvent::action, AuditEvent::keyId)
                .contains(
                        org.assertj.core.groups.Tuple.tuple(AuditAction.UNSELECT, dead.id()),
                        org.assertj.core.groups.Tuple.tuple(AuditAction.SELECT, good.id()));
        assertThat(gateway.keys().find(Owner.LOCAL, dead.id()).orElseThrow().health())
                .extracting(KeyHealth::state)
                .containsExactly(KeyHealth.State.REJECTED);
    }

    @Test
    void a_route_passes_over_who_has_no_embeddings_and_goes_on_after_an_outage() {
        key("mute", "key-m", "m");
        key("alpha", "key-a", "a");
        key("beta", "key-b", "b");
        alpha.on("key-a", fail(FailureKind.UNAVAILABLE, 503));

        EmbeddingResponse response = gateway.embed("vectors", "hello");

        assertThat(mute.attempts()).isEmpty();
        assertThat(response.model()).isEqualTo("beta/e");
        assertThat(response.trace().attempts())
                .extracting(Attempt::model)
                .containsOnly("embedder", "e")
                .last()
                .isEqualTo("e");
    }

    @Test
    void fallbacks_of_the_request_work_as_in_a_chat() {
        key("alpha", "key-a", "a");
        key("beta", "key-b", "b");
        alpha.on("key-a", fail(FailureKind.MODEL_UNAVAILABLE, 404));

        EmbeddingResponse response = gateway.embed(EmbeddingRequest.builder()
                .model("alpha/embedder")
                .fallbacks(List.of("beta/e"))
                .input("x")
                .build());

        assertThat(response.model()).isEqualTo("beta/e");
    }

    @Test
    void a_vendor_or_model_without_embeddings_is_refused_before_anything_is_sent() {
        key("mute", "key-m", "m");
        key("alpha", "key-a", "a");

        for (String model : List.of("mute/m", "alpha/talker")) {
            InvalidRequestException e =
                    catchThrowableOfType(InvalidRequestException.class, () -> gateway.embed(model, "x"));

            assertThat(e.status()).isEqualTo(400);
            assertThat(e.param()).contains("model");
            assertThat(e).hasMessageContaining("alpha/embedder");
            assertThat(e.attempts()).isEmpty();
        }
        assertThat(mute.attempts()).isEmpty();
        assertThat(alpha.attempts()).isEmpty();
    }

    @Test
    void a_model_that_nobody_describes_is_for_its_vendor_to_judge() {
        key("alpha", "key-a", "a");

        assertThat(gateway.embed("alpha/brand-new", "x").vector()).hasSize(1);
    }

    @Test
    void the_callers_own_key_comes_first_and_is_never_stored() {
        key("alpha", "key-a", "a");

        EmbeddingResponse response = gateway.embed(
                EmbeddingRequest.of("alpha/embedder", List.of("x")),
                new CallOptions(Owner.LOCAL, Map.of("alpha", Secret.of("their-own"))));

        assertThat(alpha.attempts()).containsExactly("their-own");
        assertThat(response.trace().served().orElseThrow().keySource()).isEqualTo(KeySource.CALLER);
    }

    @Test
    void too_few_vectors_are_no_answer() {
        key("alpha", "key-a", "a");
        key("beta", "key-b", "b");
        alpha.embedding(request -> lengths(EmbeddingRequest.of("m", List.of("only one"))));

        EmbeddingResponse response = gateway.embed(EmbeddingRequest.of("vectors", List.of("one", "two")));

        assertThat(response.trace().attempts().get(0).failure()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(response.trace().attempts().get(0).message()).contains("1 vectors for 2 inputs");
        assertThat(response.model()).isEqualTo("beta/e");
    }

    @Test
    void an_input_that_is_too_long_is_named_as_such() {
        key("alpha", "key-a", "a");
        alpha.on(
                "key-a",
                fail(Failure.builder(FailureKind.CONTEXT_TOO_LONG, "at most 2048 tokens")
                        .httpStatus(400)
                        .build()));

        ContextTooLongException e =
                catchThrowableOfType(ContextTooLongException.class, () -> gateway.embed("alpha/embedder", "long"));

        assertThat(e.param()).contains("input");
        assertThat(e).hasMessageContaining("Shorten 'input'");
    }

    @Test
    void nothing_to_embed_and_unknown_models_are_told() {
        InvalidRequestException empty = catchThrowableOfType(
                InvalidRequestException.class,
                () -> gateway.embed(
                        EmbeddingRequest.builder().model("alpha/embedder").build()));
        UnknownModelException unknown =
                catchThrowableOfType(UnknownModelException.class, () -> gateway.embed("nobody/x", "x"));

        assertThat(empty.param()).contains("input");
        assertThat(unknown.status()).isEqualTo(404);
    }

    private ProviderKey key(String provider, String secret, String name) {
        return gateway.keys().add(Owner.LOCAL, new NewProviderKey(provider, Secret.of(secret), name));
    }

    /** Each text as a vector of one number, its length; a token for each text. */
    private static EmbeddingResponse lengths(EmbeddingRequest request) {
        List<EmbeddingInput> inputs = request.inputs();
        return EmbeddingResponse.builder()
                .model("whatever")
                .embeddings(IntStream.range(0, inputs.size())
                        .mapToObj(i -> new Embedding(i, new float[] {
                            ((EmbeddingInput.Text) inputs.get(i)).text().length()
                        }))
                        .toList())
                .usage(Usage.builder().promptTokens(inputs.size()).build())
                .build();
    }
}
