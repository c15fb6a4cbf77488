package dev.hypergateway.failover;

import static dev.hypergateway.trace.Verdict.FAIL;
import static dev.hypergateway.trace.Verdict.NEXT_KEY;
import static dev.hypergateway.trace.Verdict.NEXT_TARGET;
import static dev.hypergateway.trace.Verdict.RETRY_SAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.failover.VerdictRules.Situation;
import dev.hypergateway.provider.Failure;
import dev.hypergateway.trace.FailureKind;
import dev.hypergateway.trace.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictRulesTest {
    private static final Situation FRESH = new Situation(false, 0, 2, 0, 0, 0, false, false);
    private static final Situation FRESH_WITH_NEXT = new Situation(true, 0, 2, 0, 0, 0, false, false);

    @ParameterizedTest
    @CsvSource({
        "RATE_LIMITED, NEXT_KEY, NEXT_KEY",
        "QUOTA_EXHAUSTED, NEXT_KEY, NEXT_KEY",
        "CREDENTIAL_REJECTED, NEXT_KEY, NEXT_KEY",
        "KEY_UNREADABLE, NEXT_KEY, NEXT_KEY",
        "TOKEN_EXPIRED, RETRY_SAME, RETRY_SAME",
        "MODEL_UNAVAILABLE, NEXT_KEY, NEXT_KEY",
        "INVALID_REQUEST, FAIL, NEXT_TARGET",
        "CONTEXT_TOO_LONG, FAIL, NEXT_TARGET",
        "CONTENT_REJECTED, FAIL, FAIL",
        "UNAVAILABLE, RETRY_SAME, RETRY_SAME",
        "TIMEOUT, RETRY_SAME, RETRY_SAME",
        "INTERRUPTED, FAIL, FAIL",
        "CANCELLED, FAIL, FAIL"
    })
    void a_first_failure(FailureKind kind, Verdict alone, Verdict withNextTarget) {
        assertThat(VerdictRules.judge(Failure.of(kind, "x"), FRESH)).isEqualTo(alone);
        assertThat(VerdictRules.judge(Failure.of(kind, "x"), FRESH_WITH_NEXT)).isEqualTo(withNextTarget);
    }

    @Test
    void what_a_vendor_calls_invalid_is_not_tried_elsewhere() {
        Failure failure = Failure.builder(FailureKind.INVALID_REQUEST, "x")
                .httpStatus(400)
                .build();

        assertThat(VerdictRules.judge(failure, FRESH_WITH_NEXT)).isEqualTo(FAIL);
    }

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void every_kind_has_a_verdict_in_every_situation(FailureKind kind) {
        for (int bits = 0; bits < 64; bits++) {
            Situation situation = new Situation(
                    (bits & 1) != 0,
                    (bits & 2) != 0 ? 2 : 0,
                    2,
                    (bits & 4) != 0 ? 1 : 0,
                    (bits & 8) != 0 ? 1 : 0,
                    (bits & 16) != 0 ? 1 : 0,
                    (bits & 32) != 0,
                    false);
            Verdict verdict = VerdictRules.judge(Failure.of(kind, "x"), situation);
            assertThat(verdict).isNotNull();
            if (!situation.hasNextTarget()) {
                assertThat(verdict).as("%s in %s", kind, situation).isNotEqualTo(NEXT_TARGET);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            names = {"UNAVAILABLE", "TIMEOUT"})
    void an_outage_is_retried_twice_then_leaves_the_target_then_tries_one_other_key(FailureKind kind) {
        Failure failure = Failure.of(kind, "x");
        assertThat(VerdictRules.judge(failure, new Situation(true, 1, 2, 0, 0, 0, false, false)))
                .isEqualTo(RETRY_SAME);
        assertThat(VerdictRules.judge(failure, new Situation(true, 2, 2, 0, 0, 0, false, false)))
                .isEqualTo(NEXT_TARGET);
        assertThat(VerdictRules.judge(failure, new Situation(false, 2, 2, 0, 0, 0, false, false)))
                .isEqualTo(NEXT_KEY);
        assertThat(VerdictRules.judge(failure, new Situation(false, 2, 2, 0, 0, 1, false, false)))
                .isEqualTo(FAIL);
        assertThat(VerdictRules.judge(failure, new Situation(true, 0, 2, 0, 0, 0, true, false)))
                .isEqualTo(NEXT_TARGET);
        assertThat(VerdictRules.judge(failure, new Situation(false, 0, 2, 0, 0, 0, true, false)))
                .isEqualTo(FAIL);
        Failure silent = failure.toBuilder().silent(true).build();
        assertThat(VerdictRules.judge(silent, FRESH)).isEqualTo(FAIL);
        assertThat(VerdictRules.judge(silent, FRESH_WITH_NEXT)).isEqualTo(NEXT_TARGET);
    }

    @ParameterizedTest
    @CsvSource({"true, NEXT_TARGET", "false, FAIL"})
    void a_model_refused_twice_is_not_asked_for_a_third_time(boolean hasNext, Verdict verdict) {
        assertThat(VerdictRules.judge(
                        Failure.of(FailureKind.MODEL_UNAVAILABLE, "x"),
                        new Situation(hasNext, 0, 2, 0, 1, 0, false, false)))
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void a_request_that_can_be_made_otherwise_is_made_again(boolean hasNext) {
        assertThat(VerdictRules.judge(
                        Failure.of(FailureKind.INVALID_REQUEST, "x"),
                        new Situation(hasNext, 0, 2, 0, 0, 0, false, true)))
                .isEqualTo(RETRY_SAME);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void a_token_is_renewed_once(boolean hasNext) {
        assertThat(VerdictRules.judge(
                        Failure.of(FailureKind.TOKEN_EXPIRED, "x"),
                        new Situation(hasNext, 0, 2, 1, 0, 0, false, false)))
                .isEqualTo(NEXT_KEY);
    }
}
