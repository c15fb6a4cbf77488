package dev.hypergateway;

import static dev.hypergateway.ScriptedProvider.events;
import static dev.hypergateway.ScriptedProvider.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatStream;
import dev.hypergateway.chat.FinishReason;
import dev.hypergateway.chat.Message;
import dev.hypergateway.chat.ResponseFormat;
import dev.hypergateway.failover.FailoverPolicy;
import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.Owner;
import dev.hypergateway.provider.Capability;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.trace.Attempt;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.trace.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MidStreamRescueTest {
    private static final ChatRequest REQUEST = ChatRequest.of("both", "hi");
    private static final ChatEvent START = new ChatEvent.Start("id", Instant.EPOCH, "m");
    private static final ChatEvent STOP = new ChatEvent.Finish(0, FinishReason.STOP);
    private static final Failure CUT = Failure.of(FailureKind.INTERRUPTED, "connection reset");

    private final VirtualTime time = new VirtualTime();
    private final ScriptedProvider alpha = new ScriptedProvider("alpha");
    private final ScriptedProvider beta = new ScriptedProvider("beta");
    private final Gateway gateway = Gateway.builder()
            .provider(alpha)
            .provider(beta)
            .route("both", "alpha/m", "beta/m")
            .policy(FailoverPolicy.builder()
                    .midStream(FailoverPolicy.MidStream.RESUME)
                    .build())
            .time(time.source())
            .build();

    @BeforeEach
    void keys() {
        gateway.keys().add(Owner.LOCAL, new NewProviderKey("alpha", Secret.of("key-a"), "a"));
        gateway.keys().add(Owner.LOCAL, new NewProviderKey("beta", Secret.of("key-b"), "b"));
        alpha.on("key-a", events(call -> List.of(START, text("The sky "), text("is blue "), CUT)));
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void the_part_already_delivered_is_swallowed_when_the_new_answer_repeats_it() {
        beta.on(
                "key-b",
                events(call -> List.of(
                        START,
                        new ChatEvent.ReasoningDelta(0, "thinking again"),
                        text("The "),
                        text("sky is blue because"),
                        text(" of Rayleigh."),
                        STOP)));

        try (ChatStream stream = gateway.stream(REQUEST)) {
            List<ChatEvent> seen = new ArrayList<>();
            stream.forEach(seen::add);

            assertThat(seen.subList(1, seen.size()))
                    .containsExactly(
                            text("The sky "),
                            text("is blue "),
                            new ChatEvent.Extra(ChatEvent.Extra.WHOLE_ANSWER, Map.of("x_hyper_resumed", "beta")),
                            text("because"),
                            text(" of Rayleigh."),
                            STOP);
            assertThat(stream.text()).isEqualTo("The sky is blue because of Rayleigh.");
            assertThat(stream.trace().attempts())
                    .extracting(Attempt::number, Attempt::provider)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(1, "alpha"),
                            org.assertj.core.groups.Tuple.tuple(2, "beta"));
        }
    }

    @Test
    void an_answer_that_differs_cannot_be_glued_on_so_the_interruption_stands() {
        beta.on("key-b", events(call -> List.of(START, text("The sky was "), STOP)));

        try (ChatStream stream = gateway.stream(REQUEST)) {
            assertThatThrownBy(stream::text)
                    .isInstanceOfSatisfying(
                            StreamInterruptedException.class,
                            e -> assertThat(e.partial().text()).isEqualTo("The sky is blue "));
        }
    }

    @Test
    void an_answer_that_ends_too_early_cannot_be_glued_on_either() {
        beta.on("key-b", events(call -> List.of(START, text("The sky "), STOP)));

        try (ChatStream stream = gateway.stream(REQUEST)) {
            assertThatThrownBy(stream::text).isInstanceOf(StreamInterruptedException.class);
        }
    }

    @Test
    void a_rescue_that_breaks_off_too_is_not_rescued_again() {
        beta.on("key-b", events(call -> List.of(START, text("The sky is blue and"), CUT)));

        try (ChatStream stream = gateway.stream(REQUEST)) {
            assertThatThrownBy(stream::text)
                    .isInstanceOfSatisfying(
                            StreamInterruptedException.class,
                            e -> assertThat(e.partial().text()).isEqualTo("The sky is blue and"));
        }
        assertThat(alpha.attempts()).hasSize(1);
        assertThat(beta.attempts()).hasSize(1);
    }

    @Test
    void when_nobody_else_can_answer_the_interruption_stands() {
        beta.on("key-b", fail(FailureKind.CREDENTIAL_REJECTED, 401));

        try (ChatStream stream = gateway.stream(REQUEST)) {
            assertThatThrownBy(stream::text).isInstanceOf(StreamInterruptedException.class);
        }
    }

    @Test
    void tool_calls_and_json_answers_are_never_rescued() {
        try (ChatStream stream = gateway.stream(
                REQUEST.toBuilder().responseFormat(ResponseFormat.JSON_OBJECT).build())) {
            assertThatThrownBy(stream::text).isInstanceOf(StreamInterruptedException.class);
        }
        alpha.on(
                "key-a",
                events(call -> List.of(START, new ChatEvent.ToolCallDelta(0, 0, "id", "f", "{\"a\":", Map.of()), CUT)));
        try (ChatStream stream = gateway.stream(REQUEST)) {
            assertThatThrownBy(stream::text).isInstanceOf(StreamInterruptedException.class);
        }
        assertThat(beta.attempts()).isEmpty();
    }

    @Test
    void a_model_that_goes_on_from_a_beginning_is_given_the_part_already_delivered() {
        List<ChatRequest> asked = new ArrayList<>();
        beta.offering(
                new Model("m", "beta", null, 1000).withCapabilities(Set.of(Capability.STREAMING, Capability.PREFILL)));
        beta.on("key-b", events((request, call) -> {
            asked.add(request);
            return List.of(
                    START,
                    new ChatEvent.ReasoningDelta(0, "what comes next?"),
                    text("because "),
                    text("of Rayleigh."),
                    STOP);
        }));
        try (Gateway continuing = rescuing(builder -> {});
                ChatStream stream = continuing.stream(REQUEST)) {
            List<ChatEvent> seen = new ArrayList<>();
            stream.forEach(seen::add);

            assertThat(seen.subList(1, seen.size()))
                    .containsExactly(
                            text("The sky "),
                            text("is blue "),
                            new ChatEvent.Extra(ChatEvent.Extra.WHOLE_ANSWER, Map.of("x_hyper_resumed", "beta")),
                            text("because "),
                            text("of Rayleigh."),
                            STOP);
            assertThat(stream.text()).isEqualTo("The sky is blue because of Rayleigh.");
            assertThat(stream.trace().attempts())
                    .extracting(Attempt::provider, Attempt::failure, Attempt::verdict)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("alpha", FailureKind.INTERRUPTED, Verdict.NEXT_TARGET),
                            org.assertj.core.groups.Tuple.tuple("beta", null, null));
        }
        assertThat(asked)
                .singleElement()
                .satisfies(request -> assertThat(request.messages())
                        .containsExactly(Message.user("hi"), Message.assistant("The sky is blue ")));
    }

    @Test
    void a_model_that_refuses_the_beginning_is_asked_the_same_question_instead() {
        List<ChatRequest> asked = new ArrayList<>();
        beta.on("key-b", events((request, call) -> {
            asked.add(request);
            return request.messages().size() > 1
                    ? List.of(Failure.builder(
                                    FailureKind.INVALID_REQUEST, "Requests ending with a model turn are not supported")
                            .httpStatus(400)
                            .build())
                    : List.of(START, text("The sky is blue because."), STOP);
        }));
        try (Gateway continuing = rescuing(builder -> builder.prefill("beta/M"));
                ChatStream stream = continuing.stream(REQUEST)) {
            assertThat(stream.text()).isEqualTo("The sky is blue because.");
            assertThat(stream.trace().attempts())
                    .extracting(Attempt::provider, Attempt::failure, Attempt::verdict)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("alpha", FailureKind.INTERRUPTED, Verdict.NEXT_TARGET),
                            org.assertj.core.groups.Tuple.tuple(
                                    "beta", FailureKind.INVALID_REQUEST, Verdict.RETRY_SAME),
                            org.assertj.core.groups.Tuple.tuple("beta", null, null));
        }
        assertThat(asked).extracting(request -> request.messages().size()).containsExactly(2, 1);
        assertThat(time.waits()).isEmpty();
    }

    @Test
    void a_model_that_refuses_the_beginning_and_answers_otherwise_leaves_the_honest_error() {
        beta.on(
                "key-b",
                events((request, call) -> request.messages().size() > 1
                        ? List.of(Failure.of(FailureKind.INVALID_REQUEST, "no prefill"))
                        : List.of(START, text("Blue light is scattered."), STOP)));
        try (Gateway continuing = rescuing(builder -> builder.prefill("beta/m"));
                ChatStream stream = continuing.stream(REQUEST)) {
            assertThatThrownBy(stream::text).isInstanceOfSatisfying(StreamInterruptedException.class, e -> {
                assertThat(e.partial().text()).isEqualTo("The sky is blue ");
                assertThat(e.attempts()).extracting(Attempt::succeeded).containsOnly(false);
            });
        }
    }

    @Test
    void an_answer_that_was_whole_already_only_gets_its_end() {
        beta.on("key-b", events(call -> List.of(START, STOP)));
        try (Gateway continuing = rescuing(builder -> builder.settings(Map.of("HYPER_PREFILL_MODELS", "beta/m")));
                ChatStream stream = continuing.stream(REQUEST)) {
            assertThat(stream.response().finishReason()).contains(FinishReason.STOP);
            assertThat(stream.text()).isEqualTo("The sky is blue ");
        }
    }

    @Test
    void a_model_to_be_given_beginnings_has_to_exist() {
        assertThatThrownBy(() -> rescuing(builder -> builder.prefill("nobody/m")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HYPER_PREFILL_MODELS")
                .hasMessageContaining("nobody/m");
    }

    private Gateway rescuing(Consumer<GatewayBuilder> changes) {
        GatewayBuilder builder = Gateway.builder()
                .provider(alpha)
                .provider(beta)
                .environmentKey("alpha", "key-a")
                .environmentKey("beta", "key-b")
                .route("both", "alpha/m", "beta/m")
                .policy(FailoverPolicy.builder()
                        .midStream(FailoverPolicy.MidStream.RESUME)
                        .build())
                .time(time.source());
        changes.accept(builder);
        return builder.build();
    }

    private static ChatEvent text(String text) {
        return new ChatEvent.TextDelta(0, text);
    }
}
