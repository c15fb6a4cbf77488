package dev.hypergateway.keystore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hypergateway.key.HealthPolicy;
import dev.hypergateway.key.KeyAudit;
import dev.hypergateway.key.KeyCandidate;
import dev.hypergateway.key.KeyCursor;
import dev.hypergateway.key.KeyHealth;
import dev.hypergateway.key.KeyRing;
import dev.hypergateway.key.NewProviderKey;
import dev.hypergateway.key.Owner;
import dev.hypergateway.key.ProviderKey;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.trace.FailureKind;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two nodes, each with connections and a picture of the keys of its own, on one database. */
class SeveralNodesTest {
    private static final Failure LIMITED = Failure.builder(FailureKind.RATE_LIMITED, "slow down")
            .httpStatus(429)
            .retryAfter(Duration.ofMinutes(5))
            .build();

    @ParameterizedTest
    @MethodSource("dev.hypergateway.keystore.jdbc.Databases#fresh")
    void a_cooldown_and_a_takeover_on_one_node_hold_on_the_other(Databases.Kind kind) {
        Map<String, String> settings = kind.settings();
        MasterKeys masterKeys = MasterKeys.ephemeral();
        try (KeyRing one = node(settings, masterKeys);
                KeyRing other = node(settings, masterKeys)) {
            ProviderKey first = one.keys().add(Owner.LOCAL, new NewProviderKey("xai", Secret.of("secret-1"), "first"));
            ProviderKey second =
                    one.keys().add(Owner.LOCAL, new NewProviderKey("xai", Secret.of("secret-2"), "second"));
            assertThat(offered(other)).isEqualTo(first.id());

            KeyCursor call = one.candidates(Owner.LOCAL, "xai", "grok-4.3");
            KeyCandidate limited = call.next();
            one.failed(limited, "grok-4.3", LIMITED);
            one.takeOver(call.next(), first.id(), LIMITED);

            await().until(() -> offered(other).equals(second.id()));
            assertThat(other.keys().find(Owner.LOCAL, first.id()).orElseThrow()).satisfies(status -> {
                assertThat(status.key().selected()).isFalse();
                assertThat(status.health())
                        .singleElement()
                        .extracting(KeyHealth::state, KeyHealth::model)
                        .containsExactly(KeyHealth.State.COOLING, "grok-4.3");
            });
        }
    }

    @ParameterizedTest
    @MethodSource("dev.hypergateway.keystore.jdbc.Databases#fresh")
    void what_two_nodes_find_out_about_one_key_is_kept_together(Databases.Kind kind) {
        Map<String, String> settings = kind.settings();
        MasterKeys masterKeys = MasterKeys.ephemeral();
        try (KeyRing one = node(settings, masterKeys);
                KeyRing other = node(settings, masterKeys)) {
            ProviderKey key = one.keys().add(Owner.LOCAL, new NewProviderKey("xai", Secret.of("secret-1"), "first"));
            KeyCandidate here = one.candidates(Owner.LOCAL, "xai", "a").next();
            KeyCandidate there = other.candidates(Owner.LOCAL, "xai", "b").next();

            one.failed(here, "a", LIMITED);
            other.failed(there, "b", LIMITED);
            one.keys().flush(Duration.ofSeconds(10));
            other.keys().flush(Duration.ofSeconds(10));

            for (KeyRing node : List.of(one, other)) {
                assertThat(node.keys().find(Owner.LOCAL, key.id()).orElseThrow().health())
                        .extracting(KeyHealth::model)
                        .containsExactlyInAnyOrder("a", "b");
            }
        }
    }

    private static String offered(KeyRing ring) {
        KeyCandidate candidate = ring.candidates(Owner.LOCAL, "xai", "grok-4.3").next();
        ring.released(candidate);
        return candidate.key().id();
    }

    private static KeyRing node(Map<String, String> settings, MasterKeys masterKeys) {
        return new KeyRing(
                JdbcKeyStore.owning(JdbcDatabase.open(settings), masterKeys),
                new KeyAudit(List.of(), Map.of(), Clock.systemUTC()),
                HealthPolicy.DEFAULTS,
                Clock.systemUTC(),
                () -> 0.5,
                Duration.ofMillis(500));
    }
}
