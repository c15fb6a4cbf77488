package dev.hypergateway;

import static dev.hypergateway.ScriptedProvider.answer;
import static dev.hypergateway.ScriptedProvider.events;
import static dev.hypergateway.ScriptedProvider.fail;
import static dev.hypergateway.ScriptedProvider.limitedFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatStream;
import dev.hypergateway.failover.FailoverPolicy;
import dev.hypergateway.failover.TimeSource;
import dev.hypergateway.key.InMemoryKeyStore;
import dev.hypergateway.key.KeyHealth;
import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.Owner;
import dev.hypergateway.key.ProviderKey;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.trace.Attempt;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.trace.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each kind of failure means for the key and for the call, row by row of the table in {@code docs/failover.md}. */
class FailureTableTest {
    private final VirtualTime time = new VirtualTime();
    private final ScriptedProvider alpha = new ScriptedProvider("alpha");
    private final ScriptedProvider beta = new ScriptedProvider("beta").on("*", answer("from beta"));
    private final InMemoryKeyStore store = new InMemoryKeyStore(time);
    private final Gateway gateway = gateway(FailoverPolicy.DEFAULTS);

    @AfterEach
    void close() {
        gateway.close();
    }

    static Stream<Failure> failuresOfKeys() {
        return Stream.of(
                        Failure.builder(FailureKind.RATE_LIMITED, "slow down").httpStatus(429),
                        Failure.builder(FailureKind.QUOTA_EXHAUSTED, "no credit")
                                .httpStatus(402),
                        Failure.builder(FailureKind.CREDENTIAL_REJECTED, "wrong key")
                                .httpStatus(401),
                        Failure.builder(FailureKind.MODEL_UNAVAILABLE, "not for you")
                                .httpStatus(403),
                        Failure.builder(FailureKind.TOKEN_EXPIRED, "old token").httpStatus(401))
                .map(Failure.Builder::build);
    }

