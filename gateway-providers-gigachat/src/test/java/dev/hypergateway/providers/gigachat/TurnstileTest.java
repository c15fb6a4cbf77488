package dev.hypergateway.providers.gigachat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.Cancellation;
import dev.hypergateway.transport.Timeouts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TurnstileTest {
    private final Turnstile turnstile = new Turnstile();

    @Test
    void lets_as_many_in_as_may_be() {
        Turnstile.Turn first = turnstile.enter(2, control());
        Turnstile.Turn second = turnstile.enter(2, control());
        CompletableFuture<Turnstile.Turn> third = entering(2);

        assertThat(third).isNotDone();
        first.close();
        assertThat(third).succeedsWithin(Duration.ofSeconds(10));
        second.close();
    }

    @Test
    void hands_turns_over_in_order_of_arrival() {
        Turnstile.Turn first = turnstile.enter(1, control());
        List<CompletableFuture<Turnstile.Turn>> waiting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            waiting.add(entering(1));
        }
        first.close();
        for (CompletableFuture<Turnstile.Turn> next : waiting) {
            assertThat(next).succeedsWithin(Duration.ofSeconds(10));
            next.join().close();
        }
        turnstile.enter(1, control()).close();
    }

    @Test
    void a_turn_ends_once() {
        Turnstile.Turn first = turnstile.enter(1, control());
        first.close();
        first.close();
        turnstile.enter(1, control());

        assertThat(entering(1)).isNotDone();
    }

    @Test
    void a_call_that_waits_can_be_cancelled_and_loses_nothing_to_others() {
        Turnstile.Turn first = turnstile.enter(1, control());
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();

        assertThat(failure(new AttemptControl(Timeouts.DEFAULTS, Duration.ofMinutes(1), cancellation))
                        .kind())
                .isEqualTo(FailureKind.CANCELLED);
        first.close();
        turnstile.enter(1, control()).close();
    }

    @Test
    void a_call_whose_time_is_over_speaks_against_the_key_for_a_moment_only() {
        turnstile.enter(1, control());

        Failure failure = failure(new AttemptControl(Timeouts.DEFAULTS, Duration.ofMillis(20), new Cancellation()));

        assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(1));
        assertThat(failure.message()).contains("GIGACHAT_MAX_CONCURRENCY");
    }

    private Failure failure(AttemptControl control) {
        return catchThrowableOfType(ProviderException.class, () -> turnstile.enter(1, control))
                .failure();
    }

    /** Begins to wait; gives back when the queue has it. */
    private CompletableFuture<Turnstile.Turn> entering(int limit) {
        int before = turnstile.queueLength();
        CompletableFuture<Turnstile.Turn> turn = CompletableFuture.supplyAsync(
                () -> turnstile.enter(limit, control()), task -> new Thread(task).start());
        await().until(() -> turnstile.queueLength() > before);
        return turn;
    }

    private static AttemptControl control() {
        return AttemptControl.withDefaults();
    }
}
