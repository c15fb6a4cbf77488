package dev.hypergateway.providers.grok;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hypergateway.Gateway;
import dev.hypergateway.chat.ChatEvent;
import dev.hypergateway.chat.ChatRequest;
import dev.hypergateway.chat.ChatResponseAssembler;
import dev.hypergateway.chat.ChatStream;
import dev.hypergateway.chat.Cost;
import dev.hypergateway.chat.Usage;
import dev.hypergateway.openai.StatedCost;
import dev.hypergateway.provider.Model;
import dev.hypergateway.provider.Pricing;
import dev.hypergateway.recordings.LoopbackServer;
import dev.hypergateway.recordings.OpenAiAnswer;
import dev.hypergateway.recordings.Recording;
import dev.hypergateway.recordings.Recordings;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** xAI's bills, as callers of the gateway get them, and our arithmetic against them. */
class GrokCostTest {
    private static final String MODEL = "grok-4.3";

    private final GrokProvider provider = new GrokProvider();

    @TestFactory
    Stream<DynamicTest> a_caller_gets_the_bill_that_xai_wrote() {
        return Recordings.of("xai").to("/chat/completions").stream()
                .filter(recording -> recording.status() == 200)
                .filter(recording -> bill(OpenAiAnswer.of(recording)) != null)
                .map(recording -> DynamicTest.dynamicTest(recording.name(), () -> assertBill(recording)));
    }

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
                Usage usage = read(answer);
                assertThat(pricing.cost(usage).amount())
                        .as(recording.name())
                        .isEqualByComparingTo(StatedCost.of(usage).orElseThrow().amount());
            }
        }
        assertThat(compared).isGreaterThan(8);
    }

    private Usage read(JsonNode answer) {
        try (LoopbackXai xai = LoopbackXai.answering(200, "application/json", answer.toString())) {
            return provider.chat(LoopbackXai.QUESTION, xai.call(MODEL)).usage().orElseThrow();
        }
    }

    private static void assertBill(Recording recording) {
        JsonNode usage = OpenAiAnswer.of(recording).path("usage");
        try (LoopbackServer server = LoopbackServer.replaying(recording);
                Gateway gateway = gateway(server)) {
            Usage charged = usage(gateway, recording.isStream());

            assertThat(charged.cost().map(Cost::source)).contains(Cost.Source.VENDOR);
            assertThat(charged.cost().map(Cost::currency)).contains("USD");
            assertThat(charged.cost().orElseThrow().amount()).isEqualByComparingTo(bill(OpenAiAnswer.of(recording)));
            assertThat(charged.promptTokens())
                    .isEqualTo(usage.path("prompt_tokens").asLong());
            assertThat(charged.totalTokens())
                    .isEqualTo(usage.path("total_tokens").asLong());
            assertThat(charged.cachedTokens().orElse(0))
                    .isEqualTo(usage.at("/prompt_tokens_details/cached_tokens").asLong());
            assertThat(charged.reasoningTokens().orElse(0))
                    .isEqualTo(usage.at("/completion_tokens_details/reasoning_tokens")
                            .asLong());
        }
    }

    private static Usage usage(Gateway gateway, boolean stream) {
        ChatRequest request = ChatRequest.of("x-ai/grok-4.3", "Hi");
        if (!stream) {
            return gateway.chat(request).usage().orElseThrow();
        }
        ChatResponseAssembler assembler = new ChatResponseAssembler();
        try (ChatStream events = gateway.stream(request)) {
            for (ChatEvent event : events) {
                assembler.accept(event);
            }
        }
        return assembler.response().usage().orElseThrow();
    }

    private static Gateway gateway(LoopbackServer server) {
        return Gateway.builder()
                .settings(Map.of(
                        "XAI_API_BASE_URL",
                        server.address("/v1").toString(),
                        "XAI_API_KEY",
                        "xai-0123456789abcdefghij"))
                .build();
    }

    private static BigDecimal bill(JsonNode answer) {
        JsonNode ticks = answer.at("/usage/cost_in_usd_ticks");
        return ticks.isNumber() ? BigDecimal.valueOf(ticks.asLong(), 10) : null;
    }
}