    @ParameterizedTest
    @MethodSource("failuresOfKeys")
    void what_speaks_against_a_key_costs_the_call_that_key_and_no_time(Failure failure) {
        ProviderKey bad = key("alpha", "bad");
        key("alpha", "good");
        key("beta", "other-vendor");
        alpha.on("bad", fail(failure));

        assertThat(gateway.chat("both", "hi").text()).isEqualTo("ok");

        boolean renewed = failure.kind() == FailureKind.TOKEN_EXPIRED;
        assertThat(alpha.attempts()).isEqualTo(renewed ? List.of("bad", "bad", "good") : List.of("bad", "good"));
        assertThat(beta.attempts()).isEmpty();
        assertThat(time.waits()).isEmpty();
        assertThat(health(bad)).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("failuresOfKeys")
    void when_no_key_is_left_the_next_target_answers_and_meanwhile_the_key_is_not_asked_again(Failure failure) {
        key("alpha", "bad");
        key("beta", "other-vendor");
        alpha.on("bad", fail(failure));

        assertThat(gateway.chat("both", "hi").text()).isEqualTo("from beta");
        int asked = alpha.attempts().size();
        assertThat(gateway.chat("both", "hi").text()).isEqualTo("from beta");

        assertThat(alpha.attempts()).hasSize(asked);
    }

    @Test
    void a_limit_of_the_whole_key_holds_for_every_model_and_one_of_a_model_for_that_one() {
        key("alpha", "limited");
        alpha.on("limited", fail(FailureKind.RATE_LIMITED, 429), answer("ok"));
        assertThatThrownBy(() -> gateway.chat("alpha/m", "hi")).isInstanceOf(AllKeysFailedException.class);
        assertThat(gateway.chat("alpha/other", "hi").text()).isEqualTo("ok");

        alpha.on(
                "limited",
                fail(Failure.builder(FailureKind.RATE_LIMITED, "slow down")
                        .httpStatus(429)
                        .scope(Failure.Scope.KEY)
                        .build()),
                answer("ok"));
        assertThatThrownBy(() -> gateway.chat("alpha/third", "hi")).isInstanceOf(AllKeysFailedException.class);
        assertThatThrownBy(() -> gateway.chat("alpha/other", "hi")).isInstanceOf(AllKeysFailedException.class);
    }

    @Test
    void a_used_up_quota_lasts_until_the_reset_that_the_vendor_states_and_is_not_waited_for() {
        ProviderKey only = key("alpha", "only");
        Instant midnight = VirtualTime.START.plusSeconds(5);
        alpha.on(
                "only",
                fail(Failure.builder(FailureKind.QUOTA_EXHAUSTED, "daily quota")
                        .httpStatus(429)
                        .resetAt(midnight)
                        .build()),
                answer("a new day"));

        AllKeysFailedException e =
                catchThrowableOfType(AllKeysFailedException.class, () -> gateway.chat("alpha/m", "hi"));

        assertThat(e.retryAfter()).contains(Duration.ofSeconds(5));
        assertThat(time.waits()).isEmpty();
        assertThat(health(only)).singleElement().extracting(KeyHealth::until).isEqualTo(midnight);
        time.advance(Duration.ofSeconds(5));
        assertThat(gateway.chat("alpha/m", "hi").text()).isEqualTo("a new day");
        assertThat(health(only)).isEmpty();
    }

    @Test
    void a_model_that_is_closed_to_one_key_may_be_open_to_another_and_stays_closed_for_ten_minutes() {
        ProviderKey closed = key("alpha", "closed");
        key("alpha", "open");
        alpha.on("closed", fail(FailureKind.MODEL_UNAVAILABLE, 403), answer("meanwhile open"));

        assertThat(gateway.chat("alpha/m", "hi").text()).isEqualTo("ok");
        assertThat(health(closed)).singleElement().satisfies(record -> {
            assertThat(record.state()).isEqualTo(KeyHealth.State.BLOCKED);
            assertThat(record.model()).isEqualTo("m");
            assertThat(record.until()).isEqualTo(VirtualTime.START.plus(Duration.ofMinutes(10)));
        });
        gateway.chat("alpha/m", "hi");
        assertThat(alpha.attempts()).containsExactly("closed", "open", "open");
    }

    @Test
    void a_model_that_two_keys_may_not_use_is_asked_of_the_next_target() {
        for (String secret : List.of("one", "two", "three")) {
            key("alpha", secret);
        }
        key("beta", "other-vendor");
        alpha.on("*", fail(FailureKind.MODEL_UNAVAILABLE, 404));

        assertThat(gateway.chat("both", "hi").text()).isEqualTo("from beta");
        assertThat(alpha.attempts()).containsExactly("one", "two");
    }

    @Test
    void a_token_that_is_expired_again_after_its_renewal_costs_the_key() {
        ProviderKey stale = key("alpha", "stale");
        key("alpha", "fresh");
        alpha.on("stale", fail(FailureKind.TOKEN_EXPIRED, 401));

        assertThat(gateway.chat("alpha/m", "hi").trace().attempts())
                .extracting(Attempt::verdict)
                .containsExactly(Verdict.RETRY_SAME, Verdict.NEXT_KEY, null);
        assertThat(health(stale)).singleElement().extracting(KeyHealth::state).isEqualTo(KeyHealth.State.REJECTED);
    }

    @Test
    void retries_wait_a_quarter_of_a_second_then_half_of_one_less_up_to_a_half_by_chance() {
        key("alpha", "only");
        alpha.on("only", fail(FailureKind.UNAVAILABLE, 503));
        for (int i = 0; i < 50; i++) {
            time.waits().clear();
            time.advance(Duration.ofMinutes(5));
            // An open breaker would forbid the retries.
            alpha.on("only", fail(FailureKind.UNAVAILABLE, 503), fail(FailureKind.UNAVAILABLE, 503), answer("ok"));
            gateway.chat("alpha/m", "hi");

            assertThat(time.waits()).hasSize(2);
            assertThat(time.waits().get(0)).isBetween(Duration.ofMillis(125), Duration.ofMillis(250));
            assertThat(time.waits().get(1)).isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
        }
    }

    @Test
    void retries_never_wait_longer_than_the_cap() {
        key("alpha", "only");
        alpha.on(
                "only",
                fail(FailureKind.UNAVAILABLE, 503),
                fail(FailureKind.UNAVAILABLE, 503),
                fail(FailureKind.UNAVAILABLE, 503),
                fail(FailureKind.UNAVAILABLE, 503),
                answer("ok"));
        try (Gateway patient = gateway(FailoverPolicy.builder()
                .sameTargetRetries(4)
                .backoff(Duration.ofSeconds(1), Duration.ofSeconds(2))
                .build())) {
            assertThat(patient.chat("alpha/m", "hi").text()).isEqualTo("ok");
        }
        assertThat(time.waits()).hasSize(4).allMatch(wait -> wait.compareTo(Duration.ofSeconds(2)) <= 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_vendor_that_says_nothing_is_not_asked_a_second_time(boolean streamed) {
        key("alpha", "one");
        key("alpha", "two");
        key("beta", "other-vendor");
        alpha.on(
                "*",
                fail(Failure.builder(FailureKind.TIMEOUT, "no first token")
                        .silent(true)
                        .build()));

        assertThat(text("both", streamed)).isEqualTo("from beta");
        assertThat(alpha.attempts()).hasSize(1);
        assertThatThrownBy(() -> text("alpha/m", streamed)).isInstanceOf(AllKeysFailedException.class);
        assertThat(alpha.attempts()).hasSize(2);
        assertThat(time.waits()).isEmpty();
    }

    @Test
    void streams_that_break_off_count_against_the_endpoint_and_against_no_key() {
        ProviderKey only = key("alpha", "only");
        key("beta", "other-vendor");
        alpha.on(
                "only",
                events(call -> List.of(
                        new ChatEvent.Start("id-1", Instant.EPOCH, call.model()),
                        new ChatEvent.TextDelta(0, "some"),
                        Failure.of(FailureKind.INTERRUPTED, "reset"))));
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> text("both", true)).isInstanceOf(StreamInterruptedException.class);
        }
        assertThat(text("both", true)).isEqualTo("from beta");
        time.advance(Duration.ofSeconds(5));
        assertThatThrownBy(() -> text("both", true)).as("the probe").isInstanceOf(StreamInterruptedException.class);
        assertThat(text("both", true)).isEqualTo("from beta");

        alpha.on("only", answer("whole again"));
        time.advance(Duration.ofSeconds(10));
        assertThat(text("both", true)).isEqualTo("whole again");
        alpha.on("only", fail(FailureKind.UNAVAILABLE, 503), answer("whole again"));
        assertThat(text("both", true))
                .as("one failure more is one of five again")
                .isEqualTo("whole again");
        assertThat(health(only)).isEmpty();
    }

    @Test
    void one_live_call_at_a_time_finds_out_whether_an_endpoint_is_back() {
        key("alpha", "only");
        key("beta", "other-vendor");
        alpha.on("only", fail(FailureKind.UNAVAILABLE, 503));
        gateway.chat("both", "1");
        gateway.chat("both", "2");
        int before = alpha.attempts().size();
        List<String> meanwhile = new ArrayList<>();
        alpha.on(
                "only",
                events(call -> List.of(
                        (Runnable) () -> meanwhile.add(
                                gateway.chat("both", "at the same time").text()),
                        new ChatEvent.Start("id-1", Instant.EPOCH, call.model()),
                        new ChatEvent.TextDelta(0, "back"),
                        new ChatEvent.Finish(0, dev.hypergateway.chat.FinishReason.STOP))));
        assertThat(gateway.chat("both", "3").text()).as("too early").isEqualTo("from beta");

        time.advance(Duration.ofSeconds(5));
        assertThat(gateway.chat("both", "4").text()).isEqualTo("back");

        assertThat(meanwhile).containsExactly("from beta");
        assertThat(alpha.attempts()).hasSize(before + 1);
    }

    @Test
    void a_wait_that_the_deadline_does_not_allow_is_not_begun() {
        key("alpha", "only");
        alpha.on("only", limitedFor(Duration.ofSeconds(8)));

        AllKeysFailedException e = catchThrowableOfType(
                AllKeysFailedException.class,
                () -> gateway.chat(ChatRequest.of("alpha/m", "hi").toBuilder()
                        .timeout(Duration.ofSeconds(8))
                        .build()));

        assertThat(e.retryAfter()).contains(Duration.ofSeconds(8));
        assertThat(time.waits()).isEmpty();
    }

    @Test
    void a_limit_that_is_too_long_to_wait_for_sends_the_call_to_the_next_target_at_once() {
        key("alpha", "only");
        key("beta", "other-vendor");
        alpha.on("only", limitedFor(Duration.ofSeconds(11)));

        assertThat(gateway.chat("both", "hi").text()).isEqualTo("from beta");
        assertThat(time.waits()).isEmpty();
    }

    @Test
    void a_hint_that_proves_wrong_is_believed_once_where_there_is_another_target_and_else_three_times() {
        key("alpha", "only");
        key("beta", "other-vendor");
        alpha.on("only", limitedFor(Duration.ofSeconds(2)));

        assertThat(gateway.chat("both", "hi").text()).isEqualTo("from beta");
        assertThat(alpha.attempts()).hasSize(2);

        time.advance(Duration.ofSeconds(2));
        assertThatThrownBy(() -> gateway.chat("alpha/m", "hi")).isInstanceOf(AllKeysFailedException.class);
        assertThat(alpha.attempts()).hasSize(2 + 4);
    }

    @Test
    void a_key_that_is_busy_at_its_own_limit_is_waited_for_until_a_call_ends() {
        List<Duration> pauses = new ArrayList<>();
        List<ChatStream> running = new ArrayList<>();
        TimeSource untilFirstEnds = new TimeSource(time, time::nanoTime, (pause, cancellation) -> {
            pauses.add(pause);
            if (pauses.size() == 20) {
                running.get(0).close();
            }
            return time.sleep(pause, cancellation);
        });
        try (Gateway limited = Gateway.builder()
                .provider(alpha)
                .keyStore(store)
                .time(untilFirstEnds)
                .build()) {
            limited.keys()
                    .add(
                            Owner.LOCAL,
                            new NewProviderKey(
                                    "alpha", Secret.of("busy"), "busy", null, Map.of("max_concurrent", "1")));
            running.add(limited.stream(ChatRequest.of("alpha/m", "hi")).open());

            assertThat(limited.chat("alpha/m", "hi").text()).isEqualTo("ok");
        }
        assertThat(pauses).hasSize(20);
    }

    @Test
    void a_key_of_the_environment_that_fails_leaves_the_stored_keys_as_they_are() {
        try (Gateway withEnvironment = Gateway.builder()
                .provider(alpha)
                .keyStore(store)
                .settings(Map.of("ALPHA_API_KEY", "from-environment"))
                .time(time.source())
                .build()) {
            ProviderKey stored =
                    withEnvironment.keys().add(Owner.LOCAL, new NewProviderKey("alpha", Secret.of("stored"), "stored"));
            alpha.on("stored", fail(FailureKind.UNAVAILABLE, 503), answer("ok"));
            alpha.on("from-environment", fail(FailureKind.CREDENTIAL_REJECTED, 401));

            assertThat(withEnvironment.chat("alpha/m", "hi").text()).isEqualTo("ok");
            alpha.on("stored", fail(FailureKind.RATE_LIMITED, 429));
            assertThatThrownBy(() -> withEnvironment.chat("alpha/m", "hi")).isInstanceOf(AllKeysFailedException.class);

            assertThat(withEnvironment.keys().find(Owner.LOCAL, stored.id()))
                    .get()
                    .satisfies(status -> {
                        assertThat(status.key().selected()).isTrue();
                        assertThat(status.health())
                                .extracting(KeyHealth::state)
                                .containsExactly(KeyHealth.State.COOLING);
                    });
        }
    }

    private String text(String model, boolean streamed) {
        if (!streamed) {
            return gateway.chat(model, "hi").text();
        }
        try (ChatStream stream = gateway.stream(ChatRequest.of(model, "hi"))) {
            return stream.response().text();
        }
    }

    private Gateway gateway(FailoverPolicy policy) {
        return Gateway.builder()
                .provider(alpha)
                .provider(beta)
                .keyStore(store)
                .route("both", "alpha/m", "beta/m")
                .policy(policy)
                .time(time.source())
                .build();
    }

    private ProviderKey key(String provider, String secret) {
        return gateway.keys().add(Owner.LOCAL, new NewProviderKey(provider, Secret.of(secret), secret));
    }

    private List<KeyHealth> health(ProviderKey key) {
        return gateway.keys().find(Owner.LOCAL, key.id()).orElseThrow().health();
    }
}
