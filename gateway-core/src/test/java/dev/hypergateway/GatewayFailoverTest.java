package dev.hypergateway;

import static dev.hypergateway.ScriptedProvider.answer;
import static dev.hypergateway.ScriptedProvider.events;
import static dev.hypergateway.ScriptedProvider.fail;
import static dev.hypergateway.ScriptedProvider.limitedFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hypergateway.audit.AuditAction;
import dev.hypergateway.audit.AuditEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponse;
import dev.hypergateway.failover.Explanation;
import dev.hypergateway.failover.FailoverPolicy;
import dev.hypergateway.key.InMemoryKeyStore;
import dev.hypergateway.key.KeyHealth;
import dev.hypergateway.key.KeyStatus;
import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.Owner;
import dev.hypergateway.key.ProviderKey;
import dev.hypergateway.key.ProviderKeyChange;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.routing.Route;
import dev.hypergateway.trace.Attempt;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.trace.KeySource;
import dev.hypergateway.trace.Verdict;
import dev.hypergateway.transport.UpstreamHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatewayFailoverTest {
    private final VirtualTime time = new VirtualTime();
    private final ScriptedProvider alpha = new ScriptedProvider("alpha");
    private final ScriptedProvider beta = new ScriptedProvider("beta");
    private final InMemoryKeyStore store = new InMemoryKeyStore(time);
    private final List<AuditEvent> audit = new CopyOnWriteArrayList<>();
    private final Gateway gateway = Gateway.builder()
            .provider(alpha)
            .provider(beta)
            .keyStore(store)
            .auditListener(audit::add)
            .route("both", "alpha/m", "beta/m")
            .time(time.source())
            .build();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void the_selected_key_serves_and_the_caller_sees_its_own_model_name() {
        key("alpha", "first-secret", "first");
        key("alpha", "second-secret", "second");

        ChatResponse response = gateway.chat("Alpha/some-model", "hi");

        assertThat(response.text()).isEqualTo("ok");
        assertThat(response.model()).isEqualTo("Alpha/some-model");
        assertThat(alpha.attempts()).containsExactly("first-secret");
        assertThat(response.trace().attempts()).hasSize(1);
        assertThat(response.trace().served()).get().satisfies(attempt -> {
            assertThat(attempt.keySource()).isEqualTo(KeySource.STORED);
            assertThat(attempt.keyName()).isEqualTo("first");
            assertThat(attempt.model()).isEqualTo("some-model");
        });
    }

    @Test
    void a_rejected_key_is_replaced_by_the_next_which_becomes_the_selected_one() {
        ProviderKey dead = key("alpha", "dead-secret", "dead");
        ProviderKey good = key("alpha", "good-secret", "good");
        alpha.on(
                "dead-secret",
                fail(Failure.builder(FailureKind.CREDENTIAL_REJECTED, "API key not valid.")
                        .httpStatus(400)
                        .build()));
        audit.clear();

        ChatResponse response = gateway.chat("alpha/m", "hi");

        assertThat(response.trace().attempts())
                .extracting(Attempt::failure, Attempt::verdict)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(FailureKind.CREDENTIAL_REJECTED, Verdict.NEXT_KEY),
                        org.assertj.core.groups.Tuple.tuple(null, null));
        gateway.keys().flush(Duration.ofSeconds(5));
        assertThat(store.find(Owner.LOCAL, good.id()))
                .get()
                .extracting(ProviderKey::selected)
                .isEqualTo(true);
        assertThat(store.find(Owner.LOCAL, dead.id()))
                .get()
                .extracting(ProviderKey::selected)
                .isEqualTo(false);
        assertThat(audit)
                .extracting(AuditEvent::action, AuditEvent::keyId, AuditEvent::description)
                .contains(
                        org.assertj.core.groups.Tuple.tuple(
                                AuditAction.UNSELECT,
                                dead.id(),
                                "Key 'dead' unselected due to error 400: API key not valid."),
                        org.assertj.core.groups.Tuple.tuple(
                                AuditAction.SELECT,
                                good.id(),
                                "Selected key 'good' by automatic failover from key 'dead'"));

        gateway.chat("alpha/m", "again");
        assertThat(alpha.attempts()).containsExactly("dead-secret", "good-secret", "good-secret");
    }

    @Test
    void rotation_wraps_from_the_selected_key_in_creation_order() {
        key("alpha", "key-a", "a");
        ProviderKey b = key("alpha", "key-b", "b");
        key("alpha", "key-c", "c");
        gateway.keys().select(Owner.LOCAL, b.id());
        alpha.on("key-b", fail(FailureKind.CREDENTIAL_REJECTED, 401));
        alpha.on("key-c", fail(FailureKind.QUOTA_EXHAUSTED, 429));

        gateway.chat("alpha/m", "hi");

        assertThat(alpha.attempts()).containsExactly("key-b", "key-c", "key-a");
    }

    @Test
    void a_callers_key_goes_first_and_its_failure_touches_no_stored_key() {
        ProviderKey stored = key("alpha", "stored-secret", "stored");
        alpha.on("callers-secret", fail(FailureKind.CREDENTIAL_REJECTED, 401));
        audit.clear();

        ChatResponse response = gateway.chat(
                ChatRequest.of("alpha/m", "hi"),
                new CallOptions(Owner.LOCAL, Map.of("alpha", Secret.of("callers-secret"))));

        assertThat(alpha.attempts()).containsExactly("callers-secret", "stored-secret");
        assertThat(response.trace().attempts())
                .extracting(Attempt::keySource)
                .containsExactly(KeySource.CALLER, KeySource.STORED);
        assertThat(audit).isEmpty();
        assertThat(gateway.keys().find(Owner.LOCAL, stored.id())).get().satisfies(status -> {
            assertThat(status.key().selected()).isTrue();
            assertThat(status.health()).isEmpty();
        });
    }

    @Test
    void a_callers_key_that_was_the_only_one_tried_gives_the_vendors_status() {
        alpha.on("callers-secret", fail(FailureKind.CREDENTIAL_REJECTED, 403));

        CallerKeyRejectedException e = catchThrowableOfType(
                CallerKeyRejectedException.class,
                () -> gateway.chat(
                        ChatRequest.of("alpha/m", "hi"),
                        new CallOptions(Owner.LOCAL, Map.of("alpha", Secret.of("callers-secret")))));

        assertThat(e.status()).isEqualTo(403);
        assertThat(e).hasMessageContaining("X-alpha-API-Key");
        assertThat(e.attempts()).hasSize(1);
    }

    @Test
    void an_outage_is_not_the_fault_of_a_callers_key() {
        alpha.on("callers-secret", fail(FailureKind.UNAVAILABLE, 503));

        AllKeysFailedException e = catchThrowableOfType(
                AllKeysFailedException.class,
                () -> gateway.chat(
                        ChatRequest.of("alpha/m", "hi"),
                        new CallOptions(Owner.LOCAL, Map.of("alpha", Secret.of("callers-secret")))));

        assertThat(e.status()).isEqualTo(503);
    }

    @Test
    void environment_keys_come_last_and_rotate_among_themselves() {
        key("alpha", "stored-secret", "stored");
        alpha.on("stored-secret", fail(FailureKind.CREDENTIAL_REJECTED, 401));
        alpha.on("env-secret-1", fail(FailureKind.CREDENTIAL_REJECTED, 401));
        audit.clear();
        try (Gateway withEnvironment = Gateway.builder()
                .provider(alpha)
                .keyStore(store)
                .auditListener(audit::add)
                .settings(Map.of("ALPHA_API_KEY", "env-secret-1, env-secret-2"))
                .time(time.source())
                .build()) {
            ChatResponse response = withEnvironment.chat("alpha/m", "hi");
            assertThat(response.trace().served()).get().satisfies(attempt -> {
                assertThat(attempt.keySource()).isEqualTo(KeySource.ENVIRONMENT);
                assertThat(attempt.keyId()).isNull();
                assertThat(attempt.keyName()).isEqualTo("ALPHA_API_KEY #2");
            });
            withEnvironment.chat("alpha/m", "hi");
        }
        assertThat(alpha.attempts()).containsExactly("stored-secret", "env-secret-1", "env-secret-2", "env-secret-2");
        assertThat(audit).extracting(AuditEvent::action).doesNotContain(AuditAction.SELECT, AuditAction.UNSELECT);
    }

    @Test
    void a_bad_request_makes_one_attempt_and_changes_no_key() {
        ProviderKey first = key("alpha", "key-a", "a");
        key("alpha", "key-b", "b");
        alpha.on(
                "key-a",
                fail(Failure.builder(FailureKind.INVALID_REQUEST, "Argument not supported: stop")
                        .httpStatus(400)
                        .param("stop")
                        .build()));
        audit.clear();

        InvalidRequestException e =
                catchThrowableOfType(InvalidRequestException.class, () -> gateway.chat("alpha/m", "hi"));

        assertThat(e.status()).isEqualTo(400);
        assertThat(e.param()).contains("stop");
        assertThat(alpha.attempts()).containsExactly("key-a");
        assertThat(audit).isEmpty();
        assertThat(gateway.keys().find(Owner.LOCAL, first.id()))
                .get()
                .extracting(KeyStatus::health)
                .isEqualTo(List.of());
    }

    @Test
    void when_all_keys_fail_the_answer_is_503_with_the_earliest_return() {
        key("alpha", "key-a", "a");
        ProviderKey b = key("alpha", "key-b", "b");
        alpha.on("key-a", limitedFor(Duration.ofMinutes(2)));
        alpha.on("key-b", limitedFor(Duration.ofSeconds(40)));

        AllKeysFailedException e =
                catchThrowableOfType(AllKeysFailedException.class, () -> gateway.chat("alpha/m", "hi"));

        assertThat(e.status()).isEqualTo(503);
        assertThat(e.retryAfter()).contains(Duration.ofSeconds(40));
        assertThat(e.attempts()).hasSize(2);
        assertThat(audit.get(audit.size() - 1)).satisfies(event -> {
            assertThat(event.action()).isEqualTo(AuditAction.FAILOVER_EXHAUSTED);
            assertThat(event.description())
                    .isEqualTo("No available keys to switch to after error 429 on key " + b.id());
        });

        int before = audit.size();
        assertThatThrownBy(() -> gateway.chat("alpha/m", "hi"))
                .isInstanceOf(AllKeysFailedException.class)
                .hasMessageContaining("put aside");
        assertThat(alpha.attempts()).hasSize(2);
        assertThat(audit).hasSize(before);
    }

    @Test
    void a_rate_limited_key_is_waited_for_when_the_wait_is_short() {
        key("alpha", "only-key", "only");
        alpha.on("only-key", limitedFor(Duration.ofSeconds(2)), answer("after the wait"));

        ChatResponse response = gateway.chat("alpha/m", "hi");

        assertThat(response.text()).isEqualTo("after the wait");
        assertThat(time.waits()).hasSize(1);
        assertThat(time.waits().get(0)).isBetween(Duration.ofSeconds(2), Duration.ofMillis(2100));
        assertThat(response.trace().overhead()).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void a_key_that_stays_rate_limited_is_not_hammered() {
        key("alpha", "only-key", "only");
        alpha.on("only-key", limitedFor(Duration.ofSeconds(2)));

        assertThatThrownBy(() -> gateway.chat("alpha/m", "hi")).isInstanceOf(AllKeysFailedException.class);

        assertThat(alpha.attempts()).hasSize(4);
        assertThat(time.waits().stream().reduce(Duration.ZERO, Duration::plus))
                .isLessThanOrEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void a_bare_429_keeps_the_key_away_for_a_minute_and_longer_the_next_time() {
        ProviderKey only = key("alpha", "only-key", "only");
        alpha.on("only-key", fail(FailureKind.RATE_LIMITED, 429));

        assertThatThrownBy(() -> gateway.chat("alpha/m", "hi")).isInstanceOf(AllKeysFailedException.class);
        KeyHealth first = health(only).get(0);
        assertThat(Duration.between(time.instant(), first.until()))
                .isBetween(Duration.ofMinutes(1), Duration.ofSeconds(72));
        assertThat(first.model()).isEqualTo("m");

        time.advance(Duration.ofSeconds(73));
        assertThatThrownBy(() -> gateway.chat("alpha/m", "hi")).isInstanceOf(AllKeysFailedException.class);
        KeyHealth second = health(only).get(0);
        assertThat(Duration.between(time.instant(), second.until()))
                .isBetween(Duration.ofMinutes(2), Duration.ofSeconds(144));
        assertThat(second.strikes()).isEqualTo(2);
    }

    @Test
    void a_429_without_a_hint_cools_until_the_reset_that_its_limits_name() {
        ProviderKey only = key("alpha", "only-key", "only");
        alpha.on("only-key", events(call -> {
            call.control()
                    .answered(UpstreamHeaders.of(Map.of(
                            "x-ratelimit-remaining-requests", List.of("0"),
                            "x-ratelimit-reset-requests", List.of("25s"))));
            return List.of(Failure.builder(FailureKind.RATE_LIMITED, "slow down")
                    .httpStatus(429)
                    .build());
        }));

        assertThatThrownBy(() -> gateway.chat("alpha/m", "hi")).isInstanceOf(AllKeysFailedException.class);

        assertThat(health(only))
                .singleElement()
                .satisfies(record ->
                        assertThat(record.until()).isEqualTo(time.instant().plusSeconds(25)));
    }

    @Test
    void a_limit_for_one_model_leaves_the_key_usable_for_others() {
        key("alpha", "only-key", "only");
        alpha.on("only-key", fail(FailureKind.RATE_LIMITED, 429), answer("other model"));

        assertThatThrownBy(() -> gateway.chat("alpha/m", "hi")).isInstanceOf(AllKeysFailedException.class);

        assertThat(gateway.chat("alpha/n", "hi").text()).isEqualTo("other model");
    }

    @Test
    void a_spent_account_puts_all_its_keys_aside_and_no_others() {
        Failure spent = Failure.builder(FailureKind.QUOTA_EXHAUSTED, "credits are used up")
                .httpStatus(429)
                .scope(Failure.Scope.ACCOUNT)
                .build();
        gateway.keys().add(Owner.LOCAL, new NewProviderKey("alpha", Secret.of("key-a"), "a", "team-1", Map.of()));
        gateway.keys().add(Owner.LOCAL, new NewProviderKey("alpha", Secret.of("key-b"), "b", "team-1", Map.of()));
        gateway.keys().add(Owner.LOCAL, new NewProviderKey("alpha", Secret.of("key-c"), "c", "team-2", Map.of()));
        alpha.on("key-a", fail(spent));

        gateway.chat("alpha/m", "hi");

        assertThat(alpha.attempts()).containsExactly("key-a", "key-c");
    }

    @Test
    void a_transient_error_is_retried_with_the_same_key_and_burns_none() {
        ProviderKey first = key("alpha", "key-a", "a");
        key("alpha", "key-b", "b");
        alpha.on(
                "key-a",
                fail(FailureKind.UNAVAILABLE, 503),
                fail(FailureKind.UNAVAILABLE, 503),
                answer("third time lucky"));

        ChatResponse response = gateway.chat("alpha/m", "hi");

        assertThat(response.text()).isEqualTo("third time lucky");
        assertThat(alpha.attempts()).containsExactly("key-a", "key-a", "key-a");
        assertThat(time.waits()).hasSize(2);
        assertThat(health(first)).isEmpty();
        assertThat(gateway.keys().find(Owner.LOCAL, first.id()))
                .get()
                .extracting(status -> status.key().selected())
                .isEqualTo(true);
    }

    @Test
    void an_outage_ends_with_one_other_key_however_many_there_are() {
        for (int i = 0; i < 20; i++) {
            key("alpha", "secret-" + i, "k" + i);
        }
        alpha.on("*", fail(FailureKind.UNAVAILABLE, 503));

        AllKeysFailedException e =
                catchThrowableOfType(AllKeysFailedException.class, () -> gateway.chat("alpha/m", "hi"));

        assertThat(e.status()).isEqualTo(503);
        assertThat(e.retryAfter()).isPresent();
        assertThat(alpha.attempts()).hasSizeLessThanOrEqualTo(6);
        assertThat(gateway.keys().list(Owner.LOCAL))
                .allSatisfy(status -> assertThat(status.health()).isEmpty());
    }

    @Test
    void a_silent_vendor_is_not_asked_again_but_the_next_target_is() {
        key("alpha", "key-a", "a");
        key("alpha", "key-a2", "a2");
        key("beta", "key-b", "b");
        alpha.on(
                "*",
                fail(Failure.builder(FailureKind.TIMEOUT, "silence")
                        .silent(true)
                        .build()));

        ChatResponse response = gateway.chat("both", "hi");

        assertThat(response.text()).isEqualTo("ok");
        assertThat(response.model()).isEqualTo("beta/m");
        assertThat(alpha.attempts()).hasSize(1);
        assertThat(beta.attempts()).containsExactly("key-b");
    }

    @Test
    void a_call_may_bring_its_own_fallbacks() {
        key("alpha", "key-a", "a");
        key("beta", "key-b", "b");
        alpha.on("*", fail(FailureKind.CREDENTIAL_REJECTED, 401));

        ChatResponse response = gateway.chat(ChatRequest.builder()
                .model("alpha/m")
                .fallbacks(List.of("alpha/m", "beta/other"))
                .user("hi")
                .build());

        assertThat(response.model()).isEqualTo("beta/other");
        assertThat(alpha.attempts()).hasSize(1);
        assertThatThrownBy(() -> gateway.chat(ChatRequest.builder()
                        .model("alpha/m")
                        .fallbacks(List.of("nobody/m"))
                        .user("hi")
                        .build()))
                .isInstanceOf(UnknownModelException.class);
    }

    @Test
    void explains_who_would_serve_and_why_the_others_would_not() {
        ProviderKey dead = key("alpha", "key-dead", "dead");
        ProviderKey good = key("alpha", "key-good", "good");
        key("beta", "key-b", "b");
        alpha.on("key-dead", fail(FailureKind.CREDENTIAL_REJECTED, 401));
        gateway.chat("alpha/m", "hi");
        gateway.keys().select(Owner.LOCAL, dead.id());

        Explanation explanation = gateway.explain(ChatRequest.of("both", "hi"));

        assertThat(explanation.servingKey()).get().extracting("keyId").isEqualTo(good.id());
        assertThat(explanation.targets()).extracting("provider").containsExactly("alpha", "beta");
        assertThat(explanation.targets().get(0).candidates().get(0)).satisfies(candidate -> {
            assertThat(candidate.keyId()).isEqualTo(dead.id());
            assertThat(candidate.selected()).isTrue();
            assertThat(candidate.usable()).isFalse();
            assertThat(candidate.obstacle().reason()).contains("401");
        });
        assertThat(alpha.attempts()).hasSize(2);
    }

    @Test
    void an_open_breaker_skips_the_target_while_the_route_has_another_and_comes_back() {
        key("alpha", "key-a", "a");
        key("beta", "key-b", "b");
        alpha.on("key-a", fail(FailureKind.UNAVAILABLE, 503));
        gateway.chat("both", "1");
        gateway.chat("both", "2");
        int attemptsToOpen = alpha.attempts().size();
        gateway.chat("both", "3");
        assertThat(alpha.attempts()).hasSize(attemptsToOpen);

        alpha.on("key-a", answer("back"));
        time.advance(Duration.ofSeconds(31));
        assertThat(gateway.chat("both", "4").text()).isEqualTo("back");
    }

    @Test
    void a_target_that_is_down_is_tried_once_all_the_same_when_no_other_can_answer() {
        key("alpha", "key-a", "a");
        key("beta", "key-b", "b");
        alpha.on("key-a", fail(FailureKind.UNAVAILABLE, 503));
        gateway.chat("both", "1");
        gateway.chat("both", "2");
        beta.on("key-b", fail(FailureKind.RATE_LIMITED, 429));
        int before = alpha.attempts().size();

        assertThat(gateway.explain(ChatRequest.of("both", "hi")).servingTarget())
                .get()
                .extracting(Explanation.TargetOutlook::provider)
                .isEqualTo("beta");
        assertThatThrownBy(() -> gateway.chat("both", "3")).isInstanceOf(AllKeysFailedException.class);
        assertThat(alpha.attempts()).hasSize(before + 1);

        assertThat(gateway.explain(ChatRequest.of("both", "hi")).servingTarget())
                .get()
                .extracting(Explanation.TargetOutlook::provider)
                .isEqualTo("alpha");
        alpha.on("key-a", answer("back early"));
        assertThat(gateway.chat("both", "4").text()).isEqualTo("back early");
    }

    @Test
    void a_vendor_that_asks_for_a_longer_pause_than_the_deadline_allows_is_left_for_the_next_target() {
        key("alpha", "key-a", "a");
        key("beta", "key-b", "b");
        alpha.on(
                "key-a",
                fail(Failure.builder(FailureKind.UNAVAILABLE, "busy")
                        .httpStatus(503)
                        .retryAfter(Duration.ofSeconds(8))
                        .build()));

        ChatResponse response = gateway.chat(ChatRequest.builder()
                .model("both")
                .user("hi")
                .timeout(Duration.ofSeconds(5))
                .build());

        assertThat(response.model()).isEqualTo("beta/m");
        assertThat(response.trace().attempts().get(0).verdict()).isEqualTo(Verdict.NEXT_TARGET);
        assertThat(time.waits()).isEmpty();
    }

    @Test
    void too_long_a_context_goes_to_the_next_target_and_else_to_the_caller() {
        key("alpha", "key-a", "a");
        key("beta", "key-b", "b");
        alpha.on("key-a", fail(FailureKind.CONTEXT_TOO_LONG, 400));

        assertThat(gateway.chat("both", "hi").text()).isEqualTo("ok");
        ContextTooLongException e =
                catchThrowableOfType(ContextTooLongException.class, () -> gateway.chat("alpha/m", "hi"));
        assertThat(e.code()).isEqualTo("context_length_exceeded");
    }

    @Test
    void too_long_a_context_is_told_when_no_other_target_has_a_key() {
        key("alpha", "key-a", "a");
        alpha.on("*", fail(FailureKind.CONTEXT_TOO_LONG, 400));

        assertThatThrownBy(() -> gateway.chat("both", "hi")).isInstanceOf(ContextTooLongException.class);
    }

    @Test
    void a_fallback_with_too_small_a_window_does_not_hide_that_the_first_target_will_be_back() {
        key("alpha", "key-a", "a");
        key("beta", "key-b", "b");
        alpha.on("key-a", limitedFor(Duration.ofSeconds(40)));
        beta.on("*", fail(FailureKind.CONTEXT_TOO_LONG, 400));

        for (int i = 0; i < 2; i++) {
            // The second time the first target is passed over without an attempt.
            assertThatThrownBy(() -> gateway.chat("both", "hi"))
                    .isInstanceOfSatisfying(
                            AllKeysFailedException.class,
                            e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(40)));
        }
        assertThat(alpha.attempts()).hasSize(1);
        assertThat(beta.attempts()).hasSize(2);
    }

    @Test
    void what_another_key_said_before_does_not_hide_that_the_request_is_too_long() {
        key("alpha", "key-a", "a");
        key("alpha", "key-b", "b");
        alpha.on("key-a", fail(FailureKind.CREDENTIAL_REJECTED, 401));
        alpha.on("key-b", fail(FailureKind.CONTEXT_TOO_LONG, 400));

        assertThatThrownBy(() -> gateway.chat("alpha/m", "hi")).isInstanceOf(ContextTooLongException.class);
    }

    @Test
    void rejected_content_goes_to_nobody_else() {
        key("alpha", "key-a", "a");
        key("beta", "key-b", "b");
        alpha.on("key-a", fail(FailureKind.CONTENT_REJECTED, 200));

        assertThatThrownBy(() -> gateway.chat("both", "hi")).isInstanceOf(ContentRejectedException.class);

        assertThat(beta.attempts()).isEmpty();
    }

    @Test
    void a_model_refused_to_two_keys_is_reported_as_unknown() {
        for (String name : List.of("a", "b", "c")) {
            key("alpha", "key-" + name, name);
        }
        alpha.on("*", fail(FailureKind.MODEL_UNAVAILABLE, 404));

        UnknownModelException e =
                catchThrowableOfType(UnknownModelException.class, () -> gateway.chat("alpha/m", "hi"));

        assertThat(e.status()).isEqualTo(404);
        assertThat(alpha.attempts()).hasSize(2);
    }

    @Test
    void an_expired_token_costs_one_more_attempt_with_the_same_key_and_no_failover() {
        ProviderKey only = key("alpha", "key-a", "a");
        key("alpha", "key-b", "b");
        alpha.on("key-a", fail(FailureKind.TOKEN_EXPIRED, 401), answer("fresh token"));

        assertThat(gateway.chat("alpha/m", "hi").text()).isEqualTo("fresh token");

        assertThat(alpha.attempts()).containsExactly("key-a", "key-a");
        assertThat(time.waits()).isEmpty();
        assertThat(health(only)).isEmpty();
    }

    @Test
    void a_rejected_key_is_probed_by_a_live_call_when_its_time_is_over_and_revived_by_an_edit() {
        ProviderKey only = key("alpha", "old-secret", "only");
        alpha.on("old-secret", fail(FailureKind.CREDENTIAL_REJECTED, 401));
        assertThatThrownBy(() -> gateway.chat("alpha/m", "1")).isInstanceOf(AllKeysFailedException.class);
        assertThatThrownBy(() -> gateway.chat("alpha/m", "2")).isInstanceOf(AllKeysFailedException.class);
        assertThat(alpha.attempts()).hasSize(1);

        time.advance(Duration.ofSeconds(73));
        assertThatThrownBy(() -> gateway.chat("alpha/m", "3")).isInstanceOf(AllKeysFailedException.class);
        assertThat(alpha.attempts()).hasSize(2);
        assertThat(Duration.between(time.instant(), health(only).get(0).until()))
                .isGreaterThanOrEqualTo(Duration.ofMinutes(2));

        gateway.keys().update(Owner.LOCAL, only.id(), new ProviderKeyChange(null, Secret.of("new-secret"), null, null));
        assertThat(gateway.chat("alpha/m", "4").text()).isEqualTo("ok");
        assertThat(alpha.attempts()).endsWith("new-secret");
    }

    @Test
    void the_deadline_holds_over_all_attempts() {
        key("alpha", "key-a", "a");
        key("alpha", "key-b", "b");
        alpha.on(
                "*",
                events(call -> List.of(
                        (Runnable) () -> time.advance(Duration.ofSeconds(40)),
                        Failure.of(FailureKind.CREDENTIAL_REJECTED, "no"))));

        DeadlineExceededException e = catchThrowableOfType(
                DeadlineExceededException.class,
                () -> gateway.chat(ChatRequest.builder()
                        .model("alpha/m")
                        .user("hi")
                        .timeout(Duration.ofSeconds(30))
                        .build()));

        assertThat(e.status()).isEqualTo(504);
        assertThat(e.attempts()).hasSize(1);
    }

    @Test
    void a_route_has_a_deadline_of_its_own_and_the_call_may_still_set_another() {
        key("alpha", "key-a", "a");
        alpha.on(
                "*",
                events(call -> List.of(
                        (Runnable) () -> time.advance(Duration.ofSeconds(40)),
                        Failure.builder(FailureKind.RATE_LIMITED, "slow down")
                                .httpStatus(429)
                                .retryAfter(Duration.ofMillis(500))
                                .build())));
        try (Gateway routed = Gateway.builder()
                .provider(alpha)
                .keyStore(store)
                .route(new Route("hasty", List.of("alpha/m")), policy -> policy.deadline(Duration.ofSeconds(30)))
                .settings(Map.of("HYPER_ROUTES", "patient = alpha/n", "HYPER_ROUTE_PATIENT_MAX_WAIT", "0s"))
                .time(time.source())
                .build()) {
            assertThatThrownBy(() -> routed.chat("hasty", "hi")).isInstanceOf(DeadlineExceededException.class);
            assertThat(alpha.attempts()).hasSize(1);
            assertThatThrownBy(() -> routed.chat("patient", "hi")).isInstanceOf(AllKeysFailedException.class);
            assertThat(alpha.attempts()).hasSize(2);
            assertThat(time.waits()).isEmpty();

            assertThatThrownBy(() -> routed.chat(ChatRequest.of("hasty", "hi").toBuilder()
                            .timeout(Duration.ofSeconds(60))
                            .build()))
                    .isInstanceOf(DeadlineExceededException.class);
            assertThat(alpha.attempts()).hasSize(4);
        }
    }

    @Test
    void a_pool_of_1000_keys_of_which_one_is_good_answers_and_the_next_call_uses_it_at_once() {
        for (int i = 0; i < 999; i++) {
            key("alpha", "dead-secret-" + i, "dead " + i);
        }
        key("alpha", "good-secret", "good");
        alpha.on("*", fail(FailureKind.CREDENTIAL_REJECTED, 401));
        alpha.on("good-secret", answer("found"));

        assertThat(gateway.chat("alpha/m", "hi").text()).isEqualTo("found");
        assertThat(gateway.chat("alpha/m", "hi").trace().attempts()).hasSize(1);
    }

    @Test
    void max_attempts_bounds_a_call() {
        for (int i = 0; i < 10; i++) {
            key("alpha", "secret-" + i, "k" + i);
        }
        alpha.on("*", fail(FailureKind.CREDENTIAL_REJECTED, 401));
        try (Gateway bounded = Gateway.builder()
                .provider(alpha)
                .keyStore(store)
                .policy(FailoverPolicy.builder().maxAttempts(3).build())
                .time(time.source())
                .build()) {
            assertThatThrownBy(() -> bounded.chat("alpha/m", "hi")).isInstanceOf(AllKeysFailedException.class);
        }
        assertThat(alpha.attempts()).hasSize(3);
    }

    @Test
    void a_provider_that_fails_in_an_unforeseen_way_is_an_outage_and_not_a_crash() {
        key("alpha", "key-a", "a");
        key("beta", "key-b", "b");
        alpha.on("*", events(call -> List.of(new IllegalStateException("bug"))));

        assertThat(gateway.chat("both", "hi").text()).isEqualTo("ok");
    }

    @Test
    void without_any_key_the_remedy_names_the_setting_and_the_header() {
        assertThatThrownBy(() -> gateway.chat("alpha/m", "hi"))
                .isInstanceOf(AllKeysFailedException.class)
                .hasMessageContaining("ALPHA_API_KEY")
                .hasMessageContaining("X-alpha-API-Key");
    }

    @Test
    void an_unknown_model_and_an_empty_conversation_are_refused_before_anything_is_sent() {
        assertThatThrownBy(() -> gateway.chat("nobody/m", "hi"))
                .isInstanceOfSatisfying(UnknownModelException.class, e -> {
                    assertThat(e.status()).isEqualTo(404);
                    assertThat(e.code()).isEqualTo("model_not_found");
                    assertThat(e.param()).contains("model");
                });
        assertThatThrownBy(() ->
                        gateway.chat(ChatRequest.builder().model("alpha/m").build()))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        e -> assertThat(e.param()).contains("messages"));
        assertThat(alpha.attempts()).isEmpty();
    }

    @Test
    void a_vendor_that_quotes_the_key_does_not_make_us_show_it() {
        key("alpha", "marked-canary-secret-0123456789", "a");
        alpha.on(
                "marked-canary-secret-0123456789",
                fail(Failure.builder(
                                FailureKind.CREDENTIAL_REJECTED,
                                "bad key marked-canary-secret-0123456789, that is marked-canar… or ma***89")
                        .httpStatus(401)
                        .build()));
        audit.clear();

        AllKeysFailedException e =
                catchThrowableOfType(AllKeysFailedException.class, () -> gateway.chat("alpha/m", "hi"));

        assertThat(e.getMessage() + e.attempts() + audit + gateway.keys().list(Owner.LOCAL))
                .doesNotContain("marked-")
                .doesNotContain("ma***")
                .doesNotContain("canar");
    }

    @Test
    void a_key_can_be_tested_which_revives_a_good_one_and_puts_a_bad_one_aside() {
        ProviderKey key = key("alpha", "key-a", "a");
        alpha.on("key-a", fail(FailureKind.CREDENTIAL_REJECTED, 401), fail(FailureKind.UNAVAILABLE, 503), answer("ok"));

        assertThat(gateway.testKey(Owner.LOCAL, key.id())).get().satisfies(test -> {
            assertThat(test.accepted()).isFalse();
            assertThat(test.failure().kind()).isEqualTo(FailureKind.CREDENTIAL_REJECTED);
        });
        assertThat(health(key)).hasSize(1);

        assertThat(gateway.testKey(Owner.LOCAL, key.id()).orElseThrow().accepted())
                .isFalse();
        assertThat(health(key)).as("an outage says nothing about the key").hasSize(1);

        assertThat(gateway.testKey(Owner.LOCAL, key.id()).orElseThrow().accepted())
                .isTrue();
        assertThat(health(key)).isEmpty();
        assertThat(gateway.testKey(Owner.LOCAL, "no-such-key")).isEmpty();
    }

    private ProviderKey key(String provider, String secret, String name) {
        return gateway.keys().add(Owner.LOCAL, new NewProviderKey(provider, Secret.of(secret), name));
    }

    private List<KeyHealth> health(ProviderKey key) {
        return gateway.keys().find(Owner.LOCAL, key.id()).orElseThrow().health();
    }
}
