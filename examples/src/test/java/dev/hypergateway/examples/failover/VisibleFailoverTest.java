package dev.hypergateway.examples.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.examples.Console;
import dev.hypergateway.testkit.Reply;
import dev.hypergateway.testkit.VendorSandbox;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class VisibleFailoverTest {
    @Test
    void shows_every_attempt_and_goes_straight_to_the_good_key_the_second_time() throws Exception {
        List<String> lines =
                Console.of(() -> VisibleFailover.main(new String[0])).lines().toList();

        assertThat(lines.subList(0, 8))
                .containsExactly(
                        "You said: Hello?",
                        "  revoked failed: CREDENTIAL_REJECTED (HTTP 400), so NEXT_KEY",
                        "  busy failed: RATE_LIMITED (HTTP 429), so NEXT_KEY",
                        "  broke failed: QUOTA_EXHAUSTED (HTTP 429), so NEXT_KEY",
                        "  good answered",
                        "You said: Hello again?",
                        "  good answered",
                        "The next call would be served by good");
        assertThat(lines)
                .containsSubsequence(
                        "Keys:",
                        "  revoked: REJECTED",
                        "  busy: COOLING",
                        "  broke: EXHAUSTED",
                        "  good: available, selected",
                        "Audit trail:",
                        "  ADD Added new \"revoked\" key for Google AI (Gemini)",
                        "  SELECT Selected \"revoked\" as default key for Google AI (Gemini)");
        assertThat(lines)
                .anySatisfy(line -> assertThat(line).startsWith("  PENALIZE Key 'busy' is rate limited"))
                .anySatisfy(
                        line -> assertThat(line).startsWith("  UNSELECT Key 'revoked' unselected due to error 400:"))
                .endsWith("  SELECT Selected key 'good' by automatic failover from key 'revoked'");
    }

    @Test
    void asks_the_vendor_once_with_each_failing_key() throws Exception {
        try (VendorSandbox vendors = VendorSandbox.start()) {
            vendors.gemini()
                    .script("first-secret", Reply.invalidKey())
                    .script("second-secret", Reply.rateLimited(Duration.ofMinutes(1)))
                    .script("third-secret", Reply.outOfCredit())
                    .script("fourth-secret", Reply.ok());

            String output = Console.of(() -> VisibleFailover.show(vendors.settings()));

            assertThat(List.of("first-secret", "second-secret", "third-secret"))
                    .allSatisfy(
                            key -> assertThat(vendors.gemini().attempts(key)).isOne());
            assertThat(vendors.gemini().attempts("fourth-secret")).isEqualTo(2);
            assertThat(output).doesNotContain("-secret");
        }
    }
}
