package dev.hypergateway.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypergateway.chat.Cost;
import dev.hypergateway.chat.Usage;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class PricingTest {
    private static final LocalDate DAY = LocalDate.of(2026, 8, 1);
    private static final Pricing TIERED = new Pricing(
            "USD",
            DAY,
            new BigDecimal("1.25"),
            new BigDecimal("2.5"),
            new BigDecimal("0.2"),
            null,
            new Pricing.LongPrompt(200_000, new BigDecimal("2.5"), new BigDecimal("5"), new BigDecimal("0.4")));

    @Test
    void cached_tokens_have_their_own_price() {
        Usage usage = Usage.builder()
                .promptTokens(137)
                .cachedTokens(128L)
                .completionTokens(133)
                .reasoningTokens(130L)
                .build();

        assertThat(TIERED.cost(usage)).isEqualTo(new Cost(new BigDecimal("0.00036935"), "USD", Cost.Source.COMPUTED));
    }

    @Test
    void a_long_prompt_makes_all_tokens_dearer() {
        Usage usage = Usage.builder()
                .promptTokens(200_001)
                .cachedTokens(100_001L)
                .completionTokens(1000)
                .build();

        assertThat(TIERED.cost(usage).amount()).isEqualByComparingTo("0.2950004");
        assertThat(TIERED.cost(usage.toBuilder().promptTokens(200_000).build()).amount())
                .isEqualByComparingTo("0.14749895");
    }

    @Test
    void without_a_cached_price_cached_tokens_cost_the_same() {
        Usage usage =
                Usage.builder().promptTokens(1_000_000).cachedTokens(400_000L).build();

        assertThat(Pricing.of("RUB", DAY, "650", "650").cost(usage))
                .isEqualTo(new Cost(new BigDecimal("650"), "RUB", Cost.Source.COMPUTED));
    }

    @Test
    void a_fee_for_the_request_is_added() {
        Pricing sonar = new Pricing("USD", DAY, BigDecimal.ONE, BigDecimal.ONE, null, new BigDecimal("0.005"), null);

        assertThat(sonar.cost(Usage.builder()
                                .promptTokens(9)
                                .completionTokens(12)
                                .build())
                        .amount())
                .isEqualByComparingTo("0.005021");
    }

    @Test
    void prices_that_make_no_sense_are_refused_by_name() {
        assertThatThrownBy(() -> Pricing.of("US$", DAY, "1", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("currency");
        assertThatThrownBy(() -> Pricing.of("USD", DAY, "1", "-1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("output");
        assertThatThrownBy(() -> new Pricing.LongPrompt(0, BigDecimal.ONE, BigDecimal.ONE, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("above_tokens");
    }
}
