package dev.hypergateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hypergateway.chat.Cost;
import dev.hypergateway.chat.Usage;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatedCostTest {
    @Test
    void the_bills_in_the_recordings_of_perplexity_are_read() {
        int read = 0;
        for (Recording recording : Recording.chatsOf("perplexity")) {
            JsonNode total = recording.response().at("/usage/cost/total_cost");
            if (total.isNumber()) {
                read++;
                assertThat(cost(recording))
                        .as(recording.name())
                        .isEqualTo(new Cost(new BigDecimal(total.asText()), "USD", Cost.Source.VENDOR));
            }
        }
        assertThat(read).isPositive();
    }

    @Test
    void the_bills_in_the_recordings_of_xai_are_read() {
        int read = 0;
        for (Recording recording : Recording.chatsOf("xai")) {
            JsonNode ticks = recording.response().at("/usage/cost_in_usd_ticks");
            if (ticks.isNumber()) {
                read++;
                assertThat(cost(recording))
                        .as(recording.name())
                        .isEqualTo(new Cost(BigDecimal.valueOf(ticks.asLong(), 10), "USD", Cost.Source.VENDOR));
            }
        }
        assertThat(read).isPositive();
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

    private static Cost cost(Recording recording) {
        byte[] body = recording.response().toString().getBytes(StandardCharsets.UTF_8);
        return StatedCost.of(ChatResponseReader.read(body).usage().orElseThrow())
                .orElseThrow();
    }
}
