package dev.hypergateway;

import static dev.hypergateway.ScriptedProvider.answer;
import static dev.hypergateway.ScriptedProvider.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.chat.ChatStream;
import dev.hypergateway.failover.FailoverPolicy;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.trace.Attempt;
import dev.hypergateway.trace.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HedgingTest {
    private final ScriptedProvider alpha = new ScriptedProvider("alpha");
    private final ScriptedProvider beta = new ScriptedProvider("beta");
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final Gateway gateway = Gateway.builder()
            .provider(alpha)
            .provider(beta)
            .environmentKey("alpha", "key-a")
            .environmentKey("beta", "key-b")
            .route("both", "alpha/m", "beta/m")
            .policy(FailoverPolicy.builder().hedgeAfter(Duration.ofMillis(20)).build())
            .build();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void a_second_attempt_answers_when_the_first_is_slow_and_the_first_is_cancelled() throws InterruptedException {
        alpha.on("key-a", silentUntilCancelled());
        beta.on("key-b", answer("from the second"));

        ChatResponse response = gateway.chat("both", "hi");

        assertThat(response.text()).isEqualTo("from the second");
        assertThat(response.model()).isEqualTo("beta/m");
        cancelled.await();
        assertThat(response.trace().attempts())
                .extracting(Attempt::provider, Attempt::failure)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("alpha", FailureKind.CANCELLED),
                        org.assertj.core.groups.Tuple.tuple("beta", null));
    }

    @Test
    void a_stream_is_hedged_until_its_first_content() throws InterruptedException {
        alpha.on("key-a", silentUntilCancelled());
        beta.on("key-b", answer("from the second"));

        try (ChatStream stream = gateway.stream(ChatRequest.of("both", "hi"))) {
            assertThat(stream.text()).isEqualTo("from the second");
        }
        cancelled.await();
    }

    @Test
    void a_quick_answer_needs_no_second() {
        assertThat(gateway.chat("both", "hi").text()).isEqualTo("ok");
        assertThat(beta.attempts()).isEmpty();
    }

    @Test
    void a_first_attempt_that_wins_after_all_is_taken() {
        CountDownLatch secondStarted = new CountDownLatch(1);
        alpha.on("key-a", events(call -> {
            await(secondStarted);
            return answerEvents();
        }));
        beta.on("key-b", events(call -> {
            secondStarted.countDown();
            CountDownLatch lost = new CountDownLatch(1);
            call.control().cancellation().onCancel(lost::countDown);
            await(lost);
            return List.of(Failure.of(FailureKind.CANCELLED, "lost"));
        }));

        assertThat(gateway.chat("both", "hi").text()).isEqualTo("from the first");
    }

    @Test
    void when_both_fail_the_exception_lists_the_attempts_of_both() {
        CountDownLatch secondStarted = new CountDownLatch(1);
        alpha.on("key-a", events(call -> {
            await(secondStarted);
            return List.of(Failure.builder(FailureKind.CREDENTIAL_REJECTED, "no")
                    .httpStatus(401)
                    .build());
        }));
        beta.on("key-b", events(call -> {
            secondStarted.countDown();
            return List.of(Failure.builder(FailureKind.CREDENTIAL_REJECTED, "no")
                    .httpStatus(401)
                    .build());
        }));
        assertThatThrownBy(() -> gateway.chat("both", "hi"))
                .isInstanceOfSatisfying(
                        AllKeysFailedException.class,
                        e -> assertThat(e.attempts())
                                .extracting(Attempt::provider)
                                .contains("alpha", "beta"));
    }

    private ScriptedProvider.Step silentUntilCancelled() {
        return events(call -> {
            CountDownLatch mine = new CountDownLatch(1);
            call.control().cancellation().onCancel(mine::countDown);
            await(mine);
            cancelled.countDown();
            return List.of(Failure.of(FailureKind.CANCELLED, "cancelled"));
        });
    }

    private static List<?> answerEvents() {
        return List.of(
                new dev.hypergateway.chat.ChatEvent.TextDelta(0, "from the first"),
                new dev.hypergateway.chat.ChatEvent.Finish(0, dev.hypergateway.chat.FinishReason.STOP));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
