package dev.hypergateway.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.VirtualTime;
import dev.hypergateway.provider.RateLimits;
import dev.hypergateway.provider.Secret;
import dev.hypergateway.transport.UpstreamHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LearnedLimitsTest {
    private final VirtualTime time = new VirtualTime();
    private final KeyRing ring = new KeyRing(
            new InMemoryKeyStore(time),
            new KeyAudit(List.of(), Map.of(), time),
            HealthPolicy.DEFAULTS,
            time,
            () -> 0.5,
            Duration.ZERO);

    @BeforeEach
    void two_keys() {
        ring.keys().add(Owner.LOCAL, new NewProviderKey("p", Secret.of("secret-1"), "a"));
        ring.keys().add(Owner.LOCAL, new NewProviderKey("p", Secret.of("secret-2"), "b"));
    }

    @AfterEach
    void close() {
        ring.close();
    }

    @Test
    void a_key_with_nothing_left_comes_last_until_the_reset_and_only_for_this_model() {
        learn("m", Map.of("x-ratelimit-remaining-requests", "0", "x-ratelimit-reset-requests", "20s"));

        assertThat(order("m")).containsExactly("b", "a");
        assertThat(order("other")).containsExactly("a", "b");
        time.advance(Duration.ofSeconds(19));
        assertThat(order("m")).containsExactly("b", "a");
        time.advance(Duration.ofSeconds(1));
        assertThat(order("m")).containsExactly("a", "b");
    }

    @Test
    void it_is_used_all_the_same_when_the_others_are_spent_too() {
        learn("m", Map.of("x-ratelimit-remaining-requests", "0"));
        learn("m", Map.of("x-ratelimit-remaining-tokens", "0"));

        assertThat(order("m")).containsExactly("a", "b");
    }

    @Test
    void no_header_keeps_a_key_away_for_more_than_a_minute() {
        learn("m", Map.of("x-ratelimit-remaining-requests", "0", "x-ratelimit-reset-requests", "6h"));
        time.advance(Duration.ofSeconds(59));
        assertThat(order("m")).containsExactly("b", "a");
        time.advance(Duration.ofSeconds(1));
        assertThat(order("m")).containsExactly("a", "b");
    }

    @Test
    void without_a_reset_it_is_spared_for_a_quarter_of_a_minute() {
        learn("m", Map.of("x-ratelimit-remaining-requests", "0"));
        time.advance(Duration.ofSeconds(14));
        assertThat(order("m")).containsExactly("b", "a");
        time.advance(Duration.ofSeconds(1));
        assertThat(order("m")).containsExactly("a", "b");
    }

    @Test
    void a_later_answer_with_something_left_ends_it() {
        learn("m", Map.of("x-ratelimit-remaining-requests", "0", "x-ratelimit-reset-requests", "50s"));
        KeyCursor cursor = ring.candidates(Owner.LOCAL, "p", "m");
        cursor.next();
        KeyCandidate spared = cursor.next();
        ring.learned(spared, "m", limits(Map.of("x-ratelimit-remaining-requests", "3")));

        assertThat(order("m")).containsExactly("a", "b");
    }

    @Test
    void people_see_what_was_learned() {
        learn("m", Map.of("x-ratelimit-limit-requests", "180", "x-ratelimit-remaining-requests", "0"));

        assertThat(ring.keys().list(Owner.LOCAL).get(0).limits())
                .singleElement()
                .satisfies(learned -> {
                    assertThat(learned.model()).isEqualTo("m");
                    assertThat(learned.seenAt()).isEqualTo(time.instant());
                    assertThat(learned.sparedUntil()).isEqualTo(time.instant().plusSeconds(15));
                });
        assertThat(ring.outlook(Owner.LOCAL, "p", "m", KeySelection.SELECTED, null))
                .extracting(outlook -> outlook.key().displayName(), outlook -> outlook.limits() != null)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("b", false),
                        org.assertj.core.groups.Tuple.tuple("a", true));
        assertThat(ring.keys().list(Owner.LOCAL).get(0).health()).isEmpty();
    }

    @Test
    void made_up_model_names_do_not_pile_up() {
        for (int i = 0; i < 500; i++) {
            time.advance(Duration.ofMillis(1));
            learn("made-up-" + i, Map.of("x-ratelimit-remaining-requests", "7"));
        }
        assertThat(ring.keys().list(Owner.LOCAL).get(0).limits())
                .hasSize(200)
                .extracting(LearnedLimits::model)
                .contains("made-up-499");
    }

    private void learn(String model, Map<String, String> headers) {
        KeyCandidate key = ring.candidates(Owner.LOCAL, "p", model).next();
        ring.learned(key, model, limits(headers));
        ring.served(key, model);
        ring.ended(key, 1);
    }

    private static RateLimits limits(Map<String, String> headers) {
        return RateLimits.of(UpstreamHeaders.of(headers.entrySet().stream()
                        .collect(java.util.stream.Collectors.toMap(
                                Map.Entry::getKey, entry -> List.of(entry.getValue())))))
                .orElseThrow();
    }

    private List<String> order(String model) {
        KeyCursor cursor = ring.candidates(Owner.LOCAL, "p", model);
        return List.of(cursor.next().key().displayName(), cursor.next().key().displayName());
    }
}
