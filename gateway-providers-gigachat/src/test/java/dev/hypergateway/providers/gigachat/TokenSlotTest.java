package dev.hypergateway.providers.gigachat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.ProviderException;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.transport.AttemptControl;
import dev.hypergateway.transport.Cancellation;
import dev.hypergateway.transport.Timeouts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TokenSlotTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicInteger fetches = new AtomicInteger();
    private final TokenSlot slot = new TokenSlot(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void fetches_once_and_keeps_the_token() {
        AccessToken token = slot.get(fetching(NOW.plusSeconds(1800)), control());

        assertThat(slot.get(fetching(NOW.plusSeconds(1800)), control())).isSameAs(token);
        assertThat(fetches).hasValue(1);
    }

    @Test
    void renews_a_token_sixty_seconds_before_its_end() {
        slot.get(fetching(NOW.plusSeconds(60)), control());
        slot.get(fetching(NOW.plusSeconds(61)), control());
        slot.get(fetching(NOW.plusSeconds(1800)), control());

        assertThat(fetches).hasValue(2);
    }

    @Test
    void drops_the_token_that_was_refused_and_no_newer_one() {
        AccessToken old = slot.get(fetching(NOW.plusSeconds(1800)), control());
        slot.drop(old);
        AccessToken fresh = slot.get(fetching(NOW.plusSeconds(1800)), control());
        slot.drop(old);

        assertThat(slot.get(fetching(NOW.plusSeconds(1800)), control())).isSameAs(fresh);
        assertThat(fetches).hasValue(2);
    }

    @Test
    void those_who_wait_share_the_token_and_the_refusal() {
        CountDownLatch answer = new CountDownLatch(1);
        CompletableFuture<AccessToken> first = async(() -> slot.get(
                () -> {
                    pass(answer);
                    throw new ProviderException(Failure.of(FailureKind.CREDENTIAL_REJECTED, "no such key"));
                },
                control()));
        await().until(() -> slot.waiting() == 0);
        CompletableFuture<AccessToken> second = async(() -> slot.get(fetching(NOW.plusSeconds(1800)), control()));
        await().until(() -> slot.waiting() == 1);
        answer.countDown();

        assertThat(first).failsWithin(Duration.ofSeconds(10));
        assertThat(second).failsWithin(Duration.ofSeconds(10));
        assertThat(fetches).hasValue(0);
    }

    @Test
    void the_cancelling_of_one_call_is_not_the_others_failure() {
        CountDownLatch answer = new CountDownLatch(1);
        CompletableFuture<AccessToken> first = async(() -> slot.get(
                () -> {
                    pass(answer);
                    throw new ProviderException(Failure.of(FailureKind.CANCELLED, "cancelled"));
                },
                control()));
        await().until(() -> slot.waiting() == 0);
        CompletableFuture<AccessToken> second = async(() -> slot.get(fetching(NOW.plusSeconds(1800)), control()));
        await().until(() -> slot.waiting() == 1);
        answer.countDown();

        assertThat(first).failsWithin(Duration.ofSeconds(10));
        assertThat(second).succeedsWithin(Duration.ofSeconds(10));
        assertThat(fetches).hasValue(1);
    }

    @Test
    void waiting_for_another_call_ends_with_ones_own_limits() {
        CountDownLatch answer = new CountDownLatch(1);
        CompletableFuture<AccessToken> first = async(() -> slot.get(
                () -> {
                    pass(answer);
                    return token(NOW.plusSeconds(1800));
                },
                control()));
        await().until(() -> slot.waiting() == 0);
        Cancellation cancelled = new Cancellation();
        cancelled.cancel();

        assertThatThrownBy(() -> slot.get(
                        fetching(NOW), new AttemptControl(Timeouts.DEFAULTS, Duration.ofMinutes(1), cancelled)))
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.CANCELLED));
        answer.countDown();
        assertThat(first).succeedsWithin(Duration.ofSeconds(10));
    }

    private Supplier<AccessToken> fetching(Instant expiresAt) {
        return () -> {
            fetches.incrementAndGet();
            return token(expiresAt);
        };
    }

    private static AccessToken token(Instant expiresAt) {
        return new AccessToken(Secret.of("token-" + System.nanoTime()), expiresAt);
    }

    private static <T> CompletableFuture<T> async(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, work -> new Thread(work).start());
    }

    private static void pass(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static AttemptControl control() {
        return AttemptControl.withDefaults();
    }
}
