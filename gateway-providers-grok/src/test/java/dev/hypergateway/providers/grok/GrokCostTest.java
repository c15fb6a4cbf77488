package dev.hypergateway.providers.grok;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.openai.StatedCost;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.Pricing;
import dev.hypergateway.recordings.OpenAiAnswer;
import dev.hypergateway.recordings.Recording;
import dev.hypergateway.recordings.Recordings;
import java.util.Objects;
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
        for (Recording recording : Recordings.of("xai").to(LoopbackXai.CHAT)) {
            if (recording.status() != 200) {
                continue;
            }
            ObjectNode answer = OpenAiAnswer.of(recording);
            if (answer.path("model").asText().equals(MODEL)
                    && answer.at("/usage/cost_in_usd_ticks").isNumber()) {
                compared++;
                Usage usage = usage(answer);
                assertThat(pricing.cost(usage).amount())
                        .as(recording.name())
                        .isEqualByComparingTo(StatedCost.of(usage).orElseThrow().amount());
            }
        }
        assertThat(compared).isGreaterThan(8);
    }

    private Usage usage(JsonNode answer) {
        try (LoopbackXai xai = LoopbackXai.answering(200, "application/json", answer.toString())) {
            return provider.chat(LoopbackXai.QUESTION, xai.call(MODEL)).usage().orElseThrow();
        }
    }
}
