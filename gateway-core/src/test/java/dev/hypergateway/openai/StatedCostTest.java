package dev.hypergateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.chat.Cost;
import dev.hypergateway.chat.Usage;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatedCostTest {
    @Test
    void the_bills_of_perplexity_and_of_xai_are_read() {
        Usage dollars = Usage.builder()
                .extra(Map.of("cost", Map.of("request_cost", 0.005, "total_cost", 0.00502)))
                .build();
        Usage ticks =
                Usage.builder().extra(Map.of("cost_in_usd_ticks", 3_293_500)).build();

        assertThat(StatedCost.of(dollars)).contains(new Cost(new BigDecimal("0.00502"), "USD", Cost.Source.VENDOR));
        assertThat(StatedCost.of(ticks)).contains(new Cost(new BigDecimal("0.00032935"), "USD", Cost.Source.VENDOR));
    }

    @Test
    void a_usage_without_a_bill_states_none() {
        assertThat(StatedCost.of(Usage.builder().build())).isEmpty();
        assertThat(StatedCost.of(Usage.builder().extra(Map.of("cost", "much")).build()))
                .isEmpty();
    }

    @Test
    void a_cost_is_written_where_the_vendor_has_none_of_that_name() {
        Usage usage = Usage.builder()
                .promptTokens(1)
                .cost(new Cost(new BigDecimal("0.25"), "RUB", Cost.Source.COMPUTED))
                .build();

        assertThat(JsonOutput.toText(UsageJson.write(usage)))
                .endsWith("\"cost\":{\"total_cost\":0.25,\"currency\":\"RUB\",\"source\":\"computed\"}}");
        assertThat(JsonOutput.toText(UsageJson.write(usage.toBuilder()
                        .extra(Map.of("cost", Map.of("total_cost", 1)))
                        .build())))
                .endsWith("\"cost\":{\"total_cost\":1}}");
    }

    @Test
    void what_another_gateway_wrote_is_read_with_its_currency() {
        Usage usage = Usage.builder()
                .extra(Map.of("cost", Map.of("total_cost", 0.25, "currency", "RUB")))
                .build();

        assertThat(StatedCost.of(usage)).contains(new Cost(new BigDecimal("0.25"), "RUB", Cost.Source.VENDOR));
    }
}
