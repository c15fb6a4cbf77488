package dev.hypergateway.providers.grok;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.openai.StatedCost;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.Pricing;
import dev.hypergateway.provider.ProviderCall;
import dev.hypergateway.provider.ProviderStream;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Our arithmetic against xAI's bills. */
class GrokCostTest {
    private static final String MODEL = "grok-4.3";

    private final GrokProvider provider = new GrokProvider();

    @Test
    void the_table_yields_what_xai_billed_for_every_recorded_answer() {
        Pricing pricing = provider.models().stream()
                .filter(model -> model.id().equals(MODEL))
                .map(Model::pricing)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
        int compared = 0;
        for (Recording recording : Recording.chats()) {
            if (recording.status() != 200 || !recording.responseText().contains("\"model\":\"" + MODEL + "\"")) {
                continue;
            }
            Optional<Usage> usage = usage(recording);
            if (usage.flatMap(StatedCost::of).isPresent()) {
                compared++;
                assertThat(pricing.cost(usage.get()).amount())
                        .as(recording.name())
                        .isEqualByComparingTo(
                                StatedCost.of(usage.get()).orElseThrow().amount());
            }
        }
        assertThat(compared).isGreaterThan(8);
    }

    private Optional<Usage> usage(Recording recording) {
        try (StubVendor vendor = StubVendor.replaying(recording)) {
            ProviderCall call = vendor.call(MODEL);
            if (!recording.isStream()) {
                return provider.chat(StubVendor.QUESTION, call).usage();
            }
            Optional<Usage> usage = Optional.empty();
            try (ProviderStream stream = provider.stream(StubVendor.QUESTION, call)) {
                for (ChatEvent event = stream.next(); event != null; event = stream.next()) {
                    if (event instanceof ChatEvent.UsageReport report) {
                        usage = Optional.of(report.usage());
                    }
                }
            }
            return usage;
        }
    }
}
