package dev.hypergateway;

import static dev.hypergateway.ScriptedProvider.answer;
import static dev.hypergateway.ScriptedProvider.events;
import static dev.hypergateway.ScriptedProvider.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypergateway.FinishedCall.End;
import dev.hypergateway.FinishedCall.Kind;
import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatStream;
import dev.hypergateway.chat.FinishReason;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.failover.FailoverPolicy;
import dev.hypergateway.key.Owner;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.Pricing;
import dev.hypergateway.trace.Attempt;
import dev.hypergateway.trace.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallListenerTest {
    private static final ChatEvent START = new ChatEvent.Start("id", Instant.EPOCH, "m");
    private static final ChatEvent STOP = new ChatEvent.Finish(0, FinishReason.STOP);
    private static final Usage USAGE =
            Usage.builder().promptTokens(10).completionTokens(20).build();

    private final VirtualTime time = new VirtualTime();
    private final ScriptedProvider alpha = new ScriptedProvider("alpha");
    private final ScriptedProvider beta = new ScriptedProvider("beta");
    private final List<FinishedCall> heard = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Gateway gateway = Gateway.builder()
            .provider(alpha)
            .provider(beta)
            .environmentKey("alpha", "key-a")
            .environmentKey("beta", "key-b")
            .route("both", "alpha/m", "beta/m")
            .callListener(call -> {
                throw new IllegalStateException("a listener that fails is nobody's business");
            })
            .callListener(heard::add)
            .callListener(call -> threads.add(Thread.currentThread()))
            .policy(FailoverPolicy.builder()
                    .midStream(FailoverPolicy.MidStream.RESUME)
                    .build())
            .time(time.source())
            .build();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void an_answer_is_told_with_its_usage_and_failed_attempts_cost_nothing() {
        alpha.on("key-a", takes(Duration.ofSeconds(3), Failure.of(FailureKind.CREDENTIAL_REJECTED, "no")));
        beta.on(
                "key-b",
                events(call -> List.of(
                        (Runnable) () -> time.advance(Duration.ofSeconds(2)),
                        START,
                        text("yes"),
                        STOP,
                        new ChatEvent.UsageReport(USAGE))));

        gateway.chat("both", "hi");

        assertThat(heard).singleElement().satisfies(call -> {
            assertThat(call.kind()).isEqualTo(Kind.CHAT);
            assertThat(call.model()).isEqualTo("both");
            assertThat(call.owner()).isEqualTo(Owner.LOCAL);
            assertThat(call.end()).isEqualTo(End.ANSWERED);
            assertThat(call.duration()).isEqualTo(Duration.ofSeconds(5));
            assertThat(call.provider()).contains("beta");
            assertThat(call.usage()).isEqualTo(USAGE);
            assertThat(call.usageEstimated()).isFalse();
            assertThat(call.failure()).isNull();
            assertThat(call.trace().attempts())
                    .extracting(Attempt::failure, Attempt::duration)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(FailureKind.CREDENTIAL_REJECTED, Duration.ofSeconds(3)),
                            org.assertj.core.groups.Tuple.tuple(null, Duration.ofSeconds(2)));
        });
        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void a_call_that_nobody_answers_is_told_with_the_exception_and_without_usage() {
        alpha.on("key-a", fail(FailureKind.CREDENTIAL_REJECTED, 401));

        assertThatThrownBy(() -> gateway.chat("alpha/m", "hi")).isInstanceOf(AllKeysFailedException.class);

        assertThat(heard).singleElement().satisfies(call -> {
            assertThat(call.end()).isEqualTo(End.FAILED);
            assertThat(call.failure()).isInstanceOf(AllKeysFailedException.class);
            assertThat(call.usage()).isNull();
            assertThat(call.trace().attempts()).hasSize(1);
        });
    }

    @Test
    void a_stream_is_told_once_at_its_end() {
        alpha.on("key-a", events(call -> List.of(START, text("yes"), STOP, new ChatEvent.UsageReport(USAGE))));

        try (ChatStream stream = gateway.stream(ChatRequest.of("alpha/m", "hi"))) {
            stream.open();
            assertThat(heard).isEmpty();
            assertThat(stream.text()).isEqualTo("yes");
            assertThat(stream.text()).isEqualTo("yes");
        }

        assertThat(heard).singleElement().satisfies(call -> {
            assertThat(call.kind()).isEqualTo(Kind.STREAM);
            assertThat(call.end()).isEqualTo(End.ANSWERED);
            assertThat(call.usage()).isEqualTo(USAGE);
        });
    }

    @Test
    void a_closed_stream_is_billed_for_what_came() {
        Pricing price = Pricing.of("USD", LocalDate.EPOCH, "1000000", "2000000");
        alpha.on("key-a", events(call -> List.of(START, text("twelve bytes"), text("and many more"), STOP)));
        try (Gateway priced = Gateway.builder()
                .provider(alpha.offering(new Model("m", "alpha", null, 1000).withPricing(price)))
                .environmentKey("alpha", "key-a")
                .callListener(heard::add)
                .build()) {
            try (ChatStream stream = priced.stream(ChatRequest.of("alpha/m", "привет"))) {
                stream.iterator().next();
                stream.iterator().next();
            }
        }

        assertThat(heard).singleElement().satisfies(call -> {
            assertThat(call.end()).isEqualTo(End.CANCELLED);
            assertThat(call.failure()).isNull();
            assertThat(call.usageEstimated()).isTrue();
            assertThat(call.usage().promptTokens()).isEqualTo(3);
            assertThat(call.usage().completionTokens()).isEqualTo(3);
            assertThat(call.usage().cost())
                    .get()
                    .satisfies(cost -> assertThat(cost.amount()).isEqualByComparingTo("9"));
        });
    }

    @Test
    void the_vendors_own_figures_count_before_any_estimate() {
        alpha.on(
                "key-a",
                events(call -> List.of(START, new ChatEvent.UsageReport(USAGE), text("yes"), text(" and no"), STOP)));

        try (ChatStream stream = gateway.stream(ChatRequest.of("alpha/m", "hi"))) {
            stream.iterator().next();
            stream.iterator().next();
        }

        assertThat(heard).singleElement().satisfies(call -> {
            assertThat(call.end()).isEqualTo(End.CANCELLED);
            assertThat(call.usage()).isEqualTo(USAGE);
            assertThat(call.usageEstimated()).isFalse();
        });
    }

    @Test
    void a_stream_that_breaks_off_is_told_with_what_came() {
        alpha.on(
                "key-a",
                events(call -> List.of(START, text("12345678"), Failure.of(FailureKind.INTERRUPTED, "reset"))));
        try (ChatStream stream = gateway.stream(
                ChatRequest.of("alpha/m", "four").toBuilder().n(2).build())) {
            assertThatThrownBy(stream::text).isInstanceOf(StreamInterruptedException.class);
        }

        assertThat(heard).singleElement().satisfies(call -> {
            assertThat(call.end()).isEqualTo(End.INTERRUPTED);
            assertThat(call.failure()).isInstanceOf(StreamInterruptedException.class);
            assertThat(call.usage())
                    .isEqualTo(
                            Usage.builder().promptTokens(1).completionTokens(2).build());
            assertThat(call.usageEstimated()).isTrue();
            assertThat(call.trace().attempts()).extracting(Attempt::failure).containsExactly(FailureKind.INTERRUPTED);
        });
    }

    @Test
    void both_answers_of_a_rescued_stream_are_billed() {
        alpha.on(
                "key-a",
                events(call -> List.of(START, text("12345678"), Failure.of(FailureKind.INTERRUPTED, "reset"))));
        beta.on(
                "key-b",
                events(call -> List.of(START, text("12345678 and 9"), STOP, new ChatEvent.UsageReport(USAGE))));
        try (ChatStream stream = gateway.stream(ChatRequest.of("both", "four"))) {
            assertThat(stream.text()).isEqualTo("12345678 and 9");
        }

        assertThat(heard).singleElement().satisfies(call -> {
            assertThat(call.end()).isEqualTo(End.ANSWERED);
            assertThat(call.usage())
                    .isEqualTo(Usage.builder()
                            .promptTokens(11)
                            .completionTokens(22)
                            .build());
            assertThat(call.usageEstimated()).isTrue();
        });
    }

    @Test
    void a_stream_that_nobody_reads_and_a_refused_request_are_not_told() {
        gateway.stream(ChatRequest.of("alpha/m", "hi")).close();
        assertThatThrownBy(() -> gateway.chat("nobody/m", "hi")).isInstanceOf(UnknownModelException.class);
        alpha.on("key-a", answer("ok"));

        assertThat(heard).isEmpty();
    }

    private ScriptedProvider.Step takes(Duration duration, Failure failure) {
        return events(call -> List.of((Runnable) () -> time.advance(duration), failure));
    }

    private static ChatEvent text(String text) {
        return new ChatEvent.TextDelta(0, text);
    }
}
