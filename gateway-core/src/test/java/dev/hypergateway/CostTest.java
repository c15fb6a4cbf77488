package dev.hypergateway;

import static dev.hypergateway.ScriptedProvider.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatStream;
import dev.hypergateway.chat.Cost;
import dev.hypergateway.chat.FinishReason;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.Pricing;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostTest {
    private static final Pricing PRICING = Pricing.of("USD", LocalDate.of(2026, 8, 1), "1", "2");
    private static final Usage USAGE =
            Usage.builder().promptTokens(100).completionTokens(50).build();

    @TempDir
    private Path folder;

    private final ScriptedProvider vendor = new ScriptedProvider("alpha")
            .offering(new Model("priced", "alpha", null, null, null, List.of("dear")).withPricing(PRICING));

    @Test
    void tokens_are_priced_by_the_catalogue() {
        assertThat(costOf("alpha/priced", USAGE)).contains(computed("0.0002"));
        assertThat(costOf("Alpha/DEAR", USAGE)).contains(computed("0.0002"));
    }

    @Test
    void a_model_without_a_price_has_no_cost() {
        assertThat(costOf("alpha/unknown", USAGE)).isEmpty();
    }

    @Test
    void the_vendors_own_figure_counts_first() {
        assertThat(costOf(
                        "alpha/priced",
                        USAGE.toBuilder()
                                .extra(Map.of("cost_in_usd_ticks", 3_693_500))
                                .build()))
                .contains(new Cost(new BigDecimal("0.00036935"), "USD", Cost.Source.VENDOR));
        assertThat(costOf(
                        "alpha/unknown",
                        USAGE.toBuilder()
                                .extra(Map.of("cost", Map.of("total_cost", 0.00502, "request_cost", 0.005)))
                                .build()))
                .contains(new Cost(new BigDecimal("0.00502"), "USD", Cost.Source.VENDOR));
    }

    @Test
    void a_stream_ends_with_its_cost() {
        vendor.on("*", reporting(USAGE));
        try (Gateway gateway = gateway(Map.of());
                ChatStream stream = gateway.stream(ChatRequest.of("alpha/priced", "Hi"))) {
            Optional<Cost> cost = Optional.empty();
            for (ChatEvent event : stream) {
                if (event instanceof ChatEvent.UsageReport report) {
                    cost = report.usage().cost();
                }
            }
            assertThat(cost).contains(computed("0.0002"));
        }
    }

    @Test
    void rounds_cost_their_sum() {
        Usage one = USAGE.toBuilder().cost(computed("0.5")).build();

        assertThat(one.plus(one).cost()).contains(computed("1"));
        assertThat(one.plus(USAGE).cost()).isEmpty();
        assertThat(one.plus(one.toBuilder()
                                .cost(new Cost(BigDecimal.ONE, "RUB", Cost.Source.COMPUTED))
                                .build())
                        .cost())
                .isEmpty();
    }

    @Test
    void the_operators_prices_hold_for_listed_and_other_models() throws IOException {
        String file = write("""
                {"prices": {
                  "dear": {"currency": "EUR", "as_of": "2026-11-01", "input": 10, "output": 20, "cached_input": 1},
                  "alpha/unknown": {"currency": "RUB", "as_of": "2026-11-01", "input": 650, "output": 650}
                }}""");

        vendor.on("*", reporting(USAGE));
        try (Gateway gateway = gateway(Map.of("HYPER_PRICES_FILE", file))) {
            assertThat(cost(gateway, "alpha/priced"))
                    .contains(new Cost(new BigDecimal("0.002"), "EUR", Cost.Source.COMPUTED));
            assertThat(cost(gateway, "alpha/unknown"))
                    .contains(new Cost(new BigDecimal("0.0975"), "RUB", Cost.Source.COMPUTED));
            assertThat(gateway.model("alpha/priced")
                            .orElseThrow()
                            .model()
                            .pricing()
                            .currency())
                    .isEqualTo("EUR");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"price\": {}}|price: unknown field; remove it; prices: missing",
                "{\"prices\": {\"alpha/x\": {\"currency\": \"USD\"}}}|prices.alpha/x.as_of: missing",
                "{\"prices\": {\"alpha/x\": {\"currency\": \"?\", \"as_of\": \"2026-01-01\", \"input\": 1, \"output\": 1}}}|prices.alpha/x: refused: currency must be",
                "{\"prices\": {\"nobody/x\": {\"currency\": \"USD\", \"as_of\": \"2026-01-01\", \"input\": 1, \"output\": 1}}}|\"nobody/x\" is not the name of one model",
                "{\"prices\": {\"dear\": {\"currency\": \"USD\", \"as_of\": \"2026-01-01\", \"input\": 1, \"output\": 1},"
                        + " \"alpha/dear\": {\"currency\": \"USD\", \"as_of\": \"2026-01-01\", \"input\": 1, \"output\": 1}}}|has two prices",
                "prices: []|not valid JSON"
            })
    void a_mistake_in_the_operators_prices_is_told_with_its_place(String content, String problem) throws IOException {
        Map<String, String> settings = Map.of("HYPER_PRICES_FILE", write(content));

        assertThatThrownBy(() -> gateway(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("HYPER_PRICES_FILE: ")
                .hasMessageContaining(problem);
    }

    @Test
    void a_file_that_is_not_there_is_told() {
        Map<String, String> settings =
                Map.of("HYPER_PRICES_FILE", folder.resolve("none.json").toString());

        assertThatThrownBy(() -> gateway(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("HYPER_PRICES_FILE: cannot read");
    }

    private Optional<Cost> costOf(String model, Usage usage) {
        vendor.on("*", reporting(usage));
        try (Gateway gateway = gateway(Map.of())) {
            return cost(gateway, model);
        }
    }

    private static Optional<Cost> cost(Gateway gateway, String model) {
        return gateway.chat(model, "Hi").usage().orElseThrow().cost();
    }

    private Gateway gateway(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("ALPHA_API_KEY", "secret-key");
        return Gateway.builder().settings(all).provider(vendor).build();
    }

    private String write(String content) throws IOException {
        return Files.writeString(folder.resolve("prices.json"), content).toString();
    }

    private static Cost computed(String amount) {
        return new Cost(new BigDecimal(amount), "USD", Cost.Source.COMPUTED);
    }

    private static ScriptedProvider.Step reporting(Usage usage) {
        return events(call -> List.of(
                new ChatEvent.TextDelta(0, "ok"),
                new ChatEvent.Finish(0, FinishReason.STOP),
                new ChatEvent.UsageReport(usage)));
    }
}
