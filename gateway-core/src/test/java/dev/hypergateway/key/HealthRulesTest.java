package dev.hypergateway.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.provider.Failure;
import dev.hypergateway.trace.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HealthRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void waits_double_with_each_failure_in_a_row_up_to_a_cap() {
        assertThat(waits(FailureKind.RATE_LIMITED, 0, 7)).containsExactly(60L, 120L, 240L, 480L, 600L, 600L, 600L);
        assertThat(waits(FailureKind.QUOTA_EXHAUSTED, 0, 7))
                .containsExactly(3600L, 7200L, 14_400L, 28_800L, 57_600L, 86_400L, 86_400L);
        assertThat(waits(FailureKind.CREDENTIAL_REJECTED, 0, 8))
                .containsExactly(60L, 120L, 240L, 480L, 960L, 1920L, 3600L, 3600L);
        assertThat(waits(FailureKind.MODEL_UNAVAILABLE, 0, 3)).containsExactly(600L, 600L, 600L);
    }

    @Test
    void chance_adds_a_fifth_at_most() {
        assertThat(waits(FailureKind.RATE_LIMITED, 1, 5)).containsExactly(72L, 144L, 288L, 576L, 720L);
        assertThat(waits(FailureKind.MODEL_UNAVAILABLE, 1, 1)).containsExactly(600L);
    }

    @Test
    void what_the_vendor_says_holds_to_the_second() {
        Failure after = limited().retryAfter(Duration.ofSeconds(2)).build();
        Failure at = limited().resetAt(NOW.plusSeconds(7)).build();
        Failure both = limited()
                .retryAfter(Duration.ofSeconds(2))
                .resetAt(NOW.plusSeconds(7))
                .build();

        assertThat(after(after, null, 1).until()).isEqualTo(NOW.plusSeconds(2));
        assertThat(after(at, null, 1).until()).isEqualTo(NOW.plusSeconds(7));
        assertThat(after(both, null, 1).until()).isEqualTo(NOW.plusSeconds(7));
    }

    @Test
    void a_rejected_key_is_not_back_because_the_vendor_says_when_to_ask_again() {
        Failure failure = Failure.builder(FailureKind.CREDENTIAL_REJECTED, "no")
                .retryAfter(Duration.ofSeconds(1))
                .build();

        assertThat(after(failure, null, 0).until()).isEqualTo(NOW.plusSeconds(60));
    }

    @Test
    void an_end_never_moves_nearer_whatever_comes_after() {
        KeyHealth exhausted =
                after(Failure.builder(FailureKind.QUOTA_EXHAUSTED, "used up").build(), null, 0);

        KeyHealth limited = after(limited().retryAfter(Duration.ofSeconds(2)).build(), exhausted, 0);

        assertThat(limited.state()).isEqualTo(KeyHealth.State.COOLING);
        assertThat(limited.until()).isEqualTo(exhausted.until());
        assertThat(limited.strikes()).as("in a row of its kind").isEqualTo(1);
        assertThat(limited.since()).isEqualTo(exhausted.since());
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            names = {
                "INVALID_REQUEST",
                "CONTEXT_TOO_LONG",
                "CONTENT_REJECTED",
                "UNAVAILABLE",
                "TIMEOUT",
                "INTERRUPTED",
                "CANCELLED"
            })
    void neither_the_callers_mistakes_nor_outages_speak_against_a_key(FailureKind kind) {
        assertThat(HealthRules.stateAfter(Failure.of(kind, "not the key"))).isNull();
    }

    private static Failure.Builder limited() {
        return Failure.builder(FailureKind.RATE_LIMITED, "slow down").httpStatus(429);
    }

    /** In seconds, of failures each of which comes at the end of the wait before. */
    private static List<Long> waits(FailureKind kind, double random, int count) {
        List<Long> waits = new ArrayList<>();
        Failure failure = Failure.of(kind, "again");
        KeyHealth.State state = HealthRules.stateAfter(failure);
        HealthRules rules = new HealthRules(HealthPolicy.DEFAULTS, () -> random);
        KeyHealth last = null;
        Instant now = NOW;
        for (int i = 0; i < count; i++) {
            last = rules.after(failure, state, "key", null, last, now);
            waits.add(Duration.between(now, last.until()).toSeconds());
            now = last.until();
        }
        return waits;
    }

    private static KeyHealth after(Failure failure, @Nullable KeyHealth old, double random) {
        return new HealthRules(HealthPolicy.DEFAULTS, () -> random)
                .after(failure, HealthRules.stateAfter(failure), "key", null, old, NOW);
    }
}
