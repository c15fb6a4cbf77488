package dev.hypergateway.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypergateway.VirtualTime;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.trace.FailureKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KeyLimitsTest {
    private final VirtualTime time = new VirtualTime();
    private final Random random = new Random(7);
    private final KeyRing ring = new KeyRing(
            new InMemoryKeyStore(time),
            new KeyAudit(List.of(), Map.of(), time),
            HealthPolicy.DEFAULTS,
            time,
            random::nextDouble,
            Duration.ofDays(1));

    @AfterEach
    void close() {
        ring.close();
    }

    @Test
    void concurrent_calls_are_counted_until_they_end() {
        add("a", Map.of("max_concurrent", "2"));
        KeyCandidate first = next();
        KeyCandidate second = next();
        assertThat(next()).isNull();

        ring.served(first, "m");
        assertThat(next()).as("a stream that has only begun still counts").isNull();
        ring.ended(first, 10);
        ring.ended(first, 10);
        assertThat(next()).isNotNull();
        assertThat(next()).isNull();

        ring.failed(second, "m", Failure.of(FailureKind.INVALID_REQUEST, "x"));
        assertThat(next()).isNotNull();
    }

    @Test
    void requests_per_minute_are_a_sliding_window() {
        add("a", Map.of("requests_per_minute", "2"));
        ring.released(next());
        time.advance(Duration.ofSeconds(30));
        ring.released(next());
        assertThat(next()).isNull();
        assertThat(ring.candidates(Owner.LOCAL, "p", "m").earliestCooling())
                .get()
                .extracting(KeyHealth::until)
                .isEqualTo(VirtualTime.START.plusSeconds(60));

        time.advance(Duration.ofSeconds(30));
        ring.released(next());
        assertThat(next()).isNull();
    }

    @Test
    void tokens_per_minute_are_counted_when_a_call_ends() {
        add("a", Map.of("tokens_per_minute", "100"));
        KeyCandidate call = next();
        ring.served(call, "m");
        ring.ended(call, 150);
        assertThat(next()).isNull();
        time.advance(Duration.ofMinutes(1));
        assertThat(next()).isNotNull();
    }

    @Test
    void a_key_may_be_kept_to_some_models() {
        ProviderKey kept = add("a", Map.of("models", "m1, m2"));
        ProviderKey free = add("b", Map.of());
        assertThat(ring.candidates(Owner.LOCAL, "p", "m2").next().key().id()).isEqualTo(kept.id());
        assertThat(ring.candidates(Owner.LOCAL, "p", "m3").next().key().id()).isEqualTo(free.id());
        assertThat(ring.outlook(Owner.LOCAL, "p", "m3", KeySelection.SELECTED, null)
                        .get(0)
                        .obstacle()
                        .reason())
                .contains("list of models");
    }

    @ParameterizedTest
    @CsvSource({"max_concurrent, 0", "requests_per_minute, many", "tokens_per_minute, -5", "weight, -1"})
    void a_limit_that_makes_no_sense_is_refused_by_name(String name, String value) {
        assertThatThrownBy(() -> add("a", Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    @Test
    void round_robin_begins_one_key_further_each_time() {
        for (String name : List.of("a", "b", "c")) {
            add(name, Map.of());
        }
        assertThat(List.of(
                        first(KeySelection.ROUND_ROBIN, null),
                        first(KeySelection.ROUND_ROBIN, null),
                        first(KeySelection.ROUND_ROBIN, null),
                        first(KeySelection.ROUND_ROBIN, null)))
                .containsExactly("a", "b", "c", "a");
    }

    @ParameterizedTest
    @EnumSource(KeySelection.class)
    void the_outlook_begins_where_the_next_call_does_and_takes_no_turn(KeySelection selection) {
        for (int i = 0; i < 5; i++) {
            add("key " + i, Map.of("weight", i == 3 ? "1" : "0"));
        }
        ring.failed(next(), "m", Failure.of(FailureKind.RATE_LIMITED, "x"));
        for (int i = 0; i < 7; i++) {
            String user = "user-" + i;
            List<String> outlook = ring.outlook(Owner.LOCAL, "p", "other", selection, user).stream()
                    .map(key -> key.key().displayName())
                    .toList();
            assertThat(outlook).hasSize(5);
            ring.outlook(Owner.LOCAL, "p", "other", selection, user);

            KeyCursor call = ring.candidates(Owner.LOCAL, "p", "other", selection, user);
            List<String> tried = Stream.generate(call::next)
                    .limit(5)
                    .map(key -> key.key().displayName())
                    .toList();
            assertThat(tried).isEqualTo(outlook);
        }
    }

    @Test
    void weights_are_shares() {
        add("never", Map.of("weight", "0"));
        add("light", Map.of());
        add("heavy", Map.of("weight", "9"));
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            counts.merge(first(KeySelection.WEIGHTED, null), 1, Integer::sum);
        }
        assertThat(counts).doesNotContainKey("never");
        assertThat(counts.get("heavy")).isBetween(8700, 9300);
    }

    @Test
    void the_least_recently_limited_key_leads() {
        add("a", Map.of());
        add("b", Map.of());
        KeyCandidate a = next();
        ring.failed(
                a,
                "other-model",
                Failure.builder(FailureKind.RATE_LIMITED, "x")
                        .retryAfter(Duration.ofSeconds(1))
                        .build());
        time.advance(Duration.ofSeconds(5));
        assertThat(first(KeySelection.LEAST_RECENTLY_LIMITED, null)).isEqualTo("b");
    }

    @Test
    void affinity_keeps_a_caller_on_a_key_and_spreads_callers() {
        for (int i = 0; i < 8; i++) {
            add("key " + i, Map.of());
        }
        Set<String> used = new HashSet<>();
        Map<String, String> before = new HashMap<>();
        for (int user = 0; user < 200; user++) {
            String key = first(KeySelection.AFFINITY, "user-" + user);
            assertThat(first(KeySelection.AFFINITY, "user-" + user)).isEqualTo(key);
            before.put("user-" + user, key);
            used.add(key);
        }
        assertThat(used).hasSize(8);

        ProviderKey removed = ring.keys().list(Owner.LOCAL).get(3).key();
        ring.keys().delete(Owner.LOCAL, removed.id());
        before.forEach((user, key) -> {
            if (!key.equals(removed.displayName())) {
                assertThat(first(KeySelection.AFFINITY, user)).isEqualTo(key);
            }
        });
    }

    private ProviderKey add(String name, Map<String, String> attributes) {
        return ring.keys()
                .add(
                        Owner.LOCAL,
                        new NewProviderKey(
                                "p", Secret.of("secret-of-" + name.replace(' ', '-')), name, null, attributes));
    }

    private KeyCandidate next() {
        return ring.candidates(Owner.LOCAL, "p", "m").next();
    }

    private String first(KeySelection selection, String affinity) {
        return ring.candidates(Owner.LOCAL, "p", "m", selection, affinity)
                .next()
                .key()
                .displayName();
    }
}
