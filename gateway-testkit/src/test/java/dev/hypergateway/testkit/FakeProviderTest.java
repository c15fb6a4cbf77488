package dev.hypergateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.FinishReason;
import dev.hypergateway.provider.Credential;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.ProviderStream;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.trace.KeySource;
import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.Cancellation;
import dev.hypergateway.transport.Timeouts;
import dev.hypergateway.transport.UpstreamClient;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class FakeProviderTest {
    private static final ChatRequest QUESTION = ChatRequest.of("fake/model-1", "Question?");
    private static final Failure LIMITED = Failure.of(FailureKind.RATE_LIMITED, "slow down");

    private static final UpstreamClient HTTP = UpstreamClient.builder().build();

    private final Cancellation cancellation = new Cancellation();

    @Test
    void a_fixed_text_answers_chats_and_streams() {
        FakeProvider fake = FakeProvider.answering("Hello dear user");
        ChatResponse response = fake.chat(QUESTION, call("a"));

        assertThat(response.text()).isEqualTo("Hello dear user");
        assertThat(response.finishReason()).contains(FinishReason.STOP);
        assertThat(response.model()).isEqualTo("model-1");
        List<ChatEvent> events = drain(fake.stream(QUESTION, call("b")));
        assertThat(events.get(0)).isInstanceOf(ChatEvent.Start.class);
        assertThat(events).filteredOn(ChatEvent::isContent).hasSize(3);
        assertThat(fake.calls()).extracting(FakeCall::kind).containsExactly(FakeCall.Kind.CHAT, FakeCall.Kind.STREAM);
        assertThat(fake.keysTried()).containsExactly("a", "b");
        assertThat(fake.calls().get(0).request().model()).isEqualTo("fake/model-1");
    }

    @Test
    void a_failure_is_thrown_at_once() {
        FakeProvider fake = FakeProvider.failing(LIMITED);

        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> fake.stream(QUESTION, call("a")))
                .satisfies(e -> assertThat(e.failure()).isSameAs(LIMITED));
        assertThatExceptionOfType(ProviderException.class).isThrownBy(() -> fake.chat(QUESTION, call("a")));
    }

    @Test
    void replies_come_in_order_and_keys_have_their_own() {
        FakeProvider fake = FakeProvider.replying(FakeReply.failure(LIMITED), FakeReply.echo())
                .script("special", FakeReply.text("special"))
                .script("secret-of-other", FakeReply.text("by secret"));

        assertThat(fake.chat(QUESTION, call("special")).text()).isEqualTo("special");
        assertThat(fake.chat(QUESTION, call("other")).text()).isEqualTo("by secret");
        assertThatExceptionOfType(ProviderException.class).isThrownBy(() -> fake.chat(QUESTION, call("a")));
        assertThat(fake.chat(QUESTION, call("a")).text()).isEqualTo("You said: Question?");
        assertThat(fake.chat(QUESTION, call("a")).text()).isEqualTo("You said: Question?");
    }

    @Test
    void a_stream_fails_at_its_position() {
        FakeProvider fake = FakeProvider.replying(
                FakeReply.text("one two three").failingAfter(2, Failure.of(FailureKind.INTERRUPTED, "cut")));
        ProviderCall call = call("a");
        ProviderStream stream = fake.stream(QUESTION, call);

        assertThat(stream.next()).isInstanceOf(ChatEvent.Start.class);
        assertThat(call.control().contentSeen()).isFalse();
        assertThat(stream.next()).isEqualTo(new ChatEvent.TextDelta(0, "one"));
        assertThat(stream.next()).isEqualTo(new ChatEvent.TextDelta(0, " two"));
        assertThat(call.control().contentSeen()).isTrue();
        assertThatExceptionOfType(ProviderException.class).isThrownBy(stream::next);
    }

    @Test
    void silence_ends_with_the_cancellation_or_with_its_time() {
        FakeProvider fake = FakeProvider.replying(
                FakeReply.silence(Duration.ofMinutes(5)),
                FakeReply.silence(Duration.ofMillis(1)),
                FakeReply.text("one two").silentAfter(1, Duration.ofMillis(1)));
        CompletableFuture<FailureKind> waiting =
                CompletableFuture.supplyAsync(() -> kindOf(() -> fake.chat(QUESTION, call("a"))));
        cancelWhenCalled(fake);

        assertThat(waiting.join()).isEqualTo(FailureKind.CANCELLED);
        assertThat(kindOf(() -> fake.chat(QUESTION, fresh("a")))).isEqualTo(FailureKind.TIMEOUT);
        assertThat(kindOf(() -> fake.chat(QUESTION, fresh("a")))).isEqualTo(FailureKind.INTERRUPTED);
    }

    @Test
    void id_and_models_can_be_chosen() {
        FakeProvider fake = FakeProvider.echoing().withId("other").offering("m1", "m2");

        assertThat(fake.descriptor().id()).isEqualTo("other");
        assertThat(fake.descriptor().prefix()).isEqualTo("other");
        assertThat(fake.descriptor().keySetting()).isEqualTo("OTHER_API_KEY");
        assertThat(fake.models()).extracting(model -> model.id()).containsExactly("m1", "m2");
        assertThat(fake.listModels(call("a"))).hasSize(2);
        assertThat(fake.calls()).extracting(FakeCall::kind).containsExactly(FakeCall.Kind.LIST_MODELS);
        assertThat(FakeProvider.echoing().descriptor().id()).isEqualTo("fake");
    }

    @Test
    void wrong_scripts_are_refused_with_a_reason() {
        assertThatIllegalArgumentException().isThrownBy(FakeProvider::replying);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FakeReply.text("one").failingAfter(9, LIMITED));
        assertThatIllegalArgumentException().isThrownBy(() -> FakeReply.silence(Duration.ZERO));
        assertThatIllegalStateException().isThrownBy(() -> FakeReply.echo().failingAfter(0, LIMITED));
    }

    private void cancelWhenCalled(FakeProvider fake) {
        Awaitility.await().until(() -> !fake.calls().isEmpty());
        cancellation.cancel();
    }

    private static FailureKind kindOf(Runnable call) {
        try {
            call.run();
            throw new AssertionError("the call did not fail");
        } catch (ProviderException e) {
            return e.failure().kind();
        }
    }

    private static List<ChatEvent> drain(ProviderStream stream) {
        List<ChatEvent> events = new ArrayList<>();
        for (ChatEvent event = stream.next(); event != null; event = stream.next()) {
            events.add(event);
        }
        return events;
    }

    private ProviderCall call(String key) {
        return call(key, cancellation);
    }

    private static ProviderCall fresh(String key) {
        return call(key, new Cancellation());
    }

    private static ProviderCall call(String key, Cancellation cancellation) {
        return new ProviderCall(
                "model-1",
                new Credential(KeySource.STORED, "id-" + key, key, 1, Secret.of("secret-of-" + key), Map.of()),
                URI.create("http://fake.invalid"),
                HTTP,
                new AttemptControl(Timeouts.DEFAULTS, Timeouts.DEFAULTS.total(), cancellation),
                Map.of());
    }
}
